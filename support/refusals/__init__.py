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

from support.refusals.asking import (
    AddressInvalid,
    AmountInvalid,
    LinesInvalid,
    PhotoInvalid,
    PreferenceInvalid,
    ProfileInvalid,
    QuantityInvalid,
    RatingInvalid,
    ReasonUnknown,
    TimeInvalid,
    UrlRefused,
)
from support.refusals.care import CaseClosed, CaseDoesNotFit, NeedsPerson, NotOpenThen, TimeTaken, TooManyPhotos
from support.refusals.identity import CodeWrong, IdentityTooLow, MailUnavailable, NotRecognised
from support.refusals.money import (
    AmountChanged,
    CurrencyDiffers,
    GiftCardTooLow,
    MethodNotAllowed,
    PaidInParts,
    SameMethod,
)
from support.refusals.offers import (
    AlreadyReferred,
    GoodwillExhausted,
    OwnReferral,
    RewardUnavailable,
    SubscriptionEnded,
    SubscriptionRefused,
    TierTooLow,
    VoucherExpired,
    VoucherUsed,
)
from support.refusals.orders import (
    AlreadyReturned,
    LinesAlreadySwapped,
    NotDelivered,
    NotPaidYet,
    OrderNotCancellable,
    OrderNotChangeable,
    OtherProduct,
    OutOfStock,
    ReturnClosed,
    ReturnWindowClosed,
    SameVariant,
    StatusRefused,
)

__all__ = [
    "AddressInvalid", "AlreadyReferred", "AlreadyReturned", "AmountChanged", "AmountInvalid", "CaseClosed",
    "CaseDoesNotFit", "CodeWrong", "CurrencyDiffers", "GiftCardTooLow", "GoodwillExhausted", "IdentityTooLow",
    "LinesAlreadySwapped", "LinesInvalid", "MailUnavailable", "MethodNotAllowed", "NeedsPerson", "NotDelivered",
    "NotOpenThen", "NotPaidYet", "NotRecognised", "OrderNotCancellable", "OrderNotChangeable", "OtherProduct",
    "OutOfStock", "OwnReferral", "PaidInParts", "PhotoInvalid", "PreferenceInvalid", "ProfileInvalid",
    "QuantityInvalid", "RatingInvalid", "ReasonUnknown", "ReturnClosed", "ReturnWindowClosed", "RewardUnavailable",
    "SameMethod", "SameVariant", "StatusRefused", "SubscriptionEnded", "SubscriptionRefused", "TierTooLow",
    "TimeInvalid", "TimeTaken", "TooManyPhotos", "UrlRefused", "VoucherExpired", "VoucherUsed",
]
