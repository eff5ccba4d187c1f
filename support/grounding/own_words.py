"""Whether a text tells something, or only asks to be let tell it: "I want to complain" against what it is about."""

import re
from collections.abc import Collection

from support.grounding.filling import listed
from support.grounding.pauses import clauses

LONGEST = 2000  # characters of a text that are looked at
_EMPTY = listed("""
a about above actually again all also am an and any anything are as ask at back be been but by can cant could did do
does doing done dont for from get getting give got had has have having hello help here hey hi how i id if ill im in into
is it its ive just kindly let lets like make may maybe me might more my myself need now of oh ok okay on once one open
or our out over please put quick really regarding right share should so some somebody someone something sorry still
submit sure take talk tell than thank thanks that thats the their them then there these they thing things this those to
today too us use very via want wanted was way we well what when where which who why will wish with would yes yeah you
your youre order orders number no please hoping looking go going know say see send write leave file raise place register
there's theres ours colleague colleagues
""")
ENOUGH = 2  # words that carry something
_SAYING = re.compile(
    r"^(?:.*[,.;]\s)?\W*(?:(?:no|ok|okay|please|pls|and|but|wait|could you|can you|actually|oh|yes|rather|better|"
    r"you can|just)\b[\s,]*)*(?P<verb>(?:also )?(?:write|say|put down|mention|note|add|include|tell them|"
    r"let them know)\b(?: (?:down|in|too|also|to it))*)(?:\s+that\b)?[\s:,]*[\"“']?(?P<words>\S.*?)[\"”']?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_MORE = ("also", "mention", "note", "add", "include")


def tells(text: str, besides: Collection[str] = (), *, fewest: int = ENOUGH) -> bool:
    """Whether `text` carries something, `besides` the words that only ask to tell it, such as "complaint".

    `fewest` is how many words must carry something; a single one only names what it is about.
    """
    words = [word for clause in clauses(text[:LONGEST]) for word in clause.words]
    left = [word for word in words if word not in _EMPTY and word not in besides and not any(map(str.isdigit, word))]
    return len(left) >= fewest


def reworded(text: str, before: str) -> str | None:
    """What `before` is to be after "write that …" or "add that …"; None if `text` asks for neither."""
    found = _SAYING.match(text)
    if found is None or not any(map(str.isalnum, found["words"])):
        return None
    further = any(word in found["verb"].lower().split() for word in _MORE)
    return f"{before}\n{found['words']}" if further and before else found["words"]
