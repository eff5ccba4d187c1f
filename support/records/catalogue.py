"""Records of what the shop sells, and of what points buy."""

from decimal import Decimal

from support.models.rewards import RewardKind
from support.records import money, values
from support.records.customers import minor_of
from support.records.record import Record, WrongColumn, column, table


@table("products")
class ProductRecord(Record):
    """What the shop sells, in one or more variants."""

    id: str = column(values.reference, to="reference")
    name: str = column(values.text(200), to="name")
    category: str = column(values.text(60), to="category", default="")
    description: str = column(values.text(2000, lines=True), to="description", default="")


@table("variants")
class VariantRecord(Record):
    """One form of a product that can be bought; `stock` is what can still be sold."""

    id: str = column(values.reference, to="sku")
    product_id: str = column(values.reference, into="product_id")
    options: dict[str, str] | None = column(values.options, into="options", default=None)
    price: Decimal = column(money.amount, into="price_minor")
    currency: str = column(money.currency, to="currency")
    stock: int = column(values.integer(0), to="stock")

    def check(self) -> None:
        self.price_minor()

    def price_minor(self) -> int:
        return minor_of("price", self.price, self.currency)


@table("rewards")
class RewardRecord(Record):
    """What points buy; `value` is money for a voucher, whole percent for a percent, nothing else for others."""

    id: str = column(values.reference, to="reference")
    name: str = column(values.text(200), to="name")
    description: str = column(values.text(2000, lines=True), to="description", default="")
    kind: RewardKind = column(values.choice(RewardKind), to="kind")
    points: int = column(values.integer(1, 1_000_000_000), to="points")
    value: Decimal | None = column(money.amount, into="value", default=None)
    currency: str | None = column(money.currency, into="currency", default=None)
    from_tier: str | None = column(values.text(40), to="from_tier", default=None)
    stock: int | None = column(values.integer(0), to="stock", default=None)
    active: bool = column(values.boolean, to="active", default=True)

    def check(self) -> None:
        self.worth()

    def worth(self) -> int:
        """Minor units for a voucher, percent for a percent, else 0. Raises WrongColumn."""
        return worth_of(self.kind, self.value, self.currency)


def worth_of(kind: RewardKind, value: Decimal | None, currency: str | None) -> int:
    """Minor units for a voucher, percent for a percent, else 0. Raises WrongColumn."""
    if kind is RewardKind.VOUCHER:
        if value is None or not value:
            raise WrongColumn("value", "required", "must be what the voucher is worth")
        if currency is None:
            raise WrongColumn("currency", "required", "must not be empty for a voucher")
        return minor_of("value", value, currency)
    if kind is RewardKind.PERCENT:
        if value is None or value != int(value) or not 1 <= value <= 100:
            raise WrongColumn("value", "out_of_range", "must be a whole percent from 1 to 100")
        return int(value)
    if value:
        raise WrongColumn("value", "not_for_this_kind", f"must be empty for the kind {kind}")
    return 0
