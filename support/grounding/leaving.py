"""What a customer takes back out of a wish: "leave the lamp out", "no luggage", "only the boots and the jacket"."""

import re
from collections.abc import Iterator, Sequence

from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.line_reading import left_out, read_lines, told_apart
from support.grounding.sides import ACTIONS
from support.grounding.words import split

_DEEDS = "|".join(sorted(ACTIONS))
_STOPS = (
    r"[.;:!?\n]|\b(?:but|just|only|instead|because|since|as|then|if|please|so|i|i['’]d|i['’]ll|can|could|would|will|"
    r"should|is|are|isn['’]t|aren['’]t|for|to|into|out|off|alone|aside|be|from|with|it|what|why|when|where|how)\b"
)
_DOING = r"(?:change|exchange|swap|touch|return|send back|replace|include|switch)"
_NOT = r"(?:don['’]?t|do not|won['’]?t|will not|wouldn['’]?t|would not|never)"
_BEFORE = re.compile(
    r"(?:\b(?:leav(?:e|ing)(?: out)?|drop|skip|forget(?: about)?|never\s?mind|keep(?:ing?)?|remove|"
    r"take(?! (?:the )?(?:first|second|third|last)\b)|without|exclud(?:e|ing)|except(?: for)?|hold on to|"
    rf"{_NOT} (?:(?:want|need|like|have|wish|mean)(?: you)? to )?{_DOING})|"
    rf"(?:^|[.;,!?]\s*|\b(?:said|want|and|with)\s+)(?:no|not)(?! (?:longer|more|yet|need|problem|idea)\b))\s+",
    re.IGNORECASE,
)
# In a return that is what comes back
_UNWANTED = re.compile(rf"\b(?:no longer (?:want|need)|{_NOT} (?:want|need))\s+(?!to\b)", re.IGNORECASE)
_TAKES = re.compile(r"^\W*take\b", re.IGNORECASE)
_OUT = re.compile(r"\b(?:out|off|aside)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\s(?:(?:can |should |may |shall |must |will )?(?:just |please |then )*(?:stays?|remains?)\b|"
    r"(?:i|we)(?:['’]ll| will| shall| want to| would like to|['’]d like to)?(?: just|"
    r" rather)? keep\b(?! (?:it|them|that|those|mine|only|the)\b)|(?:is staying|are staying)\b|"
    r"(?:(?:from|in|of) (?:that|the|this|my) order )?i(?:['’]m| am) keeping\b|"
    r"(?:should|must|need|shall|may|does|do|is|are|was|were|has|have|would|could|can|will)(?: not|"
    r"n['’]t)\b(?! (?:in stock|available))(?:(?: to)? (?:be )?(?:need(?:ed)?|chang|exchang|swapp|return|touch|replac|"
    r"part\b|what\b|the one\b|one\b|in (?:this|it)\b|meant\b|go back|sent back|supposed|included))|"
    r"belongs? to (?:a different|another|an other|my other)|(?:is|are) (?:not|fine|good|ok(?:ay)?|perfect) (?:as|"
    r"the way)|(?:isn['’]t|aren['’]t|is not|are not) (?:what|the one|part|meant))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\s(?:(?:can|should|may|shall|must|will) )?(?:(?:just|please|then) )*(?:stay|remain|are)\b", re.IGNORECASE
)
_IT = re.compile(
    r"\b(?P<verb>leav(?:e|ing)|keep(?:ing?)?|drop|skip|forget|take|(?:don['’]?t|do not) (?:\w+ to )?(?:change|"
    r"exchange|swap|touch|return|replace))\s+(?:(?:that|this) one|it|that|this|them|those|these|mine|"
    r"the (?:old|one)s? (?:one )?i(?:['’]ve)? (?:have|got|already have))\s*(?P<how>out|alone|off|aside|be\b|"
    r"as (?:it|they) (?:is|are)|then|please|instead)?(?P<end>\s*(?:[.,;!?]|$|and\b|but\b))?",
    re.IGNORECASE,
)
# "The thermostat is lovely, that one stays"
_STAYS = re.compile(
    r"\b(?:that one|this one|that|it|they|those|these|which)(?: (?:can|should|may|must|will|shall|just|"
    r"then))* (?:stays?|remains?)\b|\b(?:i['’]ll|i will|i['’]m|i am|i want to|"
    r"i['’]d like to) (?:just )?(?:keep(?:ing?)?|hold on to) (?:that one|this one|that|it|those|these|them)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?<!for )(?<!than )\b(?:only|just|nothing but)\b(?! (?:if|when|thing|question|problem|as|wondering|asking|"
    r"checking|curious|to be sure|to check|the (?:colou?r|size|price)|one (?:question|thing))\b)"
    r"(?!\s+[$€£]?\d[\d.,]*\s+(?!of\b))", re.IGNORECASE,  # "that clock is only 10 inches"
)
# "Only the headphones should be wired" corrects their wish, and leaves nothing else out
_BECOMES = re.compile(
    rf"^[^,.;!?]{{0,40}}\b(?:should|shall|must|needs? to|has to|have to|ought to) (?:be|become|come)\b"
    rf"(?! (?:{_DEEDS}|in it|part|what|back|the one|done))|"
    # "8 inch like mine, only another colour"
    r"^\s+(?:in )?(?:an?|another|a different|the) (?:other |different )?(?:\w+ )?(?:colou?r|size|version|kind|brand|"
    r"material)\b|^\s+in (?!(?:this|that|the|my|it)\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(r"\W*(?:can|could|would|will|may)\b", re.IGNORECASE)
# "The hose stays with me, right?"
_TAG = re.compile(
    r"[,\s]+(?:right|correct|yes|ok(?:ay)?|isn['’]t it|doesn['’]t it|don['’]t (?:i|they)|is it|"
    r"does it)\s*\?\s*$", re.IGNORECASE
)
_ALL_BUT = re.compile(
    r"\b(?:everything|anything|all)(?: else)?(?: of (?:it|them|that))? "
    r"(?:except(?: for)?|but|apart from|other than|besides|aside from)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:the\s+)?(?:\w+\s+)?other\s+(?:things?|ones?|items?)\b", re.IGNORECASE)
_EXCLUDES = re.compile(r"\b(?:without|not|no|except)\b", re.IGNORECASE)
_CUT = re.compile(rf"[,:]|\b(?:and|but|then|{_DEEDS})\b", re.IGNORECASE)
_ANOTHER = re.compile(
    rf"(?:{_STOPS}|(?:,\s*|\band\s+)(?:then\s+|please\s+|{_DEEDS}|keep|go|have|make|do)\b)", re.IGNORECASE
)
# "The 28 inch one", not "the green one"
_A_ONE = re.compile(r"\bthe (?:\w*\d[\w-]* |[\w-]+ (?=\w+ ones?\b))(?:[\w-]+ ){0,3}ones?\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;!?\n]+")
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]*")


