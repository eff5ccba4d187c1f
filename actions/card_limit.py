"""A gift card as the limit of what a wish may cost: "if the card isn't enough for all three, leave the lamp"."""

import re

from babel.numbers import get_currency_precision

from actions.personal import Question

_CARD = r"(?:(?:the|my|that) )?(?:gift ?)?card"
_TOO_LITTLE = re.compile(
    rf"\bif (?:{_CARD}(?:['’]s)?(?: balance)? (?:is ?n['’]?o?t|does ?n['’]?o?t|wo ?n['’]?o?t|can ?n?['’]?o?t)(?: be|"
    r" have| hold| cover| do| stretch)?(?: enough| sufficient| it| that| this| them)?|"
    r"(?:there(?:['’]s| is) ?n['’]?o?t enough|there isn['’]t enough|there['’]s too little|"
    r"it(?:['’]s| is) too much for|it(?:['’]s| is) more than what(?:['’]s| is)|"
    rf"(?:that|it)['’]?s more than) (?:(?:on|for) )?{_CARD})(?: (?:for|to cover|"
    r"to pay)(?: (?:it|that|this|them|all|both|everything|the (?:lot|whole thing)))*(?: (?:of (?:it|them)|three|two|"
    r"four|3|2|4))*)?",
    re.IGNORECASE,
)


_LEAVES = r"(?=[\s,]*(?:(?:then|please|and|just|only)\s+)*(?:leave|skip|drop|forget|keep|without|just|only)\b)"


def without_shortage(text: str) -> str:
    """`text` without "if the card isn't enough" before what is to be left then: that names no way to pay."""
    return re.sub(rf"(?:{_TOO_LITTLE.pattern}){_LEAVES}", " ", text, flags=re.IGNORECASE)


async def with_balance(question: Question, text: str) -> str:
    """`text`, with what is on their one gift card in place of "if the card isn't enough"."""
    if not _TOO_LITTLE.search(text):
        return text
    cards = [one for one in await question.records.methods() if one.available_minor is not None]
    if len(cards) != 1:
        return text
    digits = get_currency_precision(cards[0].currency)
    amount = f"{(cards[0].available_minor or 0) / 10**digits:.{digits}f}"
    return _TOO_LITTLE.sub(f"if in total it is more than {amount} extra", text)
