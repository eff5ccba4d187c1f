"""Stretches of a text that may name lines: which of them are meant, which are kept, and where a wish begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from support.grounding.clauses import clauses
from support.grounding.filling import listed
from support.grounding.known_lines import KnownLines
from support.grounding.sides import ACTIONS, ALL, DESCRIBING, Side, kept_to_the_end, sides
from support.grounding.words import Word, split

_BEGINS = frozenset({"only", "just", "make", "give", "get", "put", "i", "id", "ill", "please"})
_TRADES = listed("swap swapping switch switching exchange exchanging replace replacing replaced trade")
_OTHERS = frozenset({"rest", "others", "remaining", "remainder"})
_OTHER_ONES = frozenset({
    ("everything", "else"), ("other", "items"), ("other", "ones"), ("other", "things"), ("all", "else"),
})
_INFINITIVE = listed("""
want wants wanted like love need needed needs have going try trying able how wish prefer hope hoping ready decided
supposed got used plan planning im id
""")
_VERBS = ACTIONS | listed("get keep make be have do buy see know use go give put pay me you my us come")
_OUGHT, _BECOMES = frozenset({"should", "must", "shall"}), frozenset({"get", "become", "be", "have", "come"})
_POINTS = frozenset({"it", "them", "both", "one", "ones", "first", "second", "third", "item", "everything", "those"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that may name lines, and the wish that follows it; `wishes` is empty where none does."""

    words: tuple[Word, ...]
    side: Side
    sentence: int
    wishes: tuple[Word, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)


def mentions(text: str, known: KnownLines) -> list[Mention]:
    """The mentions of a text in their order. After a wish, only what names a line again begins another mention."""
    found: list[Mention] = []
    side, sentence, of_all, before = Side.MEANT, -1, False, ""
    all_of: frozenset[int] = frozenset()
    for clause in clauses(text, known.words(split(text)), known.together()):
        if clause.sentence != sentence:
            side, sentence, of_all = Side.MEANT, clause.sentence, False
        elif _acts(clause.keys) or clause.keys[0] in _BEGINS or (
            clause.after_comma and (side is Side.CORRECTED or speaks_of_rest(clause.keys))
        ) or (side is Side.KEPT and kept_to_the_end(before)) or (
            # "All except the hat, money back to my card"
            side is Side.EXCEPTED and clause.after_comma and not any(map(known.is_known, clause.keys))
        ) or (
            # "All the boards except the short one, and the lamp"
            side is Side.EXCEPTED and all_of and (theirs := _owners(clause.keys, known)) and theirs.isdisjoint(all_of)
        ):
            side = Side.MEANT
        before = " ".join(clause.keys)
        for words, its_side in sides(clause.words, side, of_all, known):
            mention = _cut(words, its_side, sentence, known)
            side, of_all = its_side, of_all or not ALL.isdisjoint(mention.keys)
            if its_side is Side.MEANT and not ALL.isdisjoint(mention.keys):
                all_of = _owners(mention.keys, known)
            last = found[-1] if found and found[-1].sentence == sentence else None
            if last is not None and last.wishes and _goes_on(mention, known):
                found[-1] = replace(last, wishes=(*last.wishes, *words))
            elif last is not None and clause.after_comma and words == clause.words and _describes(last, mention, known):
                found[-1] = replace(last, words=(*last.words, *words))
            elif mention.words or mention.wishes:
                found += _apart(mention, known)
    return found


def speaks_of_rest(keys: Sequence[str]) -> bool:
    """Whether the words mean what has not been named: "the rest", "everything else"."""
    return not _OTHERS.isdisjoint(keys) or not _OTHER_ONES.isdisjoint(pairwise(keys))


def _owners(keys: Sequence[str], known: KnownLines) -> frozenset[int]:
    return frozenset().union(*(known.owners(key) for key in keys if known.is_head(key)))


