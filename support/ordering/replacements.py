"""Which variant may stand in for one that was ordered."""

from support.models.catalogue import Variant
from support.refusals import CurrencyDiffers, OtherProduct, SameVariant


def check_replaces(old: Variant, new: Variant, currency: str) -> None:
    """Raises OtherProduct, SameVariant, CurrencyDiffers (it is not sold in the order's)."""
    if new.product_id != old.product_id:
        raise OtherProduct
    if new.id == old.id:
        raise SameVariant
    if new.currency != currency:
        raise CurrencyDiffers
