"""What every plan for lines that come back says, for the customer to agree to. Money is minor units of `currency`."""

from dataclasses import dataclass

from support.returning.return_methods import Choice
from support.returning.returned_lines import ComingBack


@dataclass(frozen=True, slots=True)
class ComingBackPlan[L: ComingBack]:
    """`amount_minor` goes to the customer, or comes from them if it is less than zero, by `method`.

    `method` is None if none is named yet; `choices` are the methods that may be named.
    """

    order_id: str
    order_number: str
    currency: str
    lines: tuple[L, ...]
    amount_minor: int
    method_id: str | None
    method: str | None
    choices: tuple[Choice, ...]
    reason: str | None