def left_alone[L: BoughtLine](
    text: str, lines: Sequence[L], *, current: Sequence[L] = (), planned: Sequence[L] = (), unwanted: bool = True
) -> tuple[L, ...]:
    """The lines that shall stay as they are, whatever was wished for them; of several alike, those `planned`.

    "Leave it out" is about the one named before; a text that names none before speaks of `current`, if that is one.
    With `unwanted` "I don't want a lamp" leaves it too.
    """
    known, text = KnownLines(lines), told_apart(text)
    found = {id(one): one for one in left_out(text, lines)}
    for sentence in _SENTENCE.finditer(text):
        if _all_but(sentence[0]):
            found = {key: one for key, one in found.items() if one not in _named(sentence[0], lines, known)}
            continue
        if _TAG.sub("", sentence[0]).rstrip().endswith("?") and not _POLITE.match(sentence[0]):
            continue
        for part in _parts(sentence[0], unwanted=unwanted):
            found |= {id(one): one for one in _named(part, lines, known, planned)}
        for it in _IT.finditer(sentence[0]):
            takes = it["verb"].lower() == "take"
            if _OUT.match(it["how"] or "") if takes else it["how"] or it["end"] is not None:
                before = _last_named(text[:sentence.start() + it.start()], lines, known)
                some = (before,) if before is not None else tuple(current)
                found |= {id(one): one for one in some if len(some) == 1}
    return tuple(one for one in lines if id(one) in found)


def staying[L: BoughtLine](text: str, lines: Sequence[L]) -> tuple[L, ...]:
    """The lines of which it is said, right after they were named, that they stay."""
    known = KnownLines(lines)
    ends = [one.start() for one in _STAYS.finditer(text)]
    found = [line for end in ends if (line := _last_named(text[:end], lines, known)) is not None]
    return tuple(one for one in lines if any(one is line for line in found))


