"""Two things of one kind in an order, told apart: "the bigger pair", "size 10 stays" named by what the things are."""

import re
from collections.abc import Sequence

from support.grounding.known_lines import BoughtLine, head_of
from support.grounding.option_values import OptionValues, ordered
from support.grounding.words import forms

_MORE = (
    "big|bigger|larger|longer|taller|heavier|thicker|wider|harder|tougher|brighter|faster|"
    "biggest|largest|longest|tallest|heaviest|thickest|widest|hardest|toughest|brightest|fastest"
)
_LESS = (
    "small|little|smaller|shorter|lighter|thinner|narrower|easier|simpler|dimmer|slower|"
    "smallest|shortest|lightest|thinnest|narrowest|easiest|simplest|dimmest|slowest"
)
_DEARER, _CHEAPER = "more expensive|dearer|pricier|costlier", "cheaper|less expensive"
_MOST = "biggest|largest|longest|tallest|heaviest|thickest|widest"
_LEAST = "smallest|shortest|lightest|thinnest|narrowest"
# "The two boards (31 and 34 inch)"
_MEASURES = re.compile(r"\b(\d+(?:\.\d+)?) (?:and|&) (\d+(?:\.\d+)?)[ -]?(inch(?:es)?|ft|feet|cm|mm|ml|l|lbs?|"
    r"kg)\b", re.IGNORECASE)
# "The four-piece set"
_FIGURES = {
    word: figure for figure, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}
_SPELT = re.compile(rf"\b(?P<n>{'|'.join(_FIGURES)})[- ](?P<unit>piece|inch|cup|foot|ft|pack)\b", re.IGNORECASE)
# Behind these it is what is wished: "swap it for the bigger one"
_WISHED = re.compile(
    r"\b(?:for|to|into|in|like|want|need|become|be|have)(?: (?:a|an|the|my))?"
    r"(?: (?:cheapest|dearest|new|non-?\w+|waterproof|\w+est))*\s+$", re.IGNORECASE,
)
# "I'd like the shorter one swapped": it is not what is liked
_DEALT_WITH = re.compile(
    r"\s*(?:swapped|exchanged|changed|returned|replaced|refunded|sent back|to (?:go|be)\b|"
    r"(?:as|in) (?:an? )?[\w-]+(?: [\w-]+)? instead\b)", re.IGNORECASE,
)
_THING = r"(?:pair|ones?)"
_SIZE = frozenset({"size", "screen", "length", "height"})


def described(line: BoughtLine, twin: BoughtLine) -> str:
    """The line by what its twin is not: "the black Bluetooth Speaker"; by its name alone if they are the same."""
    apart = [name for name in line.options if line.options[name] != twin.options.get(name)]
    plain = [name for name in apart if str(line.options[name]).casefold() not in ("yes", "no")]
    told = f"{_told(plain[0], line.options[plain[0]])} " if plain else ""
    return f"the {told}{line.product}"


def named_apart[L: BoughtLine](text: str, lines: Sequence[L]) -> str:
    """`text`, with "the bigger pair" or "the size 10 one" as "the size 10 boots", of two things of one kind."""
    text = _SPELT.sub(lambda found: f"{_FIGURES[found['n'].lower()]}-{found['unit']}", text)
    text = _MEASURES.sub(r"\1 \3 and \2 \3", text)
    for product in dict.fromkeys(line.product for line in lines):
        twins = [line for line in lines if line.product == product]
        if len(twins) > 2:
            text = _utmost(text, twins)
        if len(twins) == 2:
            before = text
            text = _by_price(_compared(text, twins), twins)
            text = _by_value(_by_flag(text, twins), twins, lines)
            if text != before:
                text = _not_counted(text, twins[0])
    return text


