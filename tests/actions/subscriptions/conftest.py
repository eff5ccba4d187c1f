import pytest

from support.models.subscriptions import Subscription
from tests.actions.subscriptions.subscribed import subscribe


@pytest.fixture
async def coffee(database, aoife) -> Subscription:
    """12.50 every month, next on 15 December."""
    return await subscribe(database, aoife)
