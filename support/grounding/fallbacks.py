"""What is to be done if a wish cannot be had: "if that is sold out, cancel the order", "otherwise return the lamp"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from support.grounding.limit_reading import read_limits


class Deed(StrEnum):
    CANCEL = "cancel"
    RETURN = "return"
    EXCHANGE = "exchange"
    ADDRESS = "address"
    PAYMENT = "payment"
    PERSON = "person"
    # Something else of the same wish: "if not possible, the cheapest one"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fallback:
    """`text` is what is wished then, a wish by itself; `deed` what it comes to; `after` what is said behind it."""

    deed: Deed
    text: str
    after: str = ""


_UNABLE = (
    r"(?:(?:not\b|n['’]t\b)(?!(?: \w+)? (?:more|over|above|dearer|higher|costlier|pricier|exceed)\b)|cannot\b|cant\b|"
    r"unavailable|unable|impossible|no longer|sold out|out of stock|gone\b|none\b|no\b(?! more than)|fails?\b|"
    r"too (?:expensive|dear|much|late)|exceeds\b|(?<!not )(?<!n't )(?<!n’t )(?<!no )(?:(?:more|dearer|higher) than|"
    r"over\b|above\b))"
)
_ELSE = r"(?:otherwise|or else|else|failing (?:that|which|this)|if (?:not|that fails))"
_IF = (
    rf"(?:if|when|in case|should)\b(?!\s+not\b)[^.;!?\n]{{0,90}}?{_UNABLE}"
    r"(?:(?!\b(?:otherwise|else)\b)[^.;!?\n]){0,70}?"
)
_POLITE = (
    r"(?:[\s,:–—-]+|\b(?:then|just|please|simply|instead|rather|kindly|maybe|perhaps|go ahead and|"
    r"(?:i|we) (?:think|guess|suppose|reckon)|(?:i|we)(?:['’]d| would)? (?:like|rather|prefer|want)(?: to| you to|"
    r" that you)?|i['’]d|i['’]ll|(?:you )?(?:can|could|may|should|will)(?: you| i| we)?|let['’]?s|let us|to)\b)*"
)
_DEEDS = (
    (Deed.CANCEL, r"cancel\w*\b"),
    (Deed.RETURN, r"(?:return|refund)\b|(?:send|give|bring|take)\b[^.;,!?\n]{1,40}?\bback\b"),
    (Deed.ADDRESS, r"(?:change|update|correct|set|edit)\b[^.;,!?\n]{0,30}?\baddress\b|"
                   r"(?:send|ship|deliver)\b[^.;,!?\n]{1,40}?\bto\s+(?:\d|my\s+(?:home|house|work|office|flat)\b)"),
    (Deed.PAYMENT, r"(?:change|switch|move|set)\b[^.;,!?\n]{0,30}?\bpayment\b"),
    (Deed.EXCHANGE, r"(?:exchange|swap|change|replace)\b"),
    (Deed.PERSON, r"(?:(?:get|put|connect|transfer|pass|hand|talk|speak|bring|fetch|call)\b[^.;,!?\n]{0,30}?\b)?"
                  r"(?:a |an |some|the )?(?:human|person|somebody|someone|agent|colleague|representative)\b"),
)
_DEED = "|".join(rf"(?P<{deed}>{pattern})" for deed, pattern in _DEEDS)
_BEGINS = re.compile(
    rf"(?:^|[\s,.;!?–—-])(?:(?:and|but|or)\s+)?(?P<lead>{_ELSE}|{_IF})(?P<then>{_POLITE})(?:{_DEED})", re.IGNORECASE
)
_ENDS_WITH_IF = re.compile(
    rf"[,;.]?\s+(?:or|otherwise)(?P<then>{_POLITE})(?:{_DEED})[^.;!?\n]*?\bif\b[^.;!?\n]*?{_UNABLE}", re.IGNORECASE
)
_BARE = re.compile(rf"(?:^|[\s,.;!?–—-])(?:(?:and|but|or)\s+)?(?P<lead>{_ELSE}|{_IF}(?=,))(?P<then>{_POLITE})(?=\w)",
                   re.IGNORECASE)
_STAYS = re.compile(r"(?:leave|keep|forget|skip|drop|do nothing|nothing|don['’]?t|stay|no\b)", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.;!?\n](?=\s|$)")


# What these conditions wait for is no wish: "if it hasn't been sent yet, cancel it"
_OF_STATUS = re.compile(
    r"(?:\bnot|n['’]t|\bnever) too\b|\b(?:ship|sent|send|dispatch|deliver|pack|process|left|arriv|on its way)\w*|\d{4}|"
    r"\b(?:other|another) order\b", re.IGNORECASE,
)
# "If you can't refund it to PayPal": what follows is still the condition
_DENIES = re.compile(r"(?:n['’]t|\bcannot|\bcant|\bnot|\bunable|\bno)(?:\s+(?:need|want)(?: for)?)?\W*$", re.IGNORECASE)


def read_fallback(text: str, *, bare: bool = False) -> tuple[str, Fallback | None]:
    """`text` without what is wished only if the rest cannot be had, and that; the whole and None if it says no such.

    A limit that the condition sets stays: what is dearer is to be left then. `bare` ones name no deed ("if that is
    impossible, the cheapest one"): they are told only if asked for.
    """
    found = _ENDS_WITH_IF.search(text) or _first(_BEGINS, text) or (_first(_BARE, text) if bare else None)
    if found is None or not re.search(r"\w", text[:found.start()]):
        return text, None
    ends = _SENTENCE_ENDS.search(text, found.end("then"))
    until = ends.start() if ends else len(text)
    named = found.groupdict()
    deed = next((deed for deed in Deed if named.get(deed)), Deed.OTHER)
    lead = named.get("lead") or ""
    left = f", {lead} then leave it" if read_limits(f"{lead} then leave it") else ""
    head = text[:found.start()].rstrip(" ,.;–—-")
    return f"{head}{left}{text[until:]}", Fallback(
        deed, text[found.end("then"):until].strip(), text[until:]
    )


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    for found in pattern.finditer(text):
        lead = found["lead"]
        still_condition = not found["then"].strip() and _DENIES.search(lead) and not re.fullmatch(_ELSE, lead, re.I)
        stays = pattern is _BARE and _STAYS.match(text, found.end())
        if not (still_condition or stays or _OF_STATUS.search(lead)):
            return found
    return None