def _not_counted(text: str, twin: BoughtLine) -> str:
    """Without that there are two, where it tells which of them: "I got two kettles. The bigger one goes back"."""
    noun, got = _noun(twin), "(?:received|got|have|had|bought|ordered|end(?:ed)? up|there (?:are|were))"
    counted = (
        rf"\b(?:(?:i|we)(?:['’]ve| have)?\s+)?(?:(?:also|just|somehow)\s+)*{got}\b[^.;!?,]{{0,20}}?"
        rf"\b(?:two|both|2)\s+(?:(?:pairs?\s+of\s+)?(?:[\w-]+\s+)?{noun}|of\s+(?:them|those|these))\b"
    )
    heading = rf"\b(?:the|my|those|these)\s+(?:[\w-]+\s+)?{noun.removesuffix('?')}(?=\s*(?:[.:!]|,\s+(?:i|we)\b))"
    one_of = rf"\bonly one of (?:the|my|those)(?: two)? {noun},"
    of_two = rf"\bof (?:the|my|those) (?:two|2) (?:[\w-]+ )?{noun}(?: (?:that )?i(?:['’]ve)? {got})?,"
    return re.sub("|".join([counted, one_of, of_two, heading]), " ", text, flags=re.IGNORECASE)


def _utmost[L: BoughtLine](text: str, several: Sequence[L]) -> str:
    """Of more than two: "the shortest one", where they differ in one thing that can be ordered."""
    scale = OptionValues([line.options for line in several])
    sized = [(name, values) for name in scale.names if len(values := ordered(scale.of(name))) > 1]
    if len(sized) != 1:
        return text
    (name, values), noun = sized[0], _noun(several[0])
    pattern = re.compile(rf"\bthe (?:(?P<more>{_MOST})|(?:{_LEAST}))(?: (?:{_THING}|{noun}))?\b", re.IGNORECASE)

    def named(found: re.Match[str]) -> str:
        if _is_wished(text, found):
            return found[0]
        return f"the {_told(name, values[-1 if found['more'] else 0])} {several[0].product}"

    return pattern.sub(named, text)


def _compared[L: BoughtLine](text: str, twins: Sequence[L]) -> str:
    """Where they differ in something that can be ordered."""
    first, second = twins
    scale = OptionValues([line.options for line in twins])
    differing = [name for name in first.options if first.options[name] != second.options.get(name)]
    sizes = [(name, ordered(scale.of(name))) for name in differing if name in scale.names]
    sized = [(name, values) for name, values in sizes if len(values) == 2]
    # A tablet with less storage is no smaller one
    sized = [one for one in sized if not _SIZE.isdisjoint(forms(one[0]))] or sized
    if len(sized) != 1:
        return text
    (name, values), noun = sized[0], _noun(first)
    kind = "|".join(map(re.escape, str(first.product).split()[:-1])) or "pair"
    pattern = re.compile(
        rf"\bthe (?:(?P<more>{_MORE})|(?:{_LESS})) (?:(?:{_THING}|(?:(?:{kind}) )*{noun})\b)?"
        rf"(?: ?of (?:the|my|those) (?:two|both|2)\b(?: {noun})?)?(?! ?(?:size|option|version))", re.IGNORECASE,
    )

    def named(found: re.Match[str]) -> str:
        alone = found[0].rstrip().lower().split()[-1] in f"{_MORE}|{_LESS}".split("|")
        if alone or _is_wished(text, found):
            return found[0]
        return f"the {_told(name, values[-1 if found['more'] else 0])} {first.product}"

    return pattern.sub(named, text)


def _by_price[L: BoughtLine](text: str, twins: Sequence[L]) -> str:
    """Where one cost more: "of the two kits the more expensive one should be a larger one"."""
    price = {id(line): getattr(line, "unit_price_minor", 0) for line in twins}
    less, more = sorted(twins, key=lambda line: price[id(line)])
    differing = [name for name, value in more.options.items() if value != less.options.get(name)]
    if price[id(less)] == price[id(more)] or not differing:
        return text
    noun = _noun(more)
    # "I got two laptops. The pricier one, and the earbuds"
    counted = re.search(
        rf"\b(?:two|both|2|one of (?:the|my|those)(?: two)?) (?:pairs? of )?(?:[\w-]+ )?{noun}\b", text, re.IGNORECASE
    )
    pattern = re.compile(
        rf"(?P<of>\bof (?:the|my) (?:two|both|2) {noun},? )?(?P<only>\b(?:only|just|send(?:ing)?(?: back)?|"
        r"return(?:ing)?|give(?: back)?|with) )?"
        rf"\b(?:the (?:(?P<more>{_DEARER})|{_CHEAPER})(?: {_THING}|(?: [\w-]+)? {noun})?|"
        rf"the (?:one|{noun}) that (?:cost|costs|was|is) (?:me )?"
        r"(?:(?P<cost>more(?: expensive)?|dearer|pricier)|less|cheaper))"
        rf"(?P<ofthem>,? of (?:the|my|those) (?:two|both|2)\b(?:(?: [\w-]+)? {noun})?)?"
        r"(?P<then> (?:should|shall|must|goes|is to|has to|back)\b)?", re.IGNORECASE,
    )

    def named(found: re.Match[str]) -> str:
        told = found["of"] or found["ofthem"] or found["then"] or found["only"] or counted
        if not told or (not found["only"] and _is_wished(text, found)):
            return found[0]
        line = more if found["more"] or found["cost"] else less
        plain = [name for name in differing if str(line.options[name]).casefold() not in ("yes", "no")] or differing
        only = found["only"] or ""
        return f"{only}the {_told(plain[0], line.options[plain[0]])} {line.product}{found['then'] or ''}"

    return pattern.sub(named, text)


