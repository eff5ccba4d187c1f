"""Who asks for something, how sure we are of them, and what each use case demands.

Every use case takes the session first and the speaker second, and names the level it needs in `@use_case`.
Its queries start from the speaker's customer, so what is another's is as unknown as what never was.
"""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Concatenate, Literal, Self

from sqlalchemy.ext.asyncio import AsyncSession

from support.models.conversations import Level
from support.refusals import IdentityTooLow

Kind = Literal["look up", "do"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on whose word a use case runs; `actor` is who says it: customer, agent or shop.

    `order_id` is the one order that an order holder may see. `actor_id` is the agent's id if an agent acts.
    """

    level: Level
    customer_id: str | None = None
    order_id: str | None = None
    actor: Literal["customer", "agent", "shop"] = "customer"
    actor_id: str | None = None
    conversation_id: str | None = None

    @classmethod
    def signed_in(cls, customer_id: str, *, conversation_id: str | None = None) -> Self:
        return cls(Level.SIGNED_IN, customer_id, conversation_id=conversation_id)

    @classmethod
    def agent_for(cls, customer_id: str, *, agent_id: str, conversation_id: str | None = None) -> Self:
        """An agent who acts for a customer, with all that the customer may."""
        return cls(Level.SIGNED_IN, customer_id, None, "agent", agent_id, conversation_id)

    @classmethod
    def shop_for(cls, customer_id: str) -> Self:
        """The shop's own systems, about one of its customers."""
        return cls(Level.SIGNED_IN, customer_id, actor="shop")

    def require(self, level: Level) -> None:
        """Raises IdentityTooLow, which says what would do."""
        if level is not Level.VISITOR and (self.customer_id is None or not self.level.reaches(level)):
            raise IdentityTooLow(level)

    @property
    def customer(self) -> str:
        """The id of the customer they are. Raises IdentityTooLow for a visitor."""
        if self.customer_id is None:
            raise IdentityTooLow(Level.ORDER_HOLDER)
        return self.customer_id


@dataclass(frozen=True, slots=True)
class UseCase:
    """What outsiders may ask of the domain; `name` is such as `cancellations.cancel`."""

    name: str
    kind: Kind
    needs: Level
    summary: str


USE_CASES: dict[str, UseCase] = {}


def use_case[**P, R](
    kind: Kind, *, needs: Level
) -> Callable[
    [Callable[Concatenate[AsyncSession, Speaker, P], Awaitable[R]]],
    Callable[Concatenate[AsyncSession, Speaker, P], Awaitable[R]],
]:
    """Enter the function in `USE_CASES`, and let it run only for a speaker of at least that level.

    Its name is that of the module, less its package, and of the function. Raises ValueError for a name that is taken.
    """

    def guard(
        function: Callable[Concatenate[AsyncSession, Speaker, P], Awaitable[R]],
    ) -> Callable[Concatenate[AsyncSession, Speaker, P], Awaitable[R]]:
        name = f"{function.__module__.rpartition('.')[2]}.{getattr(function, '__name__', '')}"
        if name in USE_CASES:
            raise ValueError(f"two use cases are called {name}")
        USE_CASES[name] = UseCase(name, kind, needs, (function.__doc__ or "").split("\n")[0])

        @functools.wraps(function)
        async def guarded(session: AsyncSession, speaker: Speaker, /, *args: P.args, **kwargs: P.kwargs) -> R:
            speaker.require(needs)
            return await function(session, speaker, *args, **kwargs)

        return guarded

    return guard
