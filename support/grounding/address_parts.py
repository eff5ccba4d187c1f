"""The parts of an address in free text, told from each other by postcode, country, commas and words for streets."""

import re
from dataclasses import dataclass, fields

from support.grounding import place_names, postcodes, street_parts
from support.grounding.address_segments import IN_CHAT, SPLIT, is_country, is_place, region_off, segments_of
from support.grounding.postcodes import Postcode

_TAIL_END = re.compile(
    r"[!?\n(]|\.(?:\s|$)|\s(?:and|please|pls|thanks|thank|instead|from|so|if|but|because|i|i'm|is|now|can"
    r"|could|for|with)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]+)(?: [A-ZÀ-Þ][\w'’.-]+){1,3}")
_BRACKETS = re.compile(r"\s*\(([A-Za-zÀ-ÿ]+)\)\s*")


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of an address as typed, but for codes: `country` is ISO 3166, a state its two letters.

    What was not said is None.
    """

    recipient: str | None = None
    line_1: str | None = None
    line_2: str | None = None
    town: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None

    @property
    def parts(self) -> dict[str, str]:
        """What was found, by its name."""
        named = {one.name: getattr(self, one.name) for one in fields(AddressParts)}
        return {name: part for name, part in named.items() if part is not None}


def read_parts(text: str, country: str | None) -> AddressParts:
    """The parts in `text`; line breaks part them as commas do. `country` is where they lie, if that is settled."""
    stated = country or _stated_country(text)
    code = postcodes.find_postcode(text, stated)
    if code is None and stated and not country:
        code, stated = postcodes.find_postcode(text, None), stated
    if code is not None and _is_house_number(text, code):
        code = None
    if code is None:
        return _without_postcode(text, stated)
    head = text[: code.start]
    town, region, said = _after(text[code.end:], code, stated)
    country = stated or said or (next(iter(code.countries)) if len(code.countries) == 1 else None)
    region = code.region or region
    segments = [one for one in segments_of(head) if not is_country(one)]
    if not any(is_place(one) for one in segments):
        segments = [one.strip() for one in SPLIT.split(text[code.end:]) if is_place(one)] + segments
    if segments and region is None:
        segments, region = region_off(segments, country or ("US" if "US" in code.countries else None))
    if town is None and region and len(code.countries) > 1 and country is None and "US" in code.countries:
        country = "US"
    return _assembled(segments, code.value, town, region, country)


def _without_postcode(text: str, country: str | None) -> AddressParts:
    segments = segments_of(text)
    while segments and (IN_CHAT.fullmatch(segments[-1]) or segments[-1].lower().startswith(("thank", "please "))):
        segments.pop()
    if not segments:
        return AddressParts()
    last, code = place_names.cut_country(" " + segments[-1])
    if code and (last.strip() or len(segments) > 1):
        segments = [*segments[:-1], *([last.strip()] if last.strip() else [])]
    segments, region = region_off(segments, country)
    streets = [one for one in segments if street_parts.is_street(one) and street_parts.is_plausible(one)]
    units = [segment for segment in segments if street_parts.is_unit(segment)]
    if not streets and not units:
        return AddressParts()
    if not streets:
        return AddressParts(line_2=", ".join(units))
    segments[-1] = _TAIL_END.split(segments[-1], maxsplit=1)[0].strip() if len(segments) > 1 else segments[-1]
    if region and region in place_names.STATES.values():
        country = country or "US"
    return _assembled([one for one in segments if one], None, None, region, country)


def _stated_country(text: str) -> str | None:
    """The country that a segment of the text names, or that stands at its end."""
    for segment in reversed(SPLIT.split(text)):
        bare = _TAIL_END.split(segment, maxsplit=1)[0] if len(segment) > 3 else segment
        for one in (segment, bare):
            if code := place_names.country_code(one):
                # Georgia and the two-letter codes are states as well
                is_state = place_names.region_of(one, "US") or (len(one.strip(" .")) == 2 and one != "US")
                return None if is_state else code
        if code := place_names.cut_country(" " + bare)[1]:
            return code
    return None


def _is_house_number(text: str, code: Postcode) -> bool:
    """Whether what looks like a postcode is the number of a house in a long road: 12345 Elm Street."""
    if len(code.countries) == 1 or not code.value.isdecimal():
        return False
    behind = re.split(r"[,\n;]", text[code.start:], maxsplit=1)[0]
    return street_parts.is_street(behind)


def _after(tail: str, code: Postcode, country: str | None) -> tuple[str | None, str | None, str | None]:
    """Town, region and country behind the postcode."""
    direct = re.match(r" ?[^\d,;\n.!?]+", tail) if code.countries & postcodes.FIRST else None
    town = region = said = None
    if direct:
        named = _TAIL_END.split(tail[: direct.end()] + " ", maxsplit=1)[0]
        if inside := _BRACKETS.match(tail[len(named):]):
            region = inside[1]
        named, said = place_names.cut_country(" " + named)
        named = named.strip(" .,")
        if place_names.country_code(named) and len(named) > 2:
            named, said = "", place_names.country_code(named)
        if province := re.fullmatch(r"(.+) ([A-Z]{2})", named) if code.countries & {"IT"} else None:
            named, region = province[1], province[2]
        town = named or None
    behind = tail[direct.end() if direct else 0:]
    behind_parts = [_TAIL_END.split(one.strip() + " ", maxsplit=1)[0].strip(" .")
                    for one in re.split(r"[,;\n()]", behind)[:5]]
    for bare, following in zip(behind_parts[:4], [*behind_parts[1:], ""], strict=False):
        if not bare:
            continue
        state = place_names.region_of(bare, "US") if region is None and "US" in code.countries and not country else None
        named_country = place_names.country_code(bare)
        if state and named_country not in (None, *code.countries):
            region, said = state, "US"  # CA is Canada as well, whose postcodes have letters
        elif named_country is not None:
            said = named_country
        elif region is None and (named_region := place_names.region_of(bare, country)):
            region = named_region
        elif town is None and bare.istitle() and place_names.region_of(following, country):
            town = bare  # "90028, Los Angeles, CA"
        else:
            break
    return town, region, said


def _assembled(
    segments: list[str], postcode: str | None, town: str | None, region: str | None, country: str | None
) -> AddressParts:
    """Put the segments that are left into their places: recipient, street, parts of the building, town."""
    units: list[str] = []
    lines: list[str] = []
    recipient = None
    for segment in segments:
        street, unit, after = street_parts.cut_unit(segment)
        if street_parts.is_unit(segment):
            units.append(segment)
        elif unit:
            units.append(unit)
            lines += [street, after] if after else [street]
        elif lines and (street_parts.is_house_number(segment) or street_parts.is_house_number(lines[-1])):
            lines[-1] = f"{lines[-1]}, {segment}"
        else:
            lines.append(segment)
    if len(lines) > (1 if town else 2) and _names_somebody(lines[0], lines[1]):
        recipient, lines = lines[0], lines[1:]
    if town is None and len(lines) > 1:
        lines, town = lines[:-1], lines[-1]
    elif town is None and lines:
        street, town = street_parts.cut_town(lines[0])
        if town is None and postcode and not is_place(street):
            lines, town = [], street if region or country else None
        else:
            lines = [street]
    line_2 = ", ".join([*units, *lines[1:]]) or None
    found: AddressParts = AddressParts(
        recipient, lines[0] if lines else None, line_2, town, region, postcode, country
    )
    return _capitalised(found)


def _names_somebody(line: str, following: str) -> bool:
    """Whether `line` is who lives there, since a street with its number follows."""
    numbered = is_place(following) and any(map(str.isdigit, following))
    return numbered and not is_place(line) and _PERSON.fullmatch(line) is not None


def _capitalised(found: AddressParts) -> AddressParts:
    """With capitals if it was typed without any."""
    names = ("recipient", "line_1", "line_2", "town")
    typed = {name: part for name, part in found.parts.items() if name in names}
    if any(sign.isupper() for part in typed.values() for sign in part):
        return found
    return AddressParts(**found.parts | {name: titled(part) for name, part in typed.items()})


def titled(said: str) -> str:
    """`said` with a capital at each word, unless it has one somewhere."""
    if any(map(str.isupper, said)):
        return said
    return re.sub(r"(?<![\w'’])[^\W\d_]", lambda one: one[0].upper(), said)
