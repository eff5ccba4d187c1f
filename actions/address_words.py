"""How addresses are asked for and written in a sentence."""

from collections.abc import Mapping, Sequence

from actions import buttons
from actions.slots import Prompt
from actions.wording import numbered
from support.people import postal
from support.people.address_book import SavedAddress
from support.people.postal import Postal

_ASKED = {
    "line_1": "Which street and house number?",
    "town": "Which town or city is that in?",
    "region": "Which state or province is that in?",
    "postcode": "What is the postcode?",
    "country": "Which country is that in?",
}


def on_one_line(address: Postal) -> str:
    """`Maria Lopez, 76 Sunset Drive, Denver, CO 80202, United States`."""
    return ", ".join(postal.lines(address))


def short(one: SavedAddress) -> str:
    """`14 Quay Lane, Kinsale`: enough to name one of several."""
    return f"{one.line_1}, {one.town}"


def which_of(asked: str, some: Sequence[SavedAddress]) -> Prompt:
    """The question with the addresses below it, numbered; their ids are shown."""
    if not some:
        return Prompt(asked)
    listed = numbered(f"{one.label}: {on_one_line(one)}" if one.label else on_one_line(one) for one in some)
    return Prompt(f"{asked}\n{listed}", [buttons.said(short(one)) for one in some], [one.id for one in some])


def part_of(name: str, parts: Mapping[str, str]) -> Prompt:
    """The question for one part that is missing, with what is known before it."""
    known = ", ".join(parts[name] for name in ("line_1", "line_2", "town", "region", "postcode") if parts.get(name))
    asked = _ASKED[name]
    if name == "postcode" and parts.get("country") == "US":
        asked = "What is the ZIP code?"
    return Prompt(f"{known}: {asked[:1].lower()}{asked[1:]}" if known else asked)
