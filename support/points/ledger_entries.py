"""How an entry comes into the points ledger: once for its key, its account locked."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Integer, String, bindparam, cast, func, insert, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.expression import Executable

from support.errors import IdInvalid, IdReused, NotFound, PointsInvalid
from support.models.base import Base
from support.models.loyalty import Draw, EntryKind, LedgerEntry, LoyaltyAccount
from support.text import clean, new_id

MOST = 1_000_000_000  # points in one entry
LONGEST = 200  # characters of a key or a reason
_EXPIRY = "expire:"

_ACCOUNTS, _DRAWS = (Base.metadata.tables[model.__tablename__] for model in (LoyaltyAccount, Draw))
_LOCK = select(_ACCOUNTS.c.id).where(_ACCOUNTS.c.id == bindparam("account")).with_for_update()
_OF_KEY = select(LedgerEntry).where(LedgerEntry.idempotency_key == bindparam("key"))
_INSERT_ON_SQLITE = (
    sqlite.insert(LedgerEntry).on_conflict_do_nothing(index_elements=["idempotency_key"]).returning(LedgerEntry)
)


def _insert_on_postgresql() -> Executable:
    """Entry and draws in one statement: each one that waits for the network holds the account's lock longer."""
    columns = LedgerEntry.__table__.columns
    entry = (
        postgresql.insert(LedgerEntry)
        .values({name: bindparam(name, type_=column.type) for name, column in columns.items()})
        .on_conflict_do_nothing(index_elements=["idempotency_key"])
        .returning(*columns)
        .cte("entry")
    )
    lots = bindparam("lots", type_=postgresql.ARRAY(String))
    points = bindparam("drawn", type_=postgresql.ARRAY(Integer))
    drawn = func.unnest(lots, points).table_valued("lot_id", "points").render_derived()
    rows = select(cast(func.gen_random_uuid(), String), entry.c.id, drawn.c.lot_id, drawn.c.points)
    draws = insert(Draw).from_select(["id", "entry_id", "lot_id", "points"], rows.join_from(entry, drawn, true()))
    return select(LedgerEntry).from_statement(select(entry).add_cte(draws.cte("drawing")))


_INSERT_ON_POSTGRESQL = _insert_on_postgresql()


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry is to say: who comes with its key again must say the same.

    Raises IdInvalid for a key that cannot be one; for a reason MessageEmpty, MessageTooLong, TextInvalid.
    """

    account_id: str
    kind: EntryKind
    points: int
    idempotency_key: str
    reason: str
    order_id: str | None = None
    reverses_id: str | None = None

    def __post_init__(self) -> None:
        key = self.idempotency_key
        if not 0 < len(key) <= LONGEST or not key.isprintable() or key.startswith(_EXPIRY):
            raise IdInvalid(f"A key has 1 to {LONGEST} printable characters and does not begin with “{_EXPIRY}”.")
        object.__setattr__(self, "reason", clean(self.reason, longest=LONGEST))


async def lock(session: AsyncSession, account_id: str) -> None:
    """Keep the account's points from changing until the transaction ends; what is read next is the latest.

    Raises NotFound. SQLite has let nobody else in since the transaction began.
    """
    if session.get_bind().dialect.name != "sqlite" and await session.scalar(_LOCK, {"account": account_id}) is None:
        raise NotFound


async def made_before(session: AsyncSession, change: Change) -> LedgerEntry | None:
    """The entry that this change has made already; the account is locked. Raises IdReused, NotFound (no account)."""
    found: LedgerEntry | None = await session.scalar(_OF_KEY, {"key": change.idempotency_key})
    if found is None and await session.get(LoyaltyAccount, change.account_id) is None:
        raise NotFound
    if found is not None and any(getattr(found, name) != said for name, said in asdict(change).items()):
        raise IdReused
    return found


async def enter(session: AsyncSession, change: Change, at: datetime, draws: dict[str, int]) -> LedgerEntry:
    """The entry with `draws` as {lot id: points}, or the one that this change has made already; the account is locked.

    Raises IdReused.
    """
    values = {"id": new_id(), "at": at, **{name: getattr(change, name) for name in Change.__slots__}}
    entry: LedgerEntry | None
    if session.get_bind().dialect.name == "sqlite":
        entry = await session.scalar(_INSERT_ON_SQLITE, values)
        if entry and draws:
            rows = [{"entry_id": entry.id, "lot_id": lot_id, "points": points} for lot_id, points in draws.items()]
            await session.execute(insert(_DRAWS), rows)
    else:
        drawing = {"lots": list(draws), "drawn": list(draws.values())}
        entry = await session.scalar(_INSERT_ON_POSTGRESQL, values | drawing)
    if entry is None:
        entry = await made_before(session, change)
        assert entry
    return entry


def checked_points(points: int, *, lowest: int) -> int:
    """`points` if it is a whole number from `lowest` to `MOST`, and not zero. Raises PointsInvalid."""
    if type(points) is not int or not lowest <= points <= MOST or points == 0:
        raise PointsInvalid
    return points


def expiry_key(lot_id: str, times: int) -> str:
    """The key under which a lot expires after it has done so `times` times; no caller may bring such a key."""
    # What a reversal puts back into a lapsed lot expires once more
    return f"{_EXPIRY}{lot_id}" if times == 0 else f"{_EXPIRY}{lot_id}:{times + 1}"