def _by_value[L: BoughtLine](text: str, twins: Sequence[L], lines: Sequence[L]) -> str:
    """Where one is told by a value that nothing else in the order has: "size 10 stays", "the navy one stays"."""
    for line in twins:
        others = [str(value).casefold() for one in lines if one is not line for value in one.options.values()]
        for name, value in line.options.items():
            said = str(value).casefold()
            if said in others or not said or said in ("yes", "no"):
                continue
            pattern = re.compile(
                rf"\b(?:the|my) (?:ones?|{_noun(line)}) with (?:the |an? )?{re.escape(said)}\b"
                rf"(?: {re.escape(name.split()[0])}\b)?|\b(?:the|my) {re.escape(said)}['’]?s\b|"
                rf"\b(?:(?:the|my) )?(?:{re.escape(name)} )?{re.escape(said)}"
                rf"(?: (?:{_THING}|{_noun(line)})\b|(?= (?:can |should |may )?stays?\b))", re.IGNORECASE,
            )
            for found in reversed(list(pattern.finditer(text))):
                if not _is_wished(text, found):
                    text = f"{text[:found.start()]}the {_told(name, value)} {line.product}{text[found.end():]}"
    return text


def _by_flag[L: BoughtLine](text: str, twins: Sequence[L]) -> str:
    """Where one has what the other lacks: "the one that isn't waterproof", "my non-waterproof camera"."""
    one, other = twins
    apart = [name for name in one.options if one.options[name] != other.options.get(name)]
    flags = [name for name in apart if {str(line.options.get(name)).casefold() for line in twins} == {"yes", "no"}]
    told = [name for name in apart if name not in flags]
    if len(flags) != 1 or not told:
        return text
    flag, noun = re.escape(flags[0]), _noun(one)
    thing = rf"(?:ones?|(?:\w+ )?{noun})"
    pattern = re.compile(
        rf"\b(?:the |my )(?:(?P<non>non-?\s?|not ){flag} {thing}\b|"
        rf"{thing} (?:that|which)(?: is|['’]s| was)?(?P<not> not|(?: is| was)?n['’]?t)?(?: really)? {flag}\b|"
        rf"{thing} (?:with|(?P<out>without)) (?:the |an? )?{flag}\b)", re.IGNORECASE,
    )

    def named(found: re.Match[str]) -> str:
        if _is_wished(text, found):
            return found[0]
        has = not (found["non"] or found["not"] or found["out"])
        line = next(line for line in twins if (str(line.options[flags[0]]).casefold() == "yes") is has)
        return f"the {_told(told[-1], line.options[told[-1]])} {line.product}"

    return pattern.sub(named, text)


def _is_wished(text: str, found: re.Match[str]) -> bool:
    return bool(_WISHED.search(text[: found.start()])) and not _DEALT_WITH.match(text, found.end())


def _told(name: str, value: object) -> str:
    return f"{name} {value}" if str(value).isdecimal() else str(value)


def _noun(line: BoughtLine) -> str:
    head = head_of(forms(str(line.product)))
    return rf"(?:{re.escape(head)}|{re.escape(head[len(head) // 2:])})(?:s|es)?"  # a wristwatch is a watch too
