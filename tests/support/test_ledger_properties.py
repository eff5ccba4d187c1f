"""Random operations on the ledger against a model of plain lists: same answers, same points in the same lots."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import AlreadyReversed, NotEnoughPoints, NotReversible, PointsAlreadySpent, SupportError
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points import ledger
from tests.support.shop_rows import NOW, create_account, create_customer

OPERATIONS = ("earn", "redeem", "adjust", "expire", "reverse", "again")
Step = tuple[str, int, int]  # what, how many points or which entry, days that it lasts or that pass before
_runs = count(1)


@dataclass
class ModelLot:
    expires_on: int
    left: int


@dataclass
class ModelEntry:
    kind: EntryKind
    points: int
    draws: list[tuple[ModelLot, int]]
    lot: ModelLot | None = None
    reversed: bool = False


@dataclass
class Model:
    """The ledger of one account as lists; days are counted from `NOW`."""

    today: int = 0
    lots: list[ModelLot] = field(default_factory=list)
    entries: list[ModelEntry] = field(default_factory=list)

    def add(self, kind: EntryKind, points: int, days: int) -> None:
        self.lots.append(ModelLot(self.today + days, points))
        self.entries.append(ModelEntry(kind, points, [], self.lots[-1]))

    def take(self, kind: EntryKind, points: int) -> None:
        usable = sorted((lot for lot in self.lots if lot.expires_on > self.today), key=lambda lot: lot.expires_on)
        if sum(lot.left for lot in usable) < points:
            raise NotEnoughPoints
        draws = []
        for lot in usable:
            taken = min(lot.left, points - sum(drawn for _, drawn in draws))
            draws += [(lot, taken)] if taken else []
        self._enter(kind, draws)

    def expire(self) -> None:
        for lot in self.lots:
            if lot.left and lot.expires_on <= self.today:
                self._enter(EntryKind.EXPIRE, [(lot, lot.left)])

    def reverse(self, entry: ModelEntry) -> None:
        if entry.kind in (EntryKind.EXPIRE, EntryKind.REVERSE):
            raise NotReversible
        if entry.reversed:
            raise AlreadyReversed
        if entry.lot and entry.lot.left < entry.points:
            raise PointsAlreadySpent
        entry.reversed = True
        draws = [(entry.lot, entry.points)] if entry.lot else [(lot, -points) for lot, points in entry.draws]
        self._enter(EntryKind.REVERSE, draws)

    def _enter(self, kind: EntryKind, draws: list[tuple[ModelLot, int]]) -> None:
        for lot, points in draws:
            lot.left -= points
        self.entries.append(ModelEntry(kind, -sum(points for _, points in draws), draws))


@dataclass
class Ledger:
    """The real one, told the same. `again` holds how each change is said once more; `entries` are in its order."""

    session: AsyncSession
    account: LoyaltyAccount
    run: int = field(default_factory=lambda: next(_runs))
    entries: list[LedgerEntry] = field(default_factory=list)
    again: list[tuple[LedgerEntry, Callable]] = field(default_factory=list)

    async def say(self, use_case: Callable, subject: object, *arguments: int, **more: object) -> None:
        key = f"{self.run}:{len(self.again)}:{len(self.entries)}"

        async def said() -> LedgerEntry:
            return await use_case(self.session, subject, *arguments, key=key, reason="why", **more)

        self.entries.append(await said())
        self.again.append((self.entries[-1], said))

    async def expire(self, today: int) -> None:
        self.entries += await ledger.expire(self.session, NOW + timedelta(days=today), self.account)


async def step(model: Model, real: Ledger, operation: Step) -> None:
    """Do it to both; they must agree on whether it is refused, and how."""
    what, number, days = operation
    model.today += days if what in ("expire", "reverse") else 0
    before = len(model.entries)
    # A second later each time, for of lots that lapse together the one earned first is drawn on first
    at = NOW + timedelta(days=model.today, seconds=before)
    until = NOW + timedelta(days=model.today + days)
    refusals: list[type[SupportError] | None] = []
    which = number % len(model.entries) if model.entries else None

    async def both(modelled: Callable[[], None], *said: object, **more: object) -> None:
        for one in (modelled, lambda: real.say(*said, at=at, **more)):
            try:
                answer = one()
                refusals.append(await answer if answer else None)
            except SupportError as refusal:
                refusals.append(type(refusal))

    match what:
        case "earn":
            await both(lambda: model.add(EntryKind.EARN, number, days), ledger.earn, real.account, number, expires_at=until)
        case "redeem":
            await both(lambda: model.take(EntryKind.REDEEM, number), ledger.redeem, real.account, number)
        case "adjust" if days % 2:
            await both(lambda: model.take(EntryKind.ADJUST, number), ledger.adjust, real.account, -number)
        case "adjust":
            await both(lambda: model.add(EntryKind.ADJUST, number, days), ledger.adjust, real.account, number, expires_at=until)
        case "expire":
            model.expire()
            await real.expire(model.today)
        case "reverse" if which is not None:
            await both(lambda: model.reverse(model.entries[which]), ledger.reverse, real.entries[which])
        case "again" if real.again:
            entry, said = real.again[number % len(real.again)]
            assert (await said()).id == entry.id
    assert len(set(refusals)) <= 1, (operation, refusals)
    new, modelled = (sorted(entry.points for entry in one.entries[before:]) for one in (real, model))
    assert new == modelled, operation


async def check(model: Model, real: Ledger) -> None:
    """What the database holds is what the model holds, lot by lot, and adds up."""
    drawn = select(func.coalesce(func.sum(Draw.points), 0)).where(Draw.lot_id == Lot.id).scalar_subquery()
    rows = await real.session.execute(
        select(Lot.expires_at, Lot.points - drawn).where(Lot.account_id == real.account.id)
    )
    held = sorted(((expires_at - NOW).days, int(left)) for expires_at, left in rows)
    assert held == sorted((lot.expires_on, lot.left) for lot in model.lots)
    assert all(left >= 0 for _, left in held)
    entries = select(func.coalesce(func.sum(LedgerEntry.points), 0), func.count())
    found = (await real.session.execute(entries.where(LedgerEntry.account_id == real.account.id))).one()
    assert tuple(found) == (sum(left for _, left in held), len(model.entries))


async def begin(session: AsyncSession) -> tuple[Model, Ledger]:
    return Model(), Ledger(session, await create_account(session, await create_customer(session)))


STEPS = st.tuples(st.sampled_from(OPERATIONS), st.integers(1, 120), st.integers(1, 12))


class TestAnySequence:
    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    @given(steps=st.lists(STEPS, min_size=10, max_size=60))
    async def test_does_to_the_lots_what_it_does_to_lists(self, database, steps):
        async with database.write() as session:
            model, real = await begin(session)
            for operation in steps:
                await step(model, real, operation)
                await check(model, real)

    async def test_of_ten_thousand_adds_up(self, database):
        chance = random.Random(20261121)
        weights = (30, 40, 10, 4, 8, 8)
        for _ in range(25):
            async with database.write() as session:
                await session.execute(text("ANALYZE"))  # what was planned for empty tables is slow on full ones
                model, real = await begin(session)
                for number in range(400):
                    [what] = chance.choices(OPERATIONS, weights)
                    await step(model, real, (what, chance.randint(1, 120), chance.randint(1, 40)))
                    if number % 100 == 99:
                        await check(model, real)
                model.today += 400
                model.expire()
                await real.expire(model.today)
                await check(model, real)
                assert sum(entry.points for entry in model.entries) == 0
