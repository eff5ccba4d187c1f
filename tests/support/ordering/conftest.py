
import pytest

from support.ordering import cancellations, line_swaps
from support.ordering.line_swaps import Swap
from tests.support.shop_rows import NOW


@pytest.fixture
def swap(session, rules):
    """Swaps (line, variant) pairs of what was bought."""

    def asked(bought, *pairs, method=None, key="key", speaker=None, **more):
        swaps = [Swap(line.id, variant.id) for line, variant in pairs]
        return line_swaps.swap(
            session, speaker or bought.speaker, bought.order.id, swaps, method.id if method else None, key=key,
            business=rules, at=NOW, **more,
        )

    return asked


@pytest.fixture
def plan_swap(session, rules):
    def asked(bought, *pairs, method=None, speaker=None):
        swaps = [Swap(line.id, variant.id) for line, variant in pairs]
        return line_swaps.plan_swap(
            session, speaker or bought.speaker, bought.order.id, swaps, method.id if method else None,
            business=rules, at=NOW,
        )

    return asked


@pytest.fixture
def cancel(session, rules):
    """Cancels with what a test does not say being plain."""

    def asked(speaker, order_id, *, reason="ordered by mistake", key="key", business=rules, **more):
        return cancellations.cancel(session, speaker, order_id, reason=reason, key=key, business=business, at=NOW, **more)

    return asked
