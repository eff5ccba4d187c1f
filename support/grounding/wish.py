"""What a customer wishes to have instead, and which variants of the product fit it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from support.grounding.known_lines import COLOURS

UTMOST = frozenset({"lowest", "highest"})
_SIZE = "size"
_CLOTHES = frozenset({"XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"})


class OfferedForm(Protocol):
    """A variant; `price_minor` is minor units, `stock` how many can be bought now."""

    @property
    def id(self) -> str: ...
    @property
    def options(self) -> Mapping[str, Any]: ...
    @property
    def price_minor(self) -> int: ...
    @property
    def stock(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Wish[V]:
    """A wish read from a text.

    `wished` is {option: the values that will do}; `unclear` are words that fit several options; `unknown` words that
    fit none. `matches` have all that is wished and keep every other option; `near` have all that is wished and differ
    elsewhere. Both have what is in stock first; more than one match means that the wish leaves a choice. A wish for
    what the product does not come in has no matches. `price` is "lowest", "highest", "lower" or "higher" where the
    text asks for that. `otherwise` is what is wished if this one cannot be had, `never` {option: what will not do}.
    """

    wished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price: str = ""
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    matches: tuple[V, ...] = ()
    near: tuple[V, ...] = ()
    otherwise: "Wish[V] | None" = None
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def in_order(self) -> tuple["Wish[V]", ...]:
        """This wish, and those to try after it."""
        return (self, *(self.otherwise.in_order if self.otherwise else ()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was wished for; a colour that nothing of it has is wished for, too."""
        return not self.wished and not self.price and not self.unclear and not any(map(is_foreign, self.unknown))


def is_foreign(key: str) -> bool:
    """Whether a word that nothing of the product has asks for what cannot be: a colour, a measure."""
    return key in COLOURS or (key[:1].isdigit() and not key.isdecimal())


def allowed[V: OfferedForm](variants: Sequence[V], never: Mapping[str, tuple[str, ...]]) -> list[V]:
    """The variants without those that will not do: `never` is {option: the values that are not wanted}."""
    return [one for one in variants if not any(str(one.options.get(name)) in out for name, out in never.items())]


def fitted[V: OfferedForm](
    wished: Mapping[str, tuple[str, ...]], price: str, current: Mapping[str, Any], variants: Sequence[V], *,
    impossible: bool, unclear: bool,
) -> tuple[tuple[V, ...], tuple[V, ...]]:
    """The matches and the near ones; `impossible` and `unclear` wishes have no matches."""
    if not wished and not price:
        return (), ()
    fitting = [one for one in variants if all(str(one.options.get(name)) in values for name, values in wished.items())]
    if price:
        fitting = _worn_in(fitting, wished, current)
        return (() if impossible or unclear else _priced(fitting, price, current, variants)), ()
    changed = wished.keys()
    others = sum(name not in changed for name in current)
    able = [] if impossible or unclear else fitting
    keeping = [one for one in able if _kept(one, current, changed) == others]
    matches = sorted(keeping, key=lambda one: (one.stock <= 0, _preference(one, wished), one.price_minor, one.id))
    matched = {one.id for one in matches}
    near = sorted(
        (one for one in fitting if one.id not in matched),
        key=lambda one: (one.stock <= 0, -_kept(one, current, changed), one.price_minor, one.id),
    )
    return tuple(matches), tuple(near)


def _worn_in[V: OfferedForm](
    fitting: list[V], wished: Mapping[str, tuple[str, ...]], current: Mapping[str, Any]
) -> list[V]:
    """Those in the size that is there now, if any is: the cheapest pair of shoes is no smaller one."""
    size = str(current.get(_SIZE, ""))
    if _SIZE in wished or not (size.replace(".", "").isdecimal() or size.upper() in _CLOTHES):
        return fitting
    worn = [one for one in fitting if str(one.options.get(_SIZE)) == size and one.stock > 0]
    return worn if any(dict(one.options) != dict(current) for one in worn) else fitting


def _priced[V: OfferedForm](
    fitting: Sequence[V], price: str, current: Mapping[str, Any], variants: Sequence[V]
) -> tuple[V, ...]:
    able = [one for one in fitting if one.stock > 0]
    if price in ("lower", "higher"):
        now = [one.price_minor for one in variants if dict(one.options) == dict(current)]
        step = 1 if price == "higher" else -1
        able = [one for one in able if now and one.price_minor * step > now[0] * step]
        return tuple(sorted(able, key=lambda one: (one.price_minor * step, one.id)))
    if not able:
        return ()
    wanted = (max if price == "highest" else min)(one.price_minor for one in able)
    return tuple(sorted((one for one in able if one.price_minor == wanted), key=lambda one: one.id))


def _kept(one: OfferedForm, current: Mapping[str, Any], changed: Any) -> int:
    return sum(str(one.options.get(name)) == str(value) for name, value in current.items() if name not in changed)


def _preference(one: OfferedForm, wished: Mapping[str, tuple[str, ...]]) -> int:
    return sum(values.index(str(one.options[name])) for name, values in wished.items())
