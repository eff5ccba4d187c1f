"""A wish cut where the next best begins: "blue, or if that is sold out green", "otherwise the large one"."""

from collections.abc import Sequence

from support.grounding.option_values import OptionValues
from support.grounding.words import Word

_ELSE = frozenset({"or", "otherwise", "failing", "if", "else"})
_SAME = frozenset({"same", "unchanged", "identical", "as", "like"})
_EXCLUDING = frozenset({"not", "but", "except", "than", "without", "no", "excluding", "dont", "neither"})
_CONDITION_ENDS = frozenset({"then", "id", "ill", "i", "take", "give", "make", "go", "get"})


def alternatives(text: str, words: Sequence[Word], known: OptionValues) -> list[tuple[Word, ...]]:
    """The wishes of a text in the order in which they are to be tried, each as its words; none of them empty."""
    found: list[list[Word]] = [[]]
    condition = False
    for place, word in enumerate(words):
        in_case = word.key == "case" and place > 0 and words[place - 1].key == "in"
        if word.key == "if" and place and words[place - 1].key == "only":
            continue  # "with a light, but only if the switches are the same"
        if word.key == "otherwise" and _SAME.intersection(one.key for one in words[place + 1:place + 3]):
            continue  # "size 10, otherwise the same"
        if (word.key in _ELSE or in_case) and not _goes_on_excluding(found[-1], word, words[place + 1:], known):
            found.append([])
            condition = in_case or word.key == "if"
            continue
        if word.key == "not" and place and words[place - 1].key == "if":
            continue
        gap = text[words[place - 1].end:word.start] if place else ""
        if condition and found[-1] and ("," in gap or word.key in _CONDITION_ENDS) and _ended(found[-1]):
            found.append([])
            condition = False
        found[-1].append(word)
    return [tuple(part) for part in found if part]


def _ended(condition: Sequence[Word]) -> bool:
    """Whether the condition has said what it is of: "if you have it", "if it is sold out"."""
    return len(condition) > 1


def _goes_on_excluding(part: Sequence[Word], word: Word, after: Sequence[Word], known: OptionValues) -> bool:
    """Whether the "or" is one of "anything but red or green"."""
    keys = [one.key for one in part[-4:]]
    return word.key == "or" and not _EXCLUDING.isdisjoint(keys) and bool(after) and bool(known.meant(after[0].key))
