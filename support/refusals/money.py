"""Money that cannot go that way, or is another amount."""

from support.errors import ConflictError


class CurrencyDiffers(ConflictError):
    code = "currency_differs"
    message = "The currencies are not the same."


class MethodNotAllowed(ConflictError):
    code = "payment_method_not_allowed"
    message = "The money cannot go there: only to where it came from, or to a gift card."


class SameMethod(ConflictError):
    code = "same_method"
    message = "The order is paid that way already."


class GiftCardTooLow(ConflictError):
    code = "gift_card_too_low"
    message = "There is not enough on that gift card."


class PaidInParts(ConflictError):
    code = "paid_in_parts"
    message = "This order was paid in several ways; only a person can change that."


class AmountChanged(ConflictError):
    """The amount is no longer the one that the customer agreed to."""

    code = "amount_changed"
    message = "The amount has changed meanwhile."
