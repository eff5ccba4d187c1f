"""Human agents, their sign-ins, and the failed ones that slow down guessing."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Uuid


class Agent(Base):
    """A person who answers customers; present while `seen_at` is fresh."""

    __tablename__ = "agents"
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]


class AgentSession(Base):
    """A console's cookie, kept only as a digest, with its CSRF token."""

    __tablename__ = "agent_sessions"
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    csrf: Mapped[str] = mapped_column(String(64))
    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(index=True)


class FailedSignIn(Base):
    """One failed sign-in, by the digest of the address that was tried."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index("ix_failed_sign_ins_recent", "address_digest", "at"),)
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    address_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