def only_these[L: BoughtLine](text: str, lines: Sequence[L], *, planned: Sequence[L] = ()) -> tuple[L, ...]:
    """The lines that alone shall be meant from now on: "just the headphones", "keyboard and bottle only".

    Of two that may be meant it is the one that is `planned`.
    """
    known = KnownLines(lines)
    found: dict[int, L] = {}
    for sentence in _SENTENCE.finditer(_OTHERS.sub(" ", text)):
        if but := _all_but(sentence[0]):
            found |= {id(one): one for one in _named(but, lines, known)}
            continue
        for only in _ONLY.finditer(sentence[0]):
            if _BECOMES.match(sentence[0][only.end():]):
                continue
            kept = [_end(sentence[0], one.end()) for one in _BEFORE.finditer(sentence[0], 0, only.start())]
            before, after = sentence[0][max(kept, default=0):only.start()], _until_left(sentence[0], only.end())
            if _AFTER.search(before) and not any(known.tells_which(word.key) for word in split(after)):
                continue  # "the camera stays as it is, just do the other three"
            part = after if any(known.tells_which(word.key) for word in split(after)[:6]) else before
            ends = re.match(r"\W*(?:and\b|,|$|please\b|then\b)", after)
            if ends and any(known.tells_which(word.key) for word in split(before)):
                part = before
            found |= {id(one): one for one in _named(part, lines, known, planned)}
    return tuple(one for one in lines if id(one) in found)


def _parts(sentence: str, *, unwanted: bool) -> Iterator[str]:
    """What stands after "leave", "no" and the like, or before "stays" and the like, and is all about that."""
    for one in (*_BEFORE.finditer(sentence), *(_UNWANTED.finditer(sentence) if unwanted else ())):
        end = _end(sentence, one.end())
        if not _TAKES.match(one[0]) or _OUT.match(sentence[end:end + 4].strip()) or _OUT.match(sentence, one.end()):
            yield sentence[one.end():end]
    for one in _AFTER.finditer(sentence):
        cuts = list(_CUT.finditer(sentence, 0, one.start()))
        if cuts and cuts[-1][0].lower() == "and" and _SEVERAL.match(one[0]):
            cuts.pop()  # "the shirt and the speaker stay"
        yield sentence[cuts[-1].end() if cuts else 0:one.start()]


def _all_but(sentence: str) -> str:
    """What "leave out everything but the lamp" does not leave out."""
    leaves = _BEFORE.search(sentence)
    but = _ALL_BUT.search(sentence, leaves.start()) if leaves else None
    return sentence[but.end():] if but else ""


def _until_left(sentence: str, since: int) -> str:
    """The rest of the sentence, up to where it leaves something out."""
    ends = [one.start() for leaves in (_EXCLUDES, _BEFORE, _IT) if (one := leaves.search(sentence, since))]
    return sentence[since:min(ends, default=len(sentence))]


def _end(sentence: str, since: int) -> int:
    found = _ANOTHER.search(sentence, since)
    return found.start() if found else len(sentence)


def _named[L: BoughtLine](part: str, lines: Sequence[L], known: KnownLines, planned: Sequence[L] = ()) -> list[L]:
    if not any(known.tells_which(word.key) for word in split(part)):
        return _by_values(part, lines)
    reading = read_lines(part, lines)
    places = frozenset().union(*(known.owners(word.key) for word in split(part) if known.is_head(word.key)))
    # In "leave the chair, red isn't for me" the red mug is not named
    named = [line for place, line in enumerate(lines) if place in places] or list(lines)
    found, maybe = (
        [line for line, _ in some if any(line is one for one in named)] for some in (reading.chosen, reading.candidates)
    )
    expected = [line for line in maybe if any(line is one for one in planned)]
    return found + expected if found or expected else maybe if len(maybe) == 1 else []


def _last_named[L: BoughtLine](text: str, lines: Sequence[L], known: KnownLines) -> L | None:
    clauses = [part for part in _CLAUSE.split(text) if part.strip()]
    for place, clause in enumerate(reversed(clauses)):
        heads = [word.key for word in split(clause) if known.is_head(word.key)]
        if heads and len(owners := known.owners(heads[-1])) == 1:
            return lines[next(iter(owners))]
        if found := ([line for line, _ in read_lines(clause, lines).chosen] if heads else []):
            return found[0] if len(found) == 1 else None
        if not place and (by_values := _by_values(clause, lines)):
            return by_values[0]
    return None


def _by_values[L: BoughtLine](part: str, lines: Sequence[L]) -> list[L]:
    """The one line that "the 28 inch one" can be."""
    chosen = read_lines(part, lines).chosen if _A_ONE.search(part) else ()
    return [chosen[0][0]] if len(chosen) == 1 else []
