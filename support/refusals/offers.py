"""What the shop offers its customers for coming back: rewards, vouchers, friends, goodwill, subscriptions."""

from support.errors import ConflictError


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
