"""What a customer agreed to must be what happens, to the smallest coin."""

from support.refusals import AmountChanged


def check_agreed(agreed_minor: int | None, comes_to: int) -> None:
    """Raises AmountChanged if an amount was agreed (minor units, signed as in the plan) and it is another now."""
    if agreed_minor is not None and (type(agreed_minor) is not int or agreed_minor != comes_to):
        raise AmountChanged
