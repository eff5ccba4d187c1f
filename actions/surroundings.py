"""What the actions of this process stand on: one database and the shop's rules, made when first asked for."""

from dataclasses import dataclass

from support import clock, keys
from support.database import Database
from support.policy.business import Business, load_business
from support.settings import Settings


@dataclass(frozen=True)
class Surroundings:
    database: Database
    business: Business


_current: Surroundings | None = None


def surroundings() -> Surroundings:
    """The database and rules of the settings, unless others were set up before."""
    if _current is None:
        settings = Settings()
        clock.shift(settings.offset)
        keys.set_up(settings.jwt_secret.get_secret_value())
        set_up(Database(settings.sql_url), load_business(settings.business))
    assert _current is not None
    return _current


def set_up(database: Database, business: Business) -> None:
    """Answer from these from now on."""
    global _current
    _current = Surroundings(database, business)
