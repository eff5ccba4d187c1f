"""Numbers in an answer: how many, how many points, how many months, how many stars."""

import re

from support.grounding.pauses import folded

LONGEST = 1000  # characters of a text that are read
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER = {word: count for count, word in enumerate(_SMALL.split())}
_NUMBER |= {word: 10 * count for count, word in enumerate(_TENS.split(), 2)}
_OTHERS = {"a": 1, "an": 1, "single": 1, "couple": 2, "pair": 2, "both": 2, "dozen": 12, "once": 1, "twice": 2}
_LARGE = {"hundred": 100, "thousand": 1000, "k": 1000}
_DIGITS = re.compile(r"(?<![\w#.,€$£-])(\d{1,3}(?:[.,' ]\d{3})+|\d{1,7})(k)?(?![\w%€$£]|[.,]\d)", re.IGNORECASE)
_BEFORE_ONE = frozenset({"this", "that", "the", "which", "other", "blue", "red", "another"})
_RATED = re.compile(
    r"(?:\d|one|two|three|four|five|full|top|max\w*)\W*(?:stars?|/|out of|of 5|of five|marks|score|rating|⭐|★)",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"(?<![\d.,])([1-5])(?:\s*(?:/|out of|of)\s*(?:5|five))?(?:\s*(?:stars?|⭐|★))?(?![\d.,/%]\d|\d)",
    re.IGNORECASE,
)
_STAR_WORD = re.compile(
    r"\b(one|two|three|four|five)\b(?:\s*(?:stars?|out of (?:5|five)))?|\b(?:full|top|maximum|max) (?:marks|score|"
    r"stars|rating)\b",
    re.IGNORECASE,
)


def read_quantity(text: str, *, most: int = 999) -> int | None:
    """The one count in `text`, in digits or words, from 1 to `most`; None for none and for several."""
    found = {count for count in _counts(text) if 1 <= count <= most}
    return found.pop() if len(found) == 1 else None


def read_points(text: str, *, balance: int) -> int | None:
    """How many points `text` wants of `balance`: all, half of them, or a number, which may be more than there are."""
    words = [folded(word) for word in re.findall(r"\w+", text[:LONGEST])]
    found = set(_counts(text)) - {0}
    if {"half", "halve"} & set(words) and not found - {1}:
        return balance // 2
    every = {"all", "everything", "maximum", "max", "total", "entire", "whole", "available"} & set(words)
    if every and not found - {1}:
        return balance if not {"not", "dont", "left"} & set(words) else None
    return found.pop() if len(found) == 1 else None


def read_months(text: str, *, most: int = 36) -> int | None:
    """A number of months: "three months", "half a year", "a year and a half", "2"; None if `text` has none."""
    words = " ".join(folded(word) for word in re.findall(r"[\w'’]+", text[:LONGEST]))
    if re.search(r"\b(?:days?|weeks?)\b", words):
        return None
    months = 0
    if re.search(r"\bhalf a year\b|\bsix months?\b|\bhalf year\b", words):
        months = 6
    elif years := re.search(r"\b(\w+) (?:and a half )?years?( and a half)?\b", words):
        words_too = _NUMBER | _OTHERS | {"next": 1, "whole": 1}
        count = int(years[1]) if years[1].isdecimal() else words_too.get(years[1], 0)
        months = 12 * count + (6 if count and "and a half" in years[0] else 0)
    elif quarter := re.search(r"\b(?:a|one|next) quarter\b", words):
        months = 3 * bool(quarter)
    elif counted := re.search(rf"\b(\d{{1,2}}|{'|'.join(_NUMBER)}) months?\b", words):
        months = int(counted[1]) if counted[1].isdecimal() else _NUMBER[counted[1]]
    elif re.search(r"\b(?:a|next|one|another|this) month\b", words):
        months = 1
    else:
        months = read_quantity(text, most=most) or 0
    return months if 1 <= months <= most else None


def read_stars(text: str) -> int | None:
    """A rating from 1 to 5, in stars, digits or words; None for mere praise, for several and for what is no rating."""
    text = text[:LONGEST]
    signs = sum(text.count(sign) for sign in "⭐★")
    if 1 <= signs <= 5 and not any(map(str.isdigit, text)):
        return signs
    found = {int(match[1]) for match in _STARS.finditer(text)}
    found |= {_NUMBER[match[1].lower()] if match[1] else 5 for match in _STAR_WORD.finditer(text)}
    said = {int(count) for count in re.findall(r"([1-5])\s*(?:stars?|⭐|★)", text)}
    found = said if len(said) == 1 else found
    if re.search(r"/\s*(?:10|100)|out of (?:10|ten|100)|\d\s*(?:and a half|½)|\d[.,]5", text, re.IGNORECASE):
        return None
    return found.pop() if len(found) == 1 and (_RATED.search(text) or len(text.split()) <= 5) else None


def _counts(text: str) -> list[int]:
    """The numbers in `text`; "one" beside a noun it stands for ("this one") is none."""
    text = text[:LONGEST]
    found = [
        int(re.sub(r"\D", "", match[1])) * (1000 if match[2] else 1) for match in _DIGITS.finditer(text)
    ]
    words = [folded(word) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)]
    total = part = 0
    begun = False
    for place, word in enumerate([*words, ""]):
        pronoun = word == "one" and place and words[place - 1] in _BEFORE_ONE
        if word in _NUMBER and not pronoun:
            part += _NUMBER[word]
            begun = True
        elif word in _LARGE and (begun or (place and words[place - 1] == "a")):
            part = max(part, 1) * _LARGE[word]
            total, part = (total + part, 0) if _LARGE[word] == 1000 else (total, part)
            begun = True
        elif word == "and" and begun:
            continue
        else:
            if begun:
                found.append(total + part)
            total, part, begun = 0, 0, False
            if word in _OTHERS and word not in ("a", "an"):
                found.append(_OTHERS[word])
    return found
