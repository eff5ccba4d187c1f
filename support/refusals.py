"""The shop's own refusals: what its policies and records do not allow, each with a stable code.

    SupportError
    ├── IdentityTooLow               identity_too_low, with the level that would do
    ├── NotFound
    │   └── NotRecognised            not_found: no such order or not its postcode, and the try is counted
    ├── InvalidInput
    │   ├── QuantityInvalid          quantity_invalid
    │   ├── AmountInvalid            amount_invalid
    │   ├── LinesInvalid             lines_invalid
    │   ├── ReasonUnknown            reason_unknown
    │   ├── AddressInvalid           address_invalid
    │   ├── ProfileInvalid           profile_invalid
    │   ├── PreferenceInvalid        preference_invalid
    │   ├── TimeInvalid              time_invalid
    │   ├── RatingInvalid            rating_invalid
    │   ├── UrlRefused               url_refused
    │   └── PhotoInvalid             photo_invalid
    └── ConflictError
        ├── OrderNotCancellable      order_not_cancellable
        ├── OrderNotChangeable       order_not_changeable
        ├── LinesAlreadySwapped      lines_already_swapped
        ├── NotDelivered             not_delivered
        ├── ReturnWindowClosed       return_window_closed
        ├── AlreadyReturned          already_returned
        ├── ReturnClosed             return_closed
        ├── SameVariant              same_variant
        ├── OtherProduct             other_product
        ├── OutOfStock               out_of_stock
        ├── CurrencyDiffers          currency_differs
        ├── MethodNotAllowed         payment_method_not_allowed
        ├── SameMethod               same_method
        ├── GiftCardTooLow           gift_card_too_low
        ├── PaidInParts              paid_in_parts
        ├── AmountChanged            amount_changed
        ├── NeedsPerson              needs_person
        ├── RewardUnavailable        reward_unavailable
        ├── TierTooLow               tier_too_low
        ├── VoucherUsed              voucher_used
        ├── VoucherExpired           voucher_expired
        ├── OwnReferral              own_referral
        ├── AlreadyReferred          already_referred
        ├── SubscriptionEnded        subscription_ended
        ├── SubscriptionRefused      subscription_refused
        ├── GoodwillExhausted        goodwill_exhausted
        ├── CaseClosed               case_closed
        ├── CaseDoesNotFit           case_does_not_fit
        ├── NotOpenThen              not_open_then
        ├── TimeTaken                time_taken
        ├── TooManyPhotos            too_many_photos
        ├── CodeWrong                code_wrong
        ├── MailUnavailable          mail_unavailable
        ├── NotPaidYet               not_paid_yet
        └── StatusRefused            status_refused
"""

from support.errors import ConflictError, InvalidInput, NotFound, SupportError
from support.models.conversations import Level


class IdentityTooLow(SupportError):
    """We are not sure enough who speaks; `needed` is the level that would do."""

    code = "identity_too_low"
    message = "We need to be surer who you are before we can do that."

    def __init__(self, needed: Level) -> None:
        super().__init__()
        self.needed = needed


class NotRecognised(NotFound):
    """Indistinguishable from any other NotFound: whether the number or the postcode is wrong is not told."""

    commits = True


class QuantityInvalid(InvalidInput):
    code = "quantity_invalid"
    message = "A quantity is a whole number from 1 to as many as there are."


class AmountInvalid(InvalidInput):
    code = "amount_invalid"
    message = "An amount is more than zero and no finer than the currency's smallest coin."


class LinesInvalid(InvalidInput):
    code = "lines_invalid"
    message = "Name at least one line of the order, and none of them twice."


class ReasonUnknown(InvalidInput):
    code = "reason_unknown"
    message = "That is not one of the reasons to choose from."


class AddressInvalid(InvalidInput):
    code = "address_invalid"
    message = "An address needs a name, a street, a town, a postcode and a country that we deliver to."


class ProfileInvalid(InvalidInput):
    code = "profile_invalid"
    message = "That cannot be a name, a phone number or an e-mail address."


class PreferenceInvalid(InvalidInput):
    code = "preference_invalid"
    message = "That is nothing, or no way, to be written to about."


class TimeInvalid(InvalidInput):
    code = "time_invalid"
    message = "That time has passed or is too far ahead."


class RatingInvalid(InvalidInput):
    code = "rating_invalid"
    message = "A rating is a whole number from 1 to 5."


class UrlRefused(InvalidInput):
    """It is no address for a webhook, or it leads into a network of our own."""

    code = "url_refused"
    message = "That is not an address on the public internet, beginning with https://, that events can be sent to."


class PhotoInvalid(InvalidInput):
    code = "photo_invalid"
    message = "A photo is a JPEG, PNG or WebP picture of reasonable size."


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


class NeedsPerson(ConflictError):
    code = "needs_person"
    message = "That is beyond what can be done without a person."


class RewardUnavailable(ConflictError):
    code = "reward_unavailable"
    message = "That reward is not to be had any more."


class TierTooLow(ConflictError):
    code = "tier_too_low"
    message = "That reward is for a higher tier."


class VoucherUsed(ConflictError):
    code = "voucher_used"
    message = "That voucher has been used already."


class VoucherExpired(ConflictError):
    code = "voucher_expired"
    message = "That voucher has expired."


class OwnReferral(ConflictError):
    code = "own_referral"
    message = "Nobody can bring themselves."


class AlreadyReferred(ConflictError):
    code = "already_referred"
    message = "They came by somebody else's code already."


class SubscriptionEnded(ConflictError):
    code = "subscription_ended"
    message = "That subscription has been cancelled or has ended."


class SubscriptionRefused(ConflictError):
    code = "subscription_refused"
    message = "That cannot be done with this subscription."


class GoodwillExhausted(ConflictError):
    code = "goodwill_exhausted"
    message = "More than that only a person can give."


class CaseClosed(ConflictError):
    code = "case_closed"
    message = "That case is closed."


class CaseDoesNotFit(ConflictError):
    """Late is what has not arrived; damaged, wrong or missing can only be what has."""

    code = "case_does_not_fit"
    message = "That cannot be said of an order that has come this far."


class NotOpenThen(ConflictError):
    code = "not_open_then"
    message = "Nobody is here at that time."


class TimeTaken(ConflictError):
    code = "time_taken"
    message = "Nobody is free to call at that time any more."


class TooManyPhotos(ConflictError):
    code = "too_many_photos"
    message = "That case has as many photos as it can hold."


class CodeWrong(ConflictError):
    """Wrong, used, expired, or never sent: the answer is the same, and the try is counted."""

    code = "code_wrong"
    message = "That code is not right, or it has expired."
    commits = True


class MailUnavailable(ConflictError):
    """The shop has set up no way to send mail."""

    code = "mail_unavailable"
    message = "We cannot send e-mail at the moment."


class NotPaidYet(ConflictError):
    code = "not_paid_yet"
    message = "There is no invoice before the order is paid."


class StatusRefused(ConflictError):
    code = "status_refused"
    message = "An order does not go from that status to this."
