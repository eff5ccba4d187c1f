"""A text cut where people pause: at signs, before "but", around emoji; its words in one form, for reading answers."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2000  # characters of a text that are read
_EMOJI = "👍👎✅❌👌✔☑💯🆗🚫🙅🙄😒🤨🙃🙏😊🙂😀😃😄🎉❤🥰😅🤝"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)+|[^\W_]+(?:['’`´]+[^\W_]+)*|[{_EMOJI}]|[.!?;:,\n()–—…]+|\s-+\s")
_RUN = re.compile(r"(\D)\1{2,}")
_SIGN = re.compile(r"[.!?;:,\n()–—…\s-]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words in lower case without accents and apostrophes, each with where it begins in the text.

    `after` is the sign that ended the clause, "" at the end; `opens` tells that a sentence begins here.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    after: str
    opens: bool

    @property
    def asks(self) -> bool:
        return "?" in self.after


def clauses(text: str) -> list[Clause]:
    """The clauses of the first `LONGEST` characters of `text`; none has no word."""
    found: list[Clause] = []
    words: list[str] = []
    starts: list[int] = []
    opens = True

    def close(sign: str) -> None:
        nonlocal words, starts, opens
        if words:
            found.append(Clause(tuple(words), tuple(starts), sign, opens))
            opens = False
            words, starts = [], []
        opens = opens or any(end in sign for end in ".!?\n…;")

    for match in _TOKEN.finditer(text[:LONGEST]):
        token = match[0]
        if _SIGN.fullmatch(token):
            close(token)
            continue
        word = folded(token)
        if word in ("but", "however", "although", "except") or not token[0].isalnum():
            close("")
        words.append(word)
        starts.append(match.start())
        if not token[0].isalnum():
            close("")
    close("")
    return found


def folded(token: str) -> str:
    """A word in lower case without accents and apostrophes; letters drawn out are single: "Yeeees" is yes."""
    plain = (sign for sign in unicodedata.normalize("NFKD", token.lower()) if sign.isalnum() or sign in _EMOJI)
    return _RUN.sub(r"\1", "".join(plain))
