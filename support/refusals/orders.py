"""Orders that have come too far, or not far enough: to be cancelled, changed, sent back, billed."""

from support.errors import ConflictError


class OrderNotCancellable(ConflictError):
    code = "order_not_cancellable"
    message = "This order can no longer be cancelled."


class OrderNotChangeable(ConflictError):
    code = "order_not_changeable"
    message = "This order can no longer be changed."


class LinesAlreadySwapped(ConflictError):
    code = "lines_already_swapped"
    message = "What is in this order has been changed once already; now only a person can change it."


class NotDelivered(ConflictError):
    code = "not_delivered"
    message = "Only what has been delivered can come back."


class ReturnWindowClosed(ConflictError):
    code = "return_window_closed"
    message = "The time in which this order could come back is over."


class AlreadyReturned(ConflictError):
    code = "already_returned"
    message = "A return or an exchange of this order has been asked for already."


class ReturnClosed(ConflictError):
    code = "return_closed"
    message = "That return has been settled or called off already."


class SameVariant(ConflictError):
    code = "same_variant"
    message = "That is what was ordered in the first place."


class OtherProduct(ConflictError):
    code = "other_product"
    message = "A line can only become another variant of the same product."


class OutOfStock(ConflictError):
    code = "out_of_stock"
    message = "There is not enough of that in stock."


class NotPaidYet(ConflictError):
    code = "not_paid_yet"
    message = "There is no invoice before the order is paid."


class StatusRefused(ConflictError):
    code = "status_refused"
    message = "An order does not go from that status to this."
