"""How returns and exchanges are told of."""

from actions.wording import Wording, options
from support.models.returns import ReturnKind, ReturnStatus
from support.paying.refunds import ReturnLineSeen, ReturnSeen

KIND = {ReturnKind.RETURN: "return", ReturnKind.EXCHANGE: "exchange"}


def told(words: Wording, one: ReturnSeen) -> str:
    """`Return RT-…, order HF-10432: 2 × Mug (oat), €30.00 to your PayPal. Asked for on 3 May, called off on 5 May.`"""
    things = words.listed(_line(words, line) for line in one.lines)
    amount = words.money(abs(one.amount_minor), one.currency)
    money = ""
    if one.amount_minor > 0:
        money = f", {amount} to your {one.method}"
    elif one.amount_minor < 0:
        money = f", {amount} from your {one.method}"
    kind = KIND[one.kind].capitalize()
    asked = f"Asked for on {words.day(one.requested_at)}"
    return f"{kind} {one.reference}, order {one.order_number}: {things}{money}. {asked}, {_standing(words, one)}."


def _line(words: Wording, line: ReturnLineSeen) -> str:
    """`2 × Kettle (small)`, of an exchange with `for (large)`."""
    if line.new_options is None:
        return words.line(line)
    return f"{words.line(line)} for{options(line.new_options) or ' the same'}"


def _standing(words: Wording, one: ReturnSeen) -> str:
    ended = f" on {words.day(one.ended_at)}" if one.ended_at else ""
    match one.status:
        case ReturnStatus.REQUESTED:
            return "waiting for the parcel"
        case ReturnStatus.COMPLETED:
            return f"settled{ended}"
        case ReturnStatus.CANCELLED:
            return f"called off{ended}"
