"""Settings from the environment (prefix `RAPPORT_`) and a `.env` file; every one is listed in docs/settings.md."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from support import clock
from support.outgoing import public_addresses

PROJECT = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demo-secret-that-everybody-knows-0000"  # noqa: S105 - production refuses it


class Settings(BaseSettings):
    """Where things are, who may talk to whom, and the limits of the service."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_", env_file=PROJECT / ".env", extra="ignore")

    mode: Literal["demo", "production"] = "demo"
    var: Path = Field(PROJECT / "var", description="Folder for the database, logs and trackers")
    models: Path = Field(PROJECT / "models", description="Folder for trained Rasa models")
    business: Path = Field(PROJECT / "business.yml", description="The shop's rules")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in RAPPORT_VAR")
    tracker_url: str = Field("", description="Database URL of Rasa's trackers; empty: SQLite in RAPPORT_VAR")
    clock_offset: str = Field("0", description="Shift of the clock outside production: 90s, -2d")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    desk_host: str = "127.0.0.1"
    desk_port: int = Field(8000, ge=1, le=65535)
    rasa_host: str = "127.0.0.1"
    rasa_port: int = Field(5005, ge=1, le=65535)
    actions_host: str = "127.0.0.1"
    actions_port: int = Field(5055, ge=1, le=65535)
    worker_host: str = "127.0.0.1"
    worker_port: int = Field(8010, ge=1, le=65535)
    public_url: str = Field("", description="How browsers reach the desk; empty: http://HOST:PORT")
    allowed_origins: str = Field("", description="Shop origins that may embed the widget, by comma")

    rasa_token: SecretStr = SecretStr(DEMO_SECRET)
    actions_token: SecretStr = SecretStr(DEMO_SECRET)
    jwt_secret: SecretStr = SecretStr(DEMO_SECRET)
    jwt_audience: str = "rapport"
    shop_api_key: SecretStr = SecretStr(DEMO_SECRET)

    webhook_networks: str = Field("", description="Networks that are not public and may get webhooks, by comma")
    webhook_ca: str = Field("", description="File of certificate authorities for webhooks, in place of the public ones")

    smtp_host: str = Field("", description="The server that mail goes through; empty: none is sent")
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_from: str = Field("", description="The sender's address; empty: the shop's in business.yml")

    turn_deadline: float = Field(7.0, gt=0, le=30, description="Seconds a bot turn may take")
    turns_at_once: int = Field(32, ge=1, le=256, description="Bot turns in flight per desk process")
    turns_waiting: int = Field(60, ge=1, description="Unanswered messages a conversation may hold")
    sign_in_lifetime: int = Field(3600, ge=60, description="Seconds a customer stays signed in")
    agent_session_lifetime: int = Field(43200, ge=60, description="Seconds an agent stays signed in")
    verified_lifetime: int = Field(1800, ge=60, description="Seconds that a one-time code makes us sure of somebody")
    heartbeat: float = Field(15.0, gt=0, le=20, description="Seconds between heartbeats on a socket")

    @field_validator("webhook_networks")
    @classmethod
    def _networks_read(cls, text: str) -> str:
        public_addresses.networks(text)
        return text

    @field_validator("clock_offset")
    @classmethod
    def _offset_reads(cls, text: str) -> str:
        clock.parse_offset(text)
        return text

    @model_validator(mode="after")
    def _production_is_safe(self) -> Self:
        if self.mode != "production":
            return self
        for name in ("rasa_token", "actions_token", "jwt_secret", "shop_api_key"):
            secret: SecretStr = getattr(self, name)
            if secret.get_secret_value() == DEMO_SECRET or len(secret.get_secret_value()) < 32:
                raise ValueError(f"RAPPORT_{name.upper()} needs a secret of your own, 32 characters or more")
        if self.offset:
            raise ValueError("RAPPORT_CLOCK_OFFSET is for trying things out, not for production")
        return self

    @property
    def offset(self) -> timedelta:
        return clock.parse_offset(self.clock_offset)

    @property
    def can_mail(self) -> bool:
        """Whether mail reaches anybody: by SMTP, or in the demo the page that shows it."""
        return bool(self.smtp_host) or self.mode == "demo"

    @property
    def sql_url(self) -> str:
        """The async SQLAlchemy URL of the shop's database."""
        if not self.database_url:
            return f"sqlite+aiosqlite:///{self.var.resolve() / 'rapport.db'}"
        return self.database_url.replace("postgresql://", "postgresql+asyncpg://", 1)

    @property
    def desk_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.desk_host}:{self.desk_port}"

    @property
    def rasa_url(self) -> str:
        return f"http://{self.rasa_host}:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://{self.actions_host}:{self.actions_port}"

    @property
    def trackers(self) -> str:
        """The database URL of Rasa's trackers, as Rasa's environment writes it."""
        return self.tracker_url or f"sqlite:///{self.var.resolve() / 'trackers.db'}"

    @property
    def photos(self) -> Path:
        """The folder of the photos that customers sent."""
        return self.var.resolve() / "photos"

    @property
    def worker_url(self) -> str:
        return f"http://{self.worker_host}:{self.worker_port}"

    @cached_property
    def origins(self) -> frozenset[str]:
        """Origins whose pages may open sockets and call the visitor API: the desk's own and the shop's."""
        hosts = (self.desk_host, "127.0.0.1", "localhost")
        own = {self.desk_url, *(f"http://{host}:{self.desk_port}" for host in hosts)}
        return frozenset(own | {o.strip().rstrip("/") for o in self.allowed_origins.split(",") if o.strip()})
