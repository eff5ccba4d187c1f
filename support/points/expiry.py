"""Lapsed points entered as expired, a few accounts a transaction, so that a big shop's redemptions go on meanwhile."""

from datetime import datetime

from support.database import Database
from support.points import ledger, lots

BATCH = 200  # accounts that one transaction locks


async def expire_all(database: Database, at: datetime) -> int:
    """Enter as expired what has lapsed at `at` in every account; answers how many entries that made.

    What it has done is committed as it goes: killed, it can be run again, and run late, twice, or beside itself.
    """
    entered, last = 0, ""
    while True:
        async with database.read() as session:
            accounts = await lots.accounts_to_expire(session, at, after=last, limit=BATCH)
        if not accounts:
            return entered
        async with database.write() as session:
            entered += len(await ledger.expire_accounts(session, at, accounts))
        last = accounts[-1]
