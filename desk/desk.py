"""What the gateway is made of, put together once and handed to every endpoint."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import HTTPConnection

from desk.realtime.hub import Hub
from support.chat.incoming import Rules
from support.database import Database
from support.policy.business import Business
from support.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    settings: Settings
    business: Business
    database: Database
    hub: Hub

    @property
    def rules(self) -> Rules:
        return Rules(self.business, self.settings.turns_waiting)

    def admits(self, origin: str | None) -> bool:
        """Whether a page of this `Origin` may talk to us; a client that is no browser sends none."""
        return origin is None or origin in self.settings.origins


def the_desk(connection: HTTPConnection) -> Desk:
    return cast(Desk, connection.app.state.desk)


TheDesk = Annotated[Desk, Depends(the_desk)]
