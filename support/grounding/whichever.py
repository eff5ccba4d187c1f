"""A choice that is left to the price: "black or brown, whichever is cheaper"."""

import re

_LEFT_TO_PRICE = re.compile(
    r"\b(?:(?:whichever|whatever|depending on (?:which|what|whatever))(?: of (?:the two|them|those|these|both))?"
    r"(?: one)?(?:['’]?s| is| are| comes| works| turns)?(?: out)? (?:the )?(?P<dear>dearer|pricier|more expensive)?"
    r"(?:cheaper|cheapest|less expensive|least expensive|costs? (?:the )?(?:less|least)|lower in price)?|"
    r"(?:(?:i['’]ll|i would|i['’]d|just|please) )?(?:take |pick |choose |prefer |have )?(?:the|that which is) cheaper"
    r"(?: (?:one|of (?:the two|them|those|these|both)))?)(?![\w-])",
    re.IGNORECASE,
)
_PRICE = re.compile(r"cheap|expensive|dear|pric|less|least", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:else|otherwise|if|failing)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?\n]")


def left_to_price(text: str) -> str:
    """`text`, as long as it was, with what may be had listed, and the cheapest or dearest of it asked for."""
    for found in _LEFT_TO_PRICE.finditer(text):
        begun = max((one.end() for one in _SENTENCE.finditer(text, 0, found.start())), default=0)
        either = list(_OR.finditer(text, begun, found.start()))
        if not either or not _PRICE.search(found[0]) or len(found[0]) < len(_utmost(found)):
            continue
        last = either[-1]
        if _ELSE.search(text, last.start(), found.start()):
            continue
        text = (
            f"{text[:last.start()]}, {text[last.end():found.start()]}"
            f"{_utmost(found).ljust(len(found[0]))}{text[found.end():]}"
        )
    return text


def _utmost(found: re.Match[str]) -> str:
    return "priciest" if found["dear"] else "cheapest"
