"""When two sentences are so alike that a classifier cannot be asked to tell them apart.

Near-duplicates have the same words, little ones (a, my, please, can you) left out, in any order. Two words count as the
same if no more than one letter in six differs, a swap counting as one (rapidfuzz's OSA similarity from 0.83 on):
"cancle" is "cancel", and "pause" is not "unpause". Figures are all one figure: order numbers tell nothing apart.
"""

import re
import unicodedata
from functools import cache

from rapidfuzz.distance import OSA

SLIP = 0.83
SHORTEST_SLIP = 4  # letters: a shorter word with a slip in it is another word
_LITTLE = frozenset([
    "a", "an", "the", "this", "that", "these", "those", "my", "our", "me", "i", "you", "we", "it", "to", "of",
    "in", "on", "for", "from", "with", "at", "and", "or", "so", "is", "are", "be", "am", "was", "do", "does", "did",
    "can", "could", "would", "will", "may", "should", "have", "has", "had", "please", "pls", "hi", "hello", "hey", "ok",
    "just", "want", "wanna", "need", "like", "d", "m", "s", "t", "re", "ll", "ve", "there", "some", "any",
])
# Two questions that only share such a word are not alike
ASKING = frozenset(["what", "how", "when", "where", "who", "which", "why"])
_WORD = re.compile(r"[^\W_]+")


@cache
def plain(text: str) -> str:
    """`text` without case, signs and figures, its words one blank apart."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'", " ")
    return " ".join(_WORD.findall(re.sub(r"\d+", "0", folded)))


@cache
def weighty(text: str) -> tuple[str, ...]:
    """The words of `text` that say something, sorted."""
    return tuple(sorted(word for word in plain(text).split() if word not in _LITTLE))


def same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each word of `one` has its own in `other`, and none is left."""
    if len(one) != len(other):
        return False
    left = list(other)
    for word in one:
        found = next((each for each in left if _same_word(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return True


@cache
def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shortest = min(len(one), len(other))
    return shortest >= SHORTEST_SLIP and OSA.normalized_similarity(one, other, score_cutoff=SLIP) >= SLIP
