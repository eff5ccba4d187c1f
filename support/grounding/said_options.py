"""The options that a text asks for or rules out by their values or names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from support.grounding.comparisons import price_asked
from support.grounding.filling import listed
from support.grounding.option_values import OptionValues, Value
from support.grounding.words import fitting

_RULED_OUT = frozenset({"not", "no", "without", "non", "except", "than", "isnt", "arent", "dont", "excluding"})
_PASSED_OVER = listed("the a an any of want in my one ones be like need have")
_ANY = frozenset({"any", "whatever", "whichever"})
_TOO = listed("small s large l big long short tall wide thick thin dark bright")
_ANOTHER = frozenset({"different", "another", "other"})
_JOINED = frozenset({"and", "the", "same", "as", "well"})
_HOW = frozenset({"waterproof", "wireless", "wired", "polarized"})
_COMPARED = frozenset({
    "bigger", "larger", "smaller", "more", "less", "most", "higher", "lower", "longer", "shorter", "up", "down",
    "max", "maximum", "minimum", "biggest", "largest", "smallest", "highest", "lowest", "longest", "shortest",
})


@dataclass(slots=True)
class SaidOptions:
    """{option: values that will do}, the words that fit several options, and the places of all words that were used.

    `never` is {option: values that will not do}.
    """

    wished: dict[str, tuple[str, ...]] = field(default_factory=dict)
    never: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Found:
    place: int
    length: int
    values: tuple[Value, ...]


def said_options(keys: Sequence[str], current: Mapping[str, Any], known: OptionValues) -> SaidOptions:
    """What the words say of the options; a value that the customer has already gives way to another one named."""
    said = SaidOptions()
    asked: dict[str, list[str]] = {}
    ruled_out: dict[str, list[str]] = {}
    names: dict[int, frozenset[str]] = {}
    found = _values(keys, known, said.used, names)
    out = False
    for one in found:
        values = _meant(one, keys, known, names, current)
        options = {value.option for value in values}
        out = _is_ruled_out(keys, one.place) or (out and keys[one.place - 1] in ("or", "nor"))
        if len(options) > 1:
            if not out:
                said.unclear.append(keys[one.place])
            continue
        (ruled_out if out else asked).setdefault(values[0].option, []).extend(value.value for value in values)
    narrows = price_asked(keys) in ("lowest", "highest") or ("other", "than") in pairwise(keys)
    anything = _named_options(keys, names, current, known, asked, ruled_out)
    for option in {**asked, **ruled_out, **dict.fromkeys(sorted(anything))}:
        wanted = list(dict.fromkeys(asked.get(option, ())))
        others = [value for value in wanted if value != str(current.get(option))]
        wanted = others if len(wanted) > 1 and others else wanted
        out_values = said.never[option] = tuple(ruled_out.get(option, ()))
        wanted = [value for value in wanted if value not in out_values]
        if not wanted and asked.get(option):
            continue
        left = [one.value for one in known.of(option) if one.value not in out_values]
        # Ruling out another value than one's own changes nothing, unless it narrows what is chosen from
        if wanted or option in anything or narrows or str(current.get(option)) in out_values or len(out_values) > 1:
            said.wished[option] = tuple(wanted or left)
    return said


def _values(
    keys: Sequence[str], known: OptionValues, used: set[int], names: dict[int, frozenset[str]]
) -> list[_Found]:
    found: list[_Found] = []
    place = 0
    while place < len(keys):
        values, length = known.value_at(keys, place)
        options, name_length = known.named_at(keys, place)
        if options and name_length >= length:
            names[place] = options
            used.update(range(place, place + name_length))
            if name_length > length:
                place += name_length
                continue
        if values:
            found.append(_Found(place, length, values))
            used.update(range(place, place + length))
            place += length
            continue
        if not options and (partly := known.partly(keys[place])):
            found.append(_Found(place, 1, partly))
            used.add(place)
        place += 1
    return _narrowed(found)


def _narrowed(found: Sequence[_Found]) -> list[_Found]:
    """Parts of one value become one: what two words next to each other have in common."""
    kept: list[_Found] = []
    for one in found:
        last = kept[-1] if kept else None
        common = tuple(value for value in one.values if last is not None and value in last.values)
        open_still = last is not None and (len(last.values) > 1 or len(one.values) > 1)
        if last is not None and common and open_still and one.place - (last.place + last.length) <= 2:
            kept[-1] = _Found(last.place, one.place + one.length - last.place, common)
        else:
            kept.append(one)
    return kept


def _meant(
    one: _Found, keys: Sequence[str], known: OptionValues, names: Mapping[int, frozenset[str]],
    current: Mapping[str, Any],
) -> tuple[Value, ...]:
    """The values meant, by the option named beside them, or else by what would be a change."""
    options = {value.option for value in one.values}
    if len(options) < 2:
        return one.values
    for place in (one.place + one.length, one.place + one.length + 1, one.place - 1, one.place - 2):
        # "Black lenses" names the lens colour, "a black colour" neither that nor the frame's
        beside = known.meant(keys[place]) if 0 <= place < len(keys) else frozenset()
        partly = {option for option in options if not beside.isdisjoint(known.names[option])}
        named = names.get(place, frozenset()) & options or (partly if partly != options else set())
        if named:
            return tuple(value for value in one.values if value.option in named)
    changes = tuple(value for value in one.values if str(current.get(value.option)) != value.value)
    return changes or one.values


def _is_ruled_out(keys: Sequence[str], place: int) -> bool:
    if place and keys[place - 1] == "too" and fitting(keys[place], _TOO):
        return True  # "it's too small, I need the large one"
    back = place - 1
    while back >= 0 and keys[back] in _PASSED_OVER:
        if keys[back:back + 2] == ["one", "of"]:
            return False
        back -= 1
    if keys[max(back - 1, 0):back + 1] == ["there", "no"]:
        return False  # "is there no white one?" asks for one
    if back >= 0 and keys[back] in _RULED_OUT:
        return True
    if back >= 0 and keys[back] == "instead" and keys[back + 1] == "of":
        return True
    if back >= 0 and keys[back] == "but":
        return not {"any", "anything", "every", "everything", "whatever"}.isdisjoint(keys[:back])
    return back >= 0 and keys[back] == "from" and bool({"to", "into"}.intersection(keys[place:]))


def _named_options(
    keys: Sequence[str], names: Mapping[int, frozenset[str]], current: Mapping[str, Any], known: OptionValues,
    asked: dict[str, list[str]], ruled_out: dict[str, list[str]],
) -> set[str]:
    """What is said of an option by its name alone: "waterproof", "no armrests", "the same size".

    Returns the options of which any value will do: "any colour".
    """
    anything: set[str] = set()
    same_until = -1
    for place, options in sorted(names.items()):
        near = list(keys[max(0, place - 2):place])
        # "The same resolution and zoom" keeps both; "the same size and waterproof" wishes for that
        goes_on = same_until >= 0 and set(keys[same_until:place]) <= _JOINED and keys[place] not in _HOW
        before = set(near[near.index("and") + 1:] if "and" in near else near)  # "a size bigger and waterproof"
        for option in options:
            if option in asked or (option in ruled_out and not _ANY & before):
                continue
            values = known.of(option)
            yes = [one.value for one in values if one.says_yes]
            no = [one.value for one in values if one.says_no]
            if (goes_on or ("same" in before and "but" not in before)) and option in current:
                asked[option] = [str(current[option])]
                same_until = place + known.named_at(keys, place)[1]
            elif no and _is_ruled_out(keys, place):
                asked[option] = no  # "without any backlight"
            elif _ANY & before:
                anything.add(option)
            elif _ANOTHER & before and option in current:
                ruled_out[option] = [str(current[option])]
            elif (yes or no) and not _COMPARED & before and not _is_ruled_out(keys, place):
                asked[option] = yes or [one.value for one in values if not one.says_no]
    return anything
