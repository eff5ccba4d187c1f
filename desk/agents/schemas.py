"""Bodies and frames that a console sends."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from desk.visitors.schemas import Send, Strict, Subscribe, Text, Typing, Unsubscribe


class SignIn(Strict):
    email: Annotated[str, Field(max_length=320)]
    password: Annotated[str, Field(max_length=1_000)]


class Written(Strict):
    text: Text


class Parting(Strict):
    """Why the agent hands back or resolves, if they say so."""

    note: Annotated[str, Field(max_length=2_000)] | None = None


class WatchInbox(Strict):
    type: Literal["watch_inbox"]


Frame = Subscribe | Unsubscribe | Send | Typing | WatchInbox
FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="type")])