def _acts(keys: Sequence[str]) -> bool:
    return any(key in ACTIONS and not {"not", "dont", "never"}.intersection(keys[:place])
               for place, key in enumerate(keys))


def _goes_on(mention: Mention, known: KnownLines) -> bool:
    """Whether what follows a wish is more of it: it has no product's name, no verb, no wish and no "all" of its own."""
    if mention.wishes or mention.side is not Side.MEANT or _acts(mention.keys) or not ALL.isdisjoint(mention.keys):
        return False
    return not any(known.is_named(key) or key in ("rest", "others") for key in mention.keys)


def _describes(last: Mention, mention: Mention, known: KnownLines) -> bool:
    """Whether "brass, large" after "desk lamp," says more of the lamp."""
    keys = mention.keys
    if last.wishes or mention.wishes or not any(map(known.is_head, last.keys)) or not DESCRIBING.isdisjoint(keys):
        return False
    if any(known.is_named(key) for key in keys) or not any(map(known.is_known, keys)):
        return False
    fits = (known.fit((*last.keys, *keys), place) for place in range(len(known.described)))
    return any(fit.head and not fit.against for fit in fits)


def _cut(words: tuple[Word, ...], side: Side, sentence: int, known: KnownLines) -> Mention:
    """The words before a wish, and the wish."""
    keys = [word.key for word in words]
    if "instead" in keys or ("rather", "than") in pairwise(keys):
        place = keys.index("instead") if "instead" in keys else keys.index("rather")
        return _instead(words, place, side, sentence, known)
    for place in range(1, len(words) - 1):
        if _begins_wish(keys, place, known):
            return Mention(words[:place], side, sentence, words[place + 1:])
    return Mention(words, side, sentence)


def _begins_wish(keys: Sequence[str], place: int, known: KnownLines) -> bool:
    key, before, after = keys[place], keys[place - 1], keys[place + 1]
    if key in _BECOMES and before in _OUGHT:
        # "The one with the metal strap should get a leather strap"
        return any(map(known.is_known, keys[:place])) and not any(map(known.is_head, keys[:place]))
    if key not in ("for", "to", "into", "with") or (before, after) in known.together():
        return False
    if not any(map(known.is_known, keys[:place])) and _POINTS.isdisjoint(keys[max(0, place - 2):place]):
        return False
    if key == "to":
        return before not in _INFINITIVE and after not in _VERBS
    if key == "with":
        return not _TRADES.isdisjoint(keys[:place]) and not {"for", "to", "into"}.intersection(keys[place:])
    return True


def _instead(words: tuple[Word, ...], place: int, side: Side, sentence: int, known: KnownLines) -> Mention:
    """ "A instead of B" wishes A for B, "A instead" wishes A for the thing that A names."""
    wish, line = words[:place], words[place + 2:]
    if line and words[place + 1].key not in ("of", "than"):
        wish, line = (*wish, *words[place + 1:]), ()
    if not any(known.is_head(word.key) for word in line):
        cut = _cut(wish, side, sentence, known)
        if cut.wishes:
            return replace(cut, words=(*cut.words, *line))
        line = (*(word for word in wish if known.is_named(word.key)), *line)
    return Mention(line, side, sentence, wish)


def _apart(mention: Mention, known: KnownLines) -> list[Mention]:
    """The mention, cut where it names things that are not one line: "the lamp the kettle"."""
    found: list[Mention] = []
    begun, last = 0, -1
    owners: frozenset[int] = frozenset()
    for place, word in enumerate(mention.words):
        if not known.is_head(word.key):
            continue
        theirs = known.owners(word.key)
        if owners and owners.isdisjoint(theirs):
            cut = next((at for at in range(place, last, -1) if mention.words[at].key in DESCRIBING), last + 1)
            found.append(replace(mention, words=mention.words[begun:cut], wishes=()))
            begun, owners = cut, theirs
        else:
            owners = owners & theirs or theirs
        last = place
    return [*found, replace(mention, words=mention.words[begun:])]
