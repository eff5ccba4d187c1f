"""What somebody wants to be written to about, and how: "unsubscribe me", "offers by text are fine, but no calls"."""

import re
from dataclasses import dataclass

from support.models.customers import Channel, Purpose

LONGEST = 1000  # characters of a text that are read
_PURPOSES = {
    Purpose.NEWSLETTER: r"news ?let+ers?|mailing lists?|news",
    Purpose.OFFERS: r"offers?|promotions?|promos?|deals?|discounts?|sales?(?! tax)|specials?",
    Purpose.SURVEYS: r"surveys?|feedback (?:requests?|mails?|emails?)|questionnaires?|polls?|review requests?",
}
_CHANNELS = {
    Channel.EMAIL: r"e-?mails?|(?<!e-)mails?(?! list)(?! me)|inbox",
    Channel.SMS: r"sms|texts?|texting|text messages?|messages? (?:to|on) my (?:phone|mobile|cell)",
    Channel.PHONE: r"phone ?calls?|calls?|calling|phon(?:e|ing)|ring(?:ing)?|telephone",
    Channel.POST: r"(?:by|per|in the|via) post|post(?:al)?(?: mail)?|letters?|paper mail|catalogues?|flyers?",
}
_ANYTHING = (
    r"everything|anything|all(?: of)?(?: it| them| this| that)?|"
    r"any(?: more)? (?:communications?|contact|messages?|mails?|e-?mails?)|(?:marketing|promotional|advert\w*|ads?|"
    r"spam|junk)(?: (?:messages?|communications?|lists?))?|contact(?:ing)? me|communications?|bothering me|"
    r"nothing (?:else|more)"
)
_OFF = (
    r"unsub\w*|stop\w*|opt(?:ing|ed)? ?-?out|no more|no longer|don['’]?t|do not|not|never|remove|cancel|"
    r"turn(?:ed)? off|switch(?:ed)? off|off|end|quit|without|withdraw|revoke|get rid of|take me off|no|nor|disable|"
    r"leave me alone|enough|delete|nothing"
)
_ON = (
    r"(?<!un)(?<!un-)subscribe|sign(?:ing)? (?:me )?up|opt(?:ing)? ?-?in|add|put me|start|resume|turn(?:ed)? on|"
    r"switch(?:ed)? on|enable|yes|allow|agree|want|would like|['’]d like|like to (?:get|receive|hear)|send me|keep|"
    r"happy to|fine|ok|okay|join|only|just"
)
_PARTS = re.compile(
    r"(?<=[.!?;\n])\s+|,\s*|\b(?:but|except|however|though)\b|\band (?=(?:no|not|don|stop|keep|un\w+|please|"
    r"also stop|yes)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ContactWish:
    """A yes or no to be reached about `purposes` by `channels`; empty ones are not narrowed down.

    `everything` is a no to all there is.
    """

    granted: bool
    purposes: tuple[Purpose, ...] = ()
    channels: tuple[Channel, ...] = ()
    everything: bool = False


def read_contact_wishes(text: str) -> tuple[ContactWish, ...]:
    """The yes and no in `text`, in its order; what says neither, or not to what, is none."""
    found: list[ContactWish] = []
    for part in _PARTS.split(text[:LONGEST]):
        if part and (wish := _wish(part, found[-1].granted if found else None)):
            found.append(wish)
    # "You send too many mails, make it stop": it takes both parts to say it
    if not found and (whole := _wish(text[:LONGEST], None)):
        found.append(whole)
    return tuple(found)


def _wish(part: str, before: bool | None) -> ContactWish | None:
    purposes = tuple(purpose for purpose, words in _PURPOSES.items() if _has(words, part))
    channels = tuple(channel for channel, words in _CHANNELS.items() if _has(words, part))
    off, on = _has(_OFF, part), _has(_ON, part)
    if not (off or on):
        return None if before is None or not (purposes or channels) else ContactWish(not before, purposes, channels)
    if off and not purposes and not channels and _has(_ANYTHING, part):
        return ContactWish(False, everything=True)
    if not purposes and not channels:
        return None
    # "I don't want offers" wishes nothing, "don't stop offers" is hardly ever said: a no goes first
    return ContactWish(not off, purposes, channels)


def _has(words: str, text: str) -> bool:
    return re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE) is not None
