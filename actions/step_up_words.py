"""What is said while we find out who speaks."""

from actions import buttons
from actions.buttons import Button
from support.models.conversations import Level
from support.signing_in.codes import DIGITS, LIFETIME

CODE = (
    f"If that is the address we have of you, a code with {DIGITS} digits is on its way there; it is good for "
    f"{LIFETIME.seconds // 60} minutes. What is the code?"
)
CODE_AGAIN = (
    f"What is the code with {DIGITS} digits? If you have none, tell me your e-mail address and I send a new one."
)
CODE_WRONG = "That code is not right, or it has expired. Try it again, or tell me your e-mail address for a new one."
NUMBER = "And what is the number of the order?"
POSTCODE = "And which postcode does that order go to?"
NOT_RECOGNISED = (
    "I can't find an order with that number and that postcode. Please look at both again and tell me them together."
)
SORRY = "Sorry, I didn't get that. "
LEFT = "All right, I leave it at that. Nothing has been changed."
WELCOME = "Thank you, I know who you are now."
INSTEAD: list[Button] = [buttons.HELP, buttons.PERSON]


def ways(purpose: str, needs: Level) -> str:
    """How somebody can show who they are; `purpose` is such as "To cancel an order"."""
    order = ", or the number of an order with the postcode it goes to" if needs is Level.ORDER_HOLDER else ""
    return (
        f"{purpose} I need to know who you are. Tell me the e-mail address that we have of you, and I send you a "
        f"code there{order}. Or sign in on the shop's page and tell me that you have."
    )


def sign_in(purpose: str) -> str:
    return (
        f"{purpose} I need to be sure that it's you. Please sign in on the shop's page and tell me that you have: "
        "then I go on with it. Until then I can answer questions about the shop, or get you a person."
    )


def too_many() -> str:
    return (
        "That has been tried too often just now. Please sign in on the shop's page instead, or try again in ten "
        "minutes; a person can help you, too."
    )


def gave_up() -> str:
    return "I can't find out who you are this way. Please sign in on the shop's page, or let a person help you."
