"""What one variant costs more than another."""

from actions.product_asked import ProductAsked
from actions.wish_words import described
from actions.wording import Wording, numbered
from support.grounding.words import forms
from support.products.product_views import OfferedVariant

LISTED = 6


def difference(words: Wording, asked: ProductAsked) -> str:
    """The difference that is asked for, "" if the text does not say between what.

    Between two values of an option, each in turn with the same other options; between the cheapest and the dearest; or
    between what the customer has and what is wished.
    """
    two = {option: values for option, values in asked.between().items() if len(values) == 2}
    if len(two) == 1:
        ((option, (first, second)),) = two.items()
        return _between_values(words, asked, option, first, second)
    some = asked.product.offer.in_stock if not asked.narrows else [one for one in asked.having() if one.stock]
    keys = set(forms(asked.text))
    if keys & {"cheapest", "lowest"} and keys & {"expensive", "dearest", "priciest", "highest"} and len(some) > 1:
        low, high = min(some, key=lambda one: one.price_minor), max(some, key=lambda one: one.price_minor)
        return (
            f"The {asked.product.name} in stock costs from {_priced(words, low)} to {_priced(words, high)}: the "
            f"difference is {words.money(high.price_minor - low.price_minor, low.currency)}."
        )
    return ""


def _between_values(words: Wording, asked: ProductAsked, option: str, first: str, second: str) -> str:
    pairs: list[tuple[OfferedVariant, OfferedVariant]] = []
    others = {name: values for name, values in asked.between().items() if name != option}
    every = [
        one for one in asked.product.offer.variants
        if all(str(one.options.get(name)) in values for name, values in others.items())
    ]
    for one in every:
        if str(one.options.get(option)) != first:
            continue
        same = {name: value for name, value in one.options.items() if name != option}
        pairs += [
            (one, other) for other in every
            if str(other.options.get(option)) == second
            and {name: value for name, value in other.options.items() if name != option} == same
        ]
    if not pairs:
        return ""
    if len(pairs) == 1:
        return f"{asked.product.name}: {_compared(words, option, *pairs[0])}"
    by = {other.price_minor - one.price_minor for one, other in pairs}
    if len(by) == 1:
        more, currency = by.pop(), pairs[0][0].currency
        dearer, cheaper = (second, first) if more > 0 else (first, second)
        cost = f"costs {words.money(abs(more), currency)} more than" if more else "costs the same as"
        which = f"The {asked.product.name} with {option} {dearer} {cost} the one with {cheaper}"
        return f"{which}, whatever else you choose."
    listed = numbered(
        f"{described({name: value for name, value in one.options.items() if name != option})}: "
        f"{_compared(words, option, one, other)}" for one, other in pairs[:LISTED]
    )
    rest = len(pairs) - LISTED
    further = f"\nand {words.count(rest, 'other')}: tell me what it should be like." if rest > 0 else ""
    return f"For the {asked.product.name} that depends on the rest:\n{listed}{further}"


def _compared(words: Wording, option: str, one: OfferedVariant, other: OfferedVariant) -> str:
    costs = " and ".join(
        f"{variant.options[option]} costs {words.money(variant.price_minor, variant.currency)}"
        f"{'' if variant.stock else ' (sold out just now)'}" for variant in (one, other)
    )
    more = other.price_minor - one.price_minor
    if not more:
        return f"{costs}: no difference."
    dearer = other if more > 0 else one
    return f"{costs}: {dearer.options[option]} is {words.money(abs(more), one.currency)} more."


def _priced(words: Wording, one: OfferedVariant) -> str:
    return f"{words.money(one.price_minor, one.currency)} ({described(one.options)})"
