"""Whether a product can be had as wished, for how much, and what comes nearest if it cannot."""

from collections.abc import Sequence

from actions.product_phrases import ProductPhrases, are, beside_mine
from support.products.product_views import OfferedVariant

NEAREST = 3


class Availability(ProductPhrases):
    """What is said of the wish; then of what was named as second best."""

    def told(self) -> str:
        some = self._asked.having()
        if there := [one for one in some if one.stock]:
            return self._there(there, some)
        for wish in self._asked.wishes[1:]:
            some = self._asked.having(wish)
            if there := [one for one in some if one.stock]:
                return f"{self._not_to_be_had()} {self._listing(there, 'But this is in stock:')}"
        return f"{self._not_to_be_had()} {self._instead()}"

    def _there(self, there: Sequence[OfferedVariant], some: Sequence[OfferedVariant]) -> str:
        closest = [one for one in self._asked.wishes[0].matches if one in some]
        if self._asked.line is not None and any(one.stock for one in closest):
            there, some = [one for one in closest if one.stock], closest
        gone = len(some) - len(there)
        if len(there) == 1:
            one = there[0]
            rest = f" {self._words.count(gone, 'other option')} like that {are(gone)} sold out." if gone else ""
            told = f"The {self._product.name}{self._as(one)} {self._is} in stock and {self._costs} {self._cost(one)}."
            return f"{told}{self._beside_mine(one)}{rest}"
        rest = f" ({gone} more {are(gone)} sold out)" if gone else ""
        options = self._words.count(len(there), "option")
        return self._listing(there, f"The {self._product.name}{self._wished()} {self._is} in stock in {options}{rest}:")

    def _beside_mine(self, one: OfferedVariant) -> str:
        return beside_mine(self._words, self._asked.line, one) if self._asked.line else ""

    def _not_to_be_had(self) -> str:
        name, wished = self._product.name, self._wished()
        if self._asked.having():
            return f"The {name}{wished} {self._is} sold out just now."
        if self._asked.lacking:
            named = self._words.listed([f"“{word}”" for word in self._asked.lacking])
            values = "; ".join(map(self._listed_values, self._offer.options))
            does = "don't" if self._is == "are" else "doesn't"
            comes = f"{self._it} {self._comes} in {values or 'one version only'}"
            return f"The {name} {does} come in {named}. {comes}."
        if self._asked.limits and not self._asked.wished():
            return f"There {self._is} no {name}{wished}. {self._price()}"
        return f"There {self._is} no {name}{wished}."

    def _instead(self) -> str:
        near = self._asked.nearest(NEAREST)
        if not near:
            return "Nothing else of it is in stock either."
        one_only = "This comes nearest and is in stock:"
        return self._listing(near, one_only if len(near) == 1 else "These come nearest and are in stock:")
