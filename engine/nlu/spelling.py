"""Mistyped words put right before a text becomes a vector: the encoder reads "retrun" as a word of its own.

The words that may be meant are those of the training examples; a word of English that is not among them stays as it
is ("skates" are no "states"). Nothing but the vector is made of the whole corrected text.
"""

import re
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, Text

from symspellpy import SymSpell, Verbosity

DICTIONARY = "frequency_dictionary_en_82_765.txt"  # of symspellpy: "the 23135851162", a word and how often it was seen
OFTEN = 3  # a word that is in no dictionary is one of ours from so many examples on: a brand, not a mistake
FEWEST_EXAMPLES = 2  # a word is put in the place of another only if it is in so many
SHORTEST = 4  # letters: of three, any two words are alike
LONG = 7  # from so many letters on two mistakes may be mended
# What is wanted is read from these word by word, also by those who never see the vector: they are put right for all.
# Names of goods and of people are not
DEED_WORDS = frozenset(
    """
    return returned returning exchange exchanged exchanging swap swapped swapping cancel cancelled cancelling change
    changed changing replace replaced switch switched send ship deliver refund refunded order orders ordered address
    default payment instead otherwise cheapest cheaper everything anything except without available please different
    another delivery parcel package pending should would could want need with first
    """.split()
)
MUCH_OFTENER = 10  # times: a word of the examples that they have so much rarer than one a letter away is that one mistyped
# In the dictionary, and in a shop nearly always a slip: the river Oder
SLIPS = frozenset({"oder"})
_NOT = re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|ca|wo)nt\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Spelling:
    """Corrects words to those of `words`: {word in lower case: how many times the examples have it}."""

    def __init__(self, words: Dict[Text, int]) -> None:
        self.words = words
        known = {word for word, count in words.items() if count >= OFTEN}
        self._known = english() | (known - SLIPS)
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in sorted(words.items()):
            if len(word) >= SHORTEST and count >= FEWEST_EXAMPLES and word in self._known:
                self._speller.create_dictionary_entry(word, count)
        # Examples are mistyped, too, and the same way several times: that makes no word of it
        slips = {word for word in known - english() if self._is_slip(word)}
        self._known -= slips
        for word in slips:
            self._speller.delete_dictionary_entry(word)

    @classmethod
    def of(cls, examples: Iterable[Text]) -> "Spelling":
        """The spelling that `examples` teach."""
        return cls(dict(Counter(_plain(word) for text in examples for word in _WORD.findall(text))))

    def corrected(self, text: Text) -> Text:
        """`text` with the nearest word in the place of each that is not known; without one near it stays."""
        return _WORD.sub(lambda found: self._word(found[0]), text)

    def with_deeds_right(self, text: Text) -> Text:
        """`text` with nothing put right but the words that say what is wanted: "cancle my oder of the trowle".

        And a not is written out: "if you dont have it" is read as a condition by all that looks for "n't".
        """
        text = _NOT.sub(r"\1n't", text)
        return _WORD.sub(lambda found: meant if (meant := self._word(found[0])) in DEED_WORDS else found[0], text)

    def _is_slip(self, word: Text) -> bool:
        if len(word) < SHORTEST or "'" in word:
            return False
        near = self._speller.lookup(word, Verbosity.ALL, max_edit_distance=1)
        return any(one.term != word and one.count >= MUCH_OFTENER * self.words[word] for one in near)

    def _word(self, typed: Text) -> Text:
        plain = _plain(typed)
        if len(plain) < SHORTEST or plain in self._known:
            return typed
        mistakes = 1 if len(plain) < LONG else 2
        near = self._speller.lookup(plain, Verbosity.CLOSEST, max_edit_distance=mistakes)
        # "Wnat" is as near to what as to want, but has the letters of one of them
        same = [one for one in near if sorted(one.term) == sorted(plain)]
        return (same or near)[0].term if near else typed


@lru_cache(maxsize=1)
def english() -> FrozenSet[Text]:
    """Some 82,000 words of English, as symspellpy brings them, but for SLIPS. Raises FileNotFoundError if it is not installed."""
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package symspellpy is not installed; install requirements/rasa.txt.")
    lines = (Path(package.origin).parent / DICTIONARY).read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split()[0] for line in lines if line.strip()) - SLIPS


def _plain(word: Text) -> Text:
    return word.lower().replace("’", "'")
