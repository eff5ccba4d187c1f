"""Which of a customer's orders a text names: by number, or by what it says of status, date, goods and place."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from support.grounding.all_orders_but import apart_from
from support.grounding.named_lines import speaks_of_all
from support.grounding.numbered_orders import numbered
from support.grounding.order_evidence import in_period, with_goods, with_status
from support.grounding.order_totals import utmost, with_total, within
from support.grounding.positions import positions
from support.grounding.reading import Reading
from support.grounding.words import Word, split
from support.ordering.order_views import OrderSummary

_NEWEST = frozenset({
    ("latest",), ("newest",), ("most", "recent"), ("recent", "order"), ("last", "order"), ("last", "purchase"),
})
_OLDEST = frozenset({("oldest",), ("earliest",), ("first", "order"), ("first", "purchase")})
_BEFORE = frozenset({("previous", "order"), ("previous", "one"), ("one", "before"), ("order", "before")})
_UNTIL = frozenset({"it", "its", "they", "the", "you", "i", "we", "shipping", "shipment", "dispatch", "delivery"})
_ORDER_WORDS = frozenset({"order", "orders", "purchase", "one", "ones", "them"})
_POINTING = frozenset({"it", "that", "this", "same", "them", "those", "these"})


def read_orders(
    text: str, orders: Sequence[OrderSummary], *, today: date, zone: ZoneInfo, shown: Sequence[OrderSummary] = (),
    current: Sequence[OrderSummary] = (),
) -> Reading[OrderSummary]:
    """The orders that `text` names, of the customer's `orders`; dates are days in `zone`, seen from `today`.

    `shown` are the orders as last listed to the customer, for "the second one"; `current` those spoken of, for "it".
    A number counts before all else, and an unknown one names nothing. All else is combined: "the pending one with the
    lamp".
    """
    several, excepted = apart_from(text)
    if excepted:
        return _without(several, excepted, orders, today=today, zone=zone, shown=shown, current=current)
    words = split(text)
    keys = [word.key for word in words]
    numbers = numbered(text, orders)
    if numbers is not None:
        return numbers
    pool = list(orders)
    parts: list[Word] = []
    unsure = each = False
    told = [with_status(words, orders), in_period(words, text, orders, today, zone), with_goods(text, orders)]
    if told[2] is not None and len(told[2].ids) == 1 and told[0] is not None and told[2].ids.isdisjoint(told[0].ids):
        told[0] = None  # what is in an order its owner knows better than how far it is
    for evidence in told:
        if evidence is not None:
            pool = [one for one in pool if one.id in evidence.ids]
            parts += evidence.words
            unsure, each = unsure or not evidence.sure, evidence.each
    said = text[min(word.start for word in parts):max(word.end for word in parts)] if parts else ""
    if parts and not pool:
        return Reading()
    if worth := with_total(text, list(shown) or pool):
        return Reading(worth if len(worth) == 1 else (), worth if len(worth) > 1 else (), said or text.strip())
    if (priced := within(text, list(shown) or pool)) is not None:
        return priced
    extreme = utmost(text, [one for one in shown if one in pool] or pool, told=bool(shown or parts))
    if extreme is not None:
        return extreme
    placed = _placed(keys, pool, list(shown), list(current), filtered=bool(parts))
    # "The lamp, and the rug from the other order" names both by what is in them
    if placed is not None and (placed.chosen or not each):
        return Reading(placed.chosen, placed.candidates, said or text.strip())
    if not parts:
        return _pointed_at(keys, text, list(shown) or orders, orders, current)
    if unsure or (len(pool) > 1 and not each and not _means_all(keys, len(pool))):
        narrowed = [one for one in pool if one in current]
        if len(narrowed) == 1 and not unsure:
            return Reading(tuple(narrowed), (), said)
        return Reading((), tuple(pool), said)
    return Reading(tuple(pool), (), said)


def _without(
    several: str, excepted: str, orders: Sequence[OrderSummary], *, today: date, zone: ZoneInfo,
    shown: Sequence[OrderSummary], current: Sequence[OrderSummary],
) -> Reading[OrderSummary]:
    """All that `several` names but what is `excepted`; candidates where that cannot be told."""
    named = read_orders(several, orders, today=today, zone=zone, shown=shown, current=current)
    of_them = named.chosen or named.candidates
    out = read_orders(excepted, of_them or orders, today=today, zone=zone, shown=of_them, current=current)
    left = tuple(one for one in of_them if one not in out.chosen)
    return Reading(left, (), several.strip()) if out.chosen else Reading((), tuple(of_them), several.strip())


def _placed(
    keys: Sequence[str], pool: list[OrderSummary], shown: list[OrderSummary], current: list[OrderSummary], *,
    filtered: bool,
) -> Reading[OrderSummary] | None:
    """The order named by its place in time, or in the list as shown; None if none is."""
    said = {(key,) for key in keys} | set(pairwise(keys))
    newest = sorted(pool, key=lambda one: (one.placed_at, one.number), reverse=True)
    if not newest:
        return None
    listed = [one for one in shown if one in pool]
    if said & _BEFORE and not _then(keys):
        after = newest.index(current[0]) if current and current[0] in newest else 0
        return Reading(tuple(newest[after + 1:after + 2]))
    if said & _NEWEST:
        return Reading((newest[0],))
    if "orders" in keys and (count := _count_of_last(keys)):
        return Reading(tuple(newest[:count]))
    if ("last", "one") in said:
        found = [newest[0], *(one for one in listed[-1:] if one is not newest[0])]
        return Reading(tuple(found)) if len(found) == 1 else Reading((), tuple(found))
    if said & _OLDEST and not (("first", "order") in said and listed):
        return Reading((newest[-1],))
    kinds = {"open", "pending", "delivered", "latest", "waiting", "old", "new"}
    if any(("other", kind) in said for kind in ("one", "order", *kinds)):
        others = [one for one in (listed or pool) if one not in current]
        if current or filtered:
            return Reading(tuple(others)) if len(others) == 1 else Reading((), tuple(others))
        return None
    rows = listed or newest
    if not filtered or len(pool) > 1:
        places = positions([key.replace("orders", "order") for key in keys], len(rows))
        if places and not any(key.isdecimal() for key in keys if "ago" in keys):
            return Reading(tuple(rows[place] for place in places))
    return None


def _then(keys: Sequence[str]) -> bool:
    """Whether a "before" tells until when something shall be done: "change my order before it ships"."""
    return any(key == "before" and after in _UNTIL for key, after in pairwise(keys))


def _count_of_last(keys: Sequence[str]) -> int:
    """How many in "my last two orders"; 0 if no number is said."""
    counts = (key for before, key in pairwise(keys) if before in ("last", "latest", "recent") and key.isdecimal())
    return next((int(key) for key in counts if len(key) < 3), 0)


def _pointed_at(
    keys: Sequence[str], text: str, listed: Sequence[OrderSummary], orders: Sequence[OrderSummary],
    current: Sequence[OrderSummary],
) -> Reading[OrderSummary]:
    """ "It" and "both" are those spoken of or just `listed`; "all of them" those listed, "all my orders" all."""
    if "two" in keys and not {"those", "these"}.isdisjoint(keys):
        keys = [*keys, "both"]
    if "both" in keys and ("order" in keys or "orders" in keys or "them" in keys or len(keys) < 4):
        for pair in (current, listed, orders):
            if len(pair) == 2:
                return Reading(tuple(pair), (), text.strip())
    pairs = set(pairwise(keys))
    all_orders = "orders" in keys and not {"all", "everything"}.isdisjoint(keys)
    if all_orders or {"every", "order"} <= set(keys):
        return Reading(tuple(orders), (), text.strip())
    if ("them" in keys and pairs & {("all", "of"), ("all", "them")}) or (
        listed is not orders and len(keys) < 4 and speaks_of_all(keys)
    ):
        return Reading(tuple(listed), (), text.strip())
    # "An order that isn't packed yet" points to none
    pointing = [key for before, key in pairwise(["", *keys]) if not (key == "that" and before in _ORDER_WORDS)]
    whole = pairs & {("whole", "order"), ("entire", "order"), ("complete", "order")}
    if current and (whole or not _POINTING.isdisjoint(pointing)):
        return Reading(tuple(current), (), text.strip())
    if len(orders) == 1 and {"order", "purchase"}.intersection(keys):
        return Reading(tuple(orders), (), text.strip())
    return Reading()


def _means_all(keys: Sequence[str], count: int) -> bool:
    """Whether several orders are meant at once: "both", "all my pending orders", "the two delivered ones"."""
    plural = not {"orders", "ones", "purchases"}.isdisjoint(keys) and {"one", "which"}.isdisjoint(keys)
    all_there_is = "everything" in keys and {"one", "order", "which", "in", "from"}.isdisjoint(keys)
    return plural or all_there_is or "all" in keys or "every" in keys or (count == 2 and "both" in keys)
