"""Which products fit what somebody typed: by the words of name, category and description, typos allowed.

Names are read a whole catalogue at a time: folding ten thousand of them one by one takes longer than all the rest.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST = 300  # characters of a question that are read
MOST_WORDS = 12  # of a question; nobody names a product in more
_NAME, _CATEGORY, _DESCRIPTION = 1.0, 0.8, 0.5
_EXACT, _BEGINNING, _MISTYPED = 1.0, 0.85, 0.7
_NEAR_ENOUGH = 0.5  # of the best product's score
FEW = 8  # words that are quicker looked for one by one than by an index of all
_NO_WORD = re.compile(r"[^\w\s]|_")
_ASCII_SIGNS = {code: " " for code in range(128) if _NO_WORD.match(chr(code))}
_FILLING = frozenset({
    *"abcdefghijklmnopqrstuvwxyz", "about", "all", "am", "an", "and", "any", "are", "buy", "can", "do", "does", "for",
    "from", "got", "has", "have", "how", "in", "is", "it", "looking", "many", "me", "more", "much", "my", "of", "on",
    "or", "please", "sell", "shop", "show", "some", "that", "the", "there", "these", "those", "to", "want", "what",
    "which", "with", "you", "your",
})
_Scores = dict[int, float]  # place of a product: how well it fits a word, up to 1


class _Texts:
    """One text a product, folded, and where each word stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n".join(texts)
        if joined.count("\n") != len(texts) - 1:
            joined = "\n".join(text.replace("\n", " ") for text in texts)
        self._joined = folded(joined)
        self.lines = self._joined.split("\n")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self._joined.split())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            for word in line.split():
                places[word].append(place)
        return places

    def having(self, word: str) -> list[int]:
        return [place for place, line in enumerate(self.lines) if word in line and word in line.split()]

    def scores(self, word: str, weight: float) -> _Scores:
        """How well the word fits each product, by its best word."""
        fits = sorted(fitting(word, self.vocabulary).items(), key=lambda one: one[1])
        look_up = self.having if len(fits) <= FEW else self._places.__getitem__
        return {place: fit * weight for other, fit in fits for place in look_up(other)}


def ranked(products: Sequence[Sequence[str]], words: str) -> list[str]:
    """The ids of the products that fit, the best first, as good ones by name; none for words that name none.

    A product is its id, name, category and description.
    """
    wanted = _wanted(words)
    if not products or not wanted:
        return []
    ids, *texts = zip(*products, strict=True)
    names, categories, descriptions = map(_Texts, texts)
    found = [
        _best(
            dict.fromkeys(descriptions.having(word), _DESCRIPTION), categories.scores(word, _CATEGORY),
            names.scores(word, _NAME),
        )
        for word in wanted
    ]
    if not any(found):
        # Typos in words that only descriptions have are worth the slower look
        found = [descriptions.scores(word, _DESCRIPTION) for word in wanted]
    scores: defaultdict[int, float] = defaultdict(float)
    for one in found:
        for place, score in one.items():
            scores[place] += score
    least = _NEAR_ENOUGH * max(scores.values(), default=0)
    kept = [(-score, names.lines[place], place) for place, score in scores.items() if score >= least]
    return [ids[place] for *_, place in sorted(kept)]


def folded(text: str) -> str:
    """Small letters without accents and signs: what compares equal."""
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", text.casefold())


def edits(word: str) -> int:
    """How many typing mistakes a word of that length may hold and still be taken for another."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def fitting(word: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """{word of the shop's: how well `word` fits it, up to 1}."""
    theirs = list(vocabulary)
    near = process.extract(word, theirs, scorer=OSA.distance, score_cutoff=edits(word), limit=None)
    # In a short word a wrong first letter makes another word: lamp, damp
    fits = {other: _MISTYPED for other, *_ in near if len(word) > 5 or other[0] == word[0]}
    if len(word) > 2:
        fits |= {other: _BEGINNING for other in theirs if other.startswith(word)}
    return fits | {other: _EXACT for other in theirs if other == word}


def _wanted(words: str) -> list[str]:
    typed = list(dict.fromkeys(folded(words[:LONGEST]).split()))
    return ([word for word in typed if word not in _FILLING] or typed)[:MOST_WORDS]


def _best(*found: _Scores) -> _Scores:
    best: _Scores = {}
    for one in found:
        for place, score in one.items():
            best[place] = max(score, best.get(place, 0.0))
    return best
