"""Bodies and frames that a widget sends."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

# Far above what is accepted: the use case says what is too long, by name
Text = Annotated[str, Field(max_length=60_000)]
Payload = Annotated[str, Field(max_length=1_000)]
# A UUID is the same in upper and lower case
Id = Annotated[str, Field(max_length=64), AfterValidator(str.lower)]
Seq = Annotated[int, Field(ge=0, le=2**53)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Strict):
    """`{}`"""


class SignIn(Strict):
    jwt: Annotated[str, Field(max_length=8_000)]


class Address(Strict):
    email: Annotated[str, Field(max_length=1_000)]


class Code(Strict):
    code: Annotated[str, Field(max_length=100)]


class OrderHeld(Strict):
    number: Annotated[str, Field(max_length=1_000)]
    postcode: Annotated[str, Field(max_length=1_000)]


class NewMessage(Strict):
    text: Text
    payload: Payload | None = None


class BotWhileWaiting(Strict):
    wanted: bool


class Hello(Strict):
    type: Literal["hello"]
    token: Annotated[str, Field(max_length=200)]


class Subscribe(Strict):
    type: Literal["subscribe"]
    conversation_id: Id
    after: Seq = 0


class Unsubscribe(Strict):
    type: Literal["unsubscribe"]
    conversation_id: Id


class Send(Strict):
    type: Literal["send"]
    conversation_id: Id
    id: Annotated[str, Field(max_length=64)]
    text: Text
    payload: Payload | None = None


class Typing(Strict):
    type: Literal["typing"]
    conversation_id: Id


Frame = Subscribe | Unsubscribe | Send | Typing
FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="type")])
HELLO: TypeAdapter[Hello] = TypeAdapter(Hello)
