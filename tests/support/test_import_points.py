"""Points come in as the ledger's rules have it, whatever order they are told in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.errors import SupportError
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points import ledger, loyalty
from support.records.held_points import HeldAccount, HeldEntry
from tests.support.import_folders import CUSTOMERS, bring, counts, put, rows, wrongs
from tests.support.shop_rows import NOW, create_account, create_customer

HEAD = "id,customer_id,kind,points,at,expires_at,reverses\n"
EARNED = "a,C1,earn,100,2026-01-01,2026-06-01,\nb,C1,earn,100,2026-01-02,2026-07-01,\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


@pytest.fixture
def told(database, folder, rules):
    async def tell(*lines):
        return await bring(database, put(folder, customers=CUSTOMERS, points=HEAD + "".join(lines)), rules)

    return tell


@pytest.fixture
def refused(database, folder, rules):
    async def refuse(*lines):
        return await wrongs(database, put(folder, customers=CUSTOMERS, points=HEAD + "".join(lines)), rules)

    return refuse


async def left(database) -> dict[str, int]:
    """{key of the entry: points left in its lot}; and the ledger adds up."""
    drawn = select(func.coalesce(func.sum(Draw.points), 0)).where(Draw.lot_id == Lot.id).scalar_subquery()
    query = select(LedgerEntry.idempotency_key, Lot.points - drawn).join(Lot, Lot.entry_id == LedgerEntry.id)
    async with database.read() as session:
        found = {key: int(points) for key, points in await session.execute(query)}
        assert sum(found.values()) == (await session.scalar(select(func.sum(LedgerEntry.points))) or 0)
    assert all(points >= 0 for points in found.values())
    return found


class TestEntries:
    async def test_draw_on_the_lot_that_lapses_soonest(self, told, database):
        await told("c,C1,redeem,-150,2026-02-01,,\n", *EARNED)
        assert await left(database) == {"a": 0, "b": 50}
        (account,) = await rows(database, LoyaltyAccount)
        assert account.opened_at == datetime(2026, 1, 1, tzinfo=UTC)
        reasons = {entry.idempotency_key: entry.reason for entry in await rows(database, LedgerEntry)}
        assert reasons == {"a": "Points earned", "b": "Points earned", "c": "Points redeemed"}

    async def test_expire_only_what_has_lapsed(self, told, database):
        await told(*EARNED, "c,C1,redeem,-30,2026-02-01,,\n", "d,C1,expire,-70,2026-06-02,,\n")
        assert await left(database) == {"a": 0, "b": 100}

    async def test_reverse_to_the_lots_they_came_from(self, told, database):
        await told(*EARNED, "c,C1,redeem,-150,2026-02-01,,\n", "d,C1,reverse,150,2026-02-02,,c\n", "e,C1,reverse,-100,2026-02-03,,a\n")
        assert await left(database) == {"a": 0, "b": 100}
        entries = {entry.idempotency_key: entry for entry in await rows(database, LedgerEntry)}
        assert entries["d"].reverses_id == entries["c"].id

    async def test_lapse_by_the_shops_rule_unless_said(self, told, database, rules):
        await told("a,C1,earn,5,2026-01-01T10:00:00Z,,\n", "b,C1,adjust,-2,2026-01-02,,\n", "c,C1,adjust,3,2026-01-03,,\n")
        first, second = await rows(database, Lot, Lot.earned_at)
        assert first.expires_at == loyalty.expiry_of(first.earned_at, rules)
        assert (first.points, second.points) == (5, 3)
        assert await left(database) == {"a": 3, "c": 3}

    async def test_come_once_and_go_on_where_they_were(self, told, database):
        await told(*EARNED, "c,C1,redeem,-30,2026-02-01,,\n")
        before = await counts(database)
        outcome = await told(*EARNED, "c,C1,redeem,-30,2026-02-01,,\n")
        assert (outcome.added["points"], outcome.unchanged["points"]) == (0, 3)
        assert await counts(database) == before
        await told("d,C1,redeem,-120,2026-02-02,,\n", "e,C1,reverse,30,2026-02-03,,c\n")
        assert await left(database) == {"a": 30, "b": 50}

    async def test_go_with_orders_of_the_same_customer(self, database, folder, rules):
        orders = "id,customer_id,status,placed_at,currency,total\n#1,C1,delivered,2026-01-01,EUR,5\n"
        points = "id,customer_id,kind,points,at,order_id\na,C1,earn,5,2026-01-01,#1\n"
        tables = {"customers": CUSTOMERS, "orders": orders}
        await bring(database, put(folder, **tables, points=points), rules)
        await bring(database, put(folder, **tables, points=points), rules)
        for line, code in (("b,C2,earn,5,2026-01-01,#1", "unknown_reference"), ("b,C1,earn,5,2026-01-01,#9", "unknown_reference")):
            points = f"id,customer_id,kind,points,at,order_id\n{line}\n"
            assert await wrongs(database, put(folder, **tables, points=points), rules) == [("points", 2, "order_id", code)]
        points = "id,customer_id,kind,points,at,order_id\na,C1,earn,5,2026-01-01,\n"
        assert await wrongs(database, put(folder, **tables, points=points), rules) == [("points", 2, "id", "entry_differs")]


class TestRefusals:
    @pytest.mark.parametrize(("line", "column", "code"), [
        ("x,C1,redeem,-201,2026-02-01,,", "points", "not_enough_points"),
        ("x,C1,redeem,-101,2026-06-15,,", "points", "not_enough_points"),
        ("x,C1,redeem,-1,2025-12-31,,", "points", "not_enough_points"),
        ("x,C2,redeem,-1,2026-02-01,,", "points", "not_enough_points"),
        ("x,C1,expire,-1,2026-05-01,,", "points", "not_enough_points"),
        ("x,C1,redeem,1,2026-02-01,,", "points", "wrong_sign"),
        ("x,C1,earn,-1,2026-02-01,,", "points", "wrong_sign"),
        ("x,C1,earn,0,2026-02-01,,", "points", "out_of_range"),
        ("x,C1,earn,1000000001,2026-02-01,,", "points", "out_of_range"),
        ("x,C1,earn,1.5,2026-02-01,,", "points", "not_a_whole_number"),
        ("x,C1,earn,1,2026-02-01,2026-02-01,", "expires_at", "expiry_invalid"),
        ("x,C1,redeem,-1,2026-02-01,2027-02-01,", "expires_at", "expiry_invalid"),
        ("x,C1,reverse,-100,2026-02-01,,", "reverses", "required"),
        ("x,C1,earn,1,2026-02-01,,a", "reverses", "required"),
        ("x,C1,reverse,-99,2026-02-01,,a", "points", "out_of_range"),
        ("x,C1,reverse,-100,2026-02-01,,z", "reverses", "unknown_reference"),
        ("x,C2,reverse,-100,2026-02-01,,a", "reverses", "unknown_reference"),
        ("x,C1,reverse,-100,2025-02-01,,a", "reverses", "unknown_reference"),
        ("expire:1,C1,earn,1,2026-02-01,,", "id", "reserved_id"),
        ("a,C1,earn,1,2026-02-01,,", "id", "duplicate"),
        ("x,C9,earn,1,2026-02-01,,", "customer_id", "unknown_reference"),
    ])
    async def test_of_one_line(self, refused, line, column, code):
        assert await refused(*EARNED, line + "\n") == [("points", 4, column, code)]

    @pytest.mark.parametrize(("line", "code"), [
        ("x,C1,reverse,-100,2026-02-05,,a", "points_already_spent"),
        ("x,C1,reverse,50,2026-02-05,,d", "not_reversible"),
        ("x,C1,reverse,-50,2026-02-05,,e", "not_reversible"),
        ("x,C1,reverse,50,2026-02-05,,c", "already_reversed"),
    ])
    async def test_of_a_reversal(self, refused, line, code):
        before = (
            "a,C1,earn,100,2026-01-01,2026-02-04,\n", "f,C1,redeem,-50,2026-01-02,,\n", "c,C1,redeem,-50,2026-01-03,,\n",
            "e,C1,reverse,50,2026-02-01,,c\n", "d,C1,expire,-50,2026-02-04,,\n",
        )
        assert await refused(*before, line + "\n") == [("points", 7, "reverses", code)]

    @pytest.mark.parametrize("line", [
        "a,C1,earn,99,2026-01-01,2026-06-01,", "a,C1,earn,100,2026-01-02,2026-06-01,", "a,C1,earn,100,2026-01-01,2026-06-02,",
        "a,C1,adjust,100,2026-01-01,2026-06-01,", "a,C2,earn,100,2026-01-01,2026-06-01,",
        "c,C1,reverse,-100,2026-02-01,,b", "c,C2,reverse,-100,2026-02-01,,a",
    ])
    async def test_of_an_entry_that_comes_again_as_another(self, told, refused, line):
        await told(*EARNED, "c,C1,reverse,-100,2026-02-01,,a\n")
        assert ("points", 2, "id", "entry_differs") in await refused(line + "\n")

    async def test_of_another_reason(self, database, folder, rules):
        points = "id,customer_id,kind,points,at,reason\na,C1,earn,5,2026-01-01,Order\n"
        await bring(database, put(folder, customers=CUSTOMERS, points=points), rules)
        folder = put(folder, customers=CUSTOMERS, points=points.replace("Order", "Gift"))
        assert await wrongs(database, folder, rules) == [("points", 2, "id", "entry_differs")]

    async def test_leaves_out_what_undoes_a_wrong_one(self, refused):
        assert await refused("x,C1,earn,oops,2026-01-01,,\n", "y,C1,reverse,-5,2026-02-01,,x\n") == [
            ("points", 2, "points", "not_a_whole_number")
        ]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["earn", "adjust", "spend", "expire", "undo"]), st.integers(1, 60), st.integers(1, 40),
        st.integers(0, 20),
    ),
    max_size=25,
)


class TestTheSameAsTheLedger:
    """The account in memory holds what `support.points.ledger` holds after the same moves, and refuses the same."""

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(moves=MOVES)
    async def test_whatever_is_done(self, database, moves):
        held = HeldAccount("held")
        pairs: list[tuple[HeldEntry, LedgerEntry]] = []
        async with database.write() as session:
            account = await create_account(session, await create_customer(session))
            for number, (kind, points, days, which) in enumerate(moves):
                at, key = NOW + timedelta(days=number), f"{account.id}:{number}"
                last = {"at": at, "expires_at": at + timedelta(days=days)}
                entry = HeldEntry(key, EntryKind.EARN, points, {})
                if kind == "expire":
                    for made in await ledger.expire(session, at, account):
                        pairs.append((HeldEntry(made.id, EntryKind.EXPIRE, made.points, {}), made))
                        held.lapse(pairs[-1][0], at)
                    continue
                if kind == "spend":
                    entry.kind, entry.points = EntryKind.REDEEM, -points
                    refusal = refusal_of(held.spend, entry, at)
                    doing = ledger.redeem(session, account, points, key=key, at=at, reason="x")
                elif kind == "undo":
                    if not pairs:
                        continue
                    undone, original = pairs[which % len(pairs)]
                    entry.kind, entry.points = EntryKind.REVERSE, -undone.points
                    refusal = refusal_of(held.undo, entry, undone)
                    doing = ledger.reverse(session, original, key=key, at=at)
                else:
                    entry.kind = EntryKind(kind)
                    refusal = refusal_of(lambda entry=entry, key=key, last=last: held.add(entry, key, **last))
                    add = getattr(ledger, kind)
                    doing = add(session, account, points, key=key, reason="x", **last)
                if refusal is None:
                    pairs.append((entry, await doing))
                else:
                    with pytest.raises(refusal):
                        await doing
            drawn = select(func.coalesce(func.sum(Draw.points), 0)).where(Draw.lot_id == Lot.id).scalar_subquery()
            query = select(LedgerEntry.idempotency_key, Lot.points - drawn).join(Lot, Lot.entry_id == LedgerEntry.id)
            rows = await session.execute(query.where(Lot.account_id == account.id))
            assert {key: points for key, points in rows} == held.left  # noqa: C416 - rows, not pairs


def refusal_of(move, *what) -> type[SupportError] | None:
    try:
        move(*what)
    except SupportError as refusal:
        return type(refusal)
    return None
