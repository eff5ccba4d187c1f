"""An order's number and the postcode that it goes to, from somebody of whom no order is known yet."""

import re
from dataclasses import dataclass

from support.grounding import postcodes

LONGEST = 500  # characters of a text that are read
_NUMBER = re.compile(
    r"\border\b\s*(?:number|no\.?|nr\.?|id)?\s*(?:is|was|:|=)?\s*(?P<named>#?[A-Z]{0,4}[ -]?\d[\w-]*\w|"
    r"#[\w-]*\d[\w-]*)|(?P<marked>#[\w-]*\d[\w-]*)|(?<![\w-])(?P<lettered>(?!(?:zip|code|and|is|no|nr|to|at|in|my|it|"
    r"of|for|with|plus)\b)[A-Z]{1,4}[ -]?\d{4,}(?:-\w+)*)(?![\w-])", re.IGNORECASE,
)
_PLAIN = re.compile(r"(?<![\w-])\d{4,}(?![\w-])")
_POSTCODE = re.compile(r"\b(?:post ?code|postal code|zip(?: ?code)?|eircode)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\W*(?:is|was|:)?\W*((?=\S*\d)[\w-]{3,10}(?: (?=\S*\d)[\w-]{2,4})?)", re.IGNORECASE)
_ALONE = re.compile(r"(?=.*\d)[\w -]{3,12}")


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """What was told of them, as typed; None for what was not."""

    number: str | None = None
    postcode: str | None = None


def read_held_order(text: str, *, asked: str = "") -> HeldOrder:
    """Number and postcode in `text`; `asked` is which of the two the text answers, "" for neither."""
    text = text[:LONGEST]
    if asked and _ALONE.fullmatch(said := text.strip(" .!")) and not _NUMBER.fullmatch(said):
        return HeldOrder(**{asked: said})
    found = _NUMBER.search(text)
    number = found and (found["named"] or found["marked"] or found["lettered"])
    rest = f"{text[:found.start()]} | {text[found.end():]}" if found else text
    postcode = postcodes.find_postcode(rest, None)
    if number is None:
        left = rest if postcode is None else rest[: postcode.start] + rest[postcode.end:]
        plain = _PLAIN.findall(left)
        number = plain[0] if len(plain) == 1 else None
    if postcode is None and (label := _POSTCODE.search(rest)):
        word = _LABELLED.match(rest[label.end():])
        return HeldOrder(number, word[1] if word else None)
    return HeldOrder(number, postcode.value if postcode else None)
