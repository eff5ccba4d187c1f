"""What many tests of the domain begin with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.models.loyalty import LoyaltyAccount
from support.policy.business import Business
from tests.support.rules import load_rules
from tests.support.shop_rows import create_account, create_customer


@pytest.fixture
def rules(tmp_path: Path) -> Business:
    """Rules of a shop that no owner changes."""
    return load_rules(tmp_path)


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A session that is committed when the test ends well."""
    async with database.write() as session:
        yield session


@pytest.fixture
async def account(session: AsyncSession) -> LoyaltyAccount:
    """A new customer's loyalty account."""
    return await create_account(session, await create_customer(session))
