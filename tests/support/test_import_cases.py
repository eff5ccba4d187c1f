"""Cases that a shop brings along, with what they are about and their logs."""

import pytest

from support.care import case_log
from support.models.cases import Case, CaseEvent, CaseEventKind, CasePhoto
from tests.support.import_folders import CUSTOMERS, SHOP, bring, put, rows, wrongs
from tests.support.shop_rows import NOW

FILE, OTHER = f"{'0a' * 16}.jpg", f"{'1b' * 16}.png"
CASES = (
    "id,customer_id,order_id,kind,text,phone,opened_at,due_at\n"
    "C-1,C1,#W1,damaged,\"Broken.\nIn two.\",,2026-11-03,2026-11-05\n"
    "C-2,C1,,call_back,Mugs,+353 1 234,2026-11-03,2026-11-04T10:00:00Z\n"
)
ABOUT = "case_id,line_id,place\nC-1,2,\n"
PHOTOS = f"case_id,file,digest,media_type,size,width,height,at\nC-1,{FILE},{'ab' * 32},image/jpeg,100,60,40,2026-11-03\n"
POINTS = "id,customer_id,kind,points,at\ne1,C1,adjust,100,2026-11-03\nf1,C2,earn,5,2026-11-03\n"
LOG = (
    "case_id,number,kind,at,actor,text,photo,points,points_id,moved_to,request\n"
    f"C-1,1,opened,2026-11-03,customer,,,,,,R-1\nC-1,2,noted,2026-11-03,customer,,{FILE},,,,\n"
    "C-1,3,compensated,2026-11-04,bot,,,100,e1,,R-2\nC-1,4,closed,2026-11-04,agent,Sorry,,,,,\n"
    "C-2,1,opened,2026-11-03,customer,,,,,,\nC-2,2,closed,2026-11-03,shop,,,,,C-1,\n"
)
CARE = SHOP | {
    "cases": CASES, "case_lines": ABOUT, "case_photos": PHOTOS, "points": POINTS, "case_entries": LOG,
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


async def open_ones(database):
    async with database.read() as session:
        return [case.reference for case in await rows(database, Case, Case.reference) if await case_log.runs(session, case)]


class TestCases:
    async def test_are_open_until_their_log_closes_them(self, database, folder, rules):
        await bring(database, put(folder, **SHOP | {"cases": CASES}), rules)
        assert await open_ones(database) == ["C-1", "C-2"]
        outcome = await bring(database, put(folder, **CARE), rules)
        assert +outcome.added == {"case_lines": 1, "case_photos": 1, "case_entries": 6, "points": 2}
        assert (outcome.unchanged["cases"], await open_ones(database)) == (2, [])
        again = "case_id,number,kind,at,actor,text\nC-1,5,reopened,2026-11-06,agent,Again\n"
        await bring(database, put(folder, customers=CUSTOMERS, case_entries=again), rules)
        assert await open_ones(database) == ["C-1"]

    async def test_that_come_again_change_nothing_or_what_differs(self, database, folder, rules):
        await bring(database, put(folder, **CARE), rules)
        again = await bring(database, put(folder, **CARE), rules)
        assert not +again.added
        assert not +again.changed
        cases = CASES.replace("Mugs", "Two mugs").replace("C1,,call_back", "C1,#W1,call_back")
        changed = await bring(database, put(folder, customers=CUSTOMERS, cases=cases), rules)
        assert +changed.changed == {"cases": 1}
        _, moved = await rows(database, Case, Case.reference)
        assert (moved.text, moved.order_id is None, moved.due_at.hour) == ("Two mugs", False, 10)

    async def test_may_be_written_on_here_meanwhile(self, database, folder, rules):
        await bring(database, put(folder, **CARE), rules)
        (case, _) = await rows(database, Case, Case.reference)
        async with database.write() as session:
            session.add(CaseEvent(
                case_id=case.id, number=5, kind=CaseEventKind.REOPENED, at=NOW, actor="agent", actor_id="x", details={"text": "More"},
            ))
        again = await bring(database, put(folder, **CARE), rules)
        assert not +again.added
        assert not +again.changed
        assert await open_ones(database) == ["C-1"]

    @pytest.mark.parametrize(("table", "old", "new", "column", "code"), [
        ("cases", "C-1,C1", "c-1,C1", "id", "id_format"), ("cases", "C-1,C1", "C-1,C9", "customer_id", "unknown_reference"),
        ("cases", "C1,#W1", "C1,#W2", "order_id", "unknown_reference"), ("cases", "C1,#W1", "C1,#W9", "order_id", "unknown_reference"),
        ("cases", "damaged", "stolen", "kind", "unknown_value"), ("cases", "Mugs", "", "text", "required"),
        ("cases", "+353 1 234", "me", "phone", "phone_format"), ("cases", "C-2,C1", "C-1,C1", "id", "duplicate"),
        ("case_lines", "C-1,2,", "C-1,7,", "line_id", "unknown_reference"), ("case_lines", "C-1,2,", "C-1,,3", "place", "unknown_reference"),
        ("case_lines", "C-1,2,", "C-1,2,2", "place", "two_lines"), ("case_lines", "C-1,2,", "C-2,2,", "case_id", "not_for_this_kind"),
        ("case_lines", "C-1,2,", "C-9,2,", "case_id", "unknown_reference"), ("case_lines", "C-1,2,\n", "C-1,2,\nC-1,,2\n", "place", "duplicate"),
        ("case_photos", FILE, "../../etc/passwd.png", "file", "file_format"), ("case_photos", "ab" * 32, "ab", "digest", "file_format"),
        ("case_photos", "image/jpeg", "text/html", "media_type", "unknown_value"),
        ("case_photos", "C-1,0a", "C-9,0a", "case_id", "unknown_reference"),
        ("case_entries", "C-2,1", "C-9,1", "case_id", "unknown_reference"), ("case_entries", "C-2,2", "C-2,1", "number", "duplicate"),
        ("case_entries", "noted", "mused", "kind", "unknown_value"), ("case_entries", "bot", "cat", "actor", "unknown_value"),
        ("case_entries", "100,e1", ",e1", "points", "required"), ("case_entries", "100,e1", "100,f1", "points_id", "unknown_reference"),
        ("case_entries", "100,e1", "100,e9", "points_id", "unknown_reference"),
        ("case_entries", "Sorry,,,", "Sorry,,5,", "points", "not_for_this_kind"),
        ("case_entries", "Sorry,,,,", "Sorry,,,e1,", "points_id", "not_for_this_kind"),
        ("case_entries", "Sorry,,", f"Sorry,{OTHER},", "photo", "unknown_reference"),
        ("case_entries", "shop,,", f"shop,,{FILE}", "photo", "unknown_reference"),
    ])
    async def test_that_cannot_be(self, database, folder, rules, table, old, new, column, code):
        assert old in CARE[table]
        changed = CARE[table].replace(old, new)
        line = next(n for n, (was, now) in enumerate(zip(f"{CARE[table]}\n".splitlines(), changed.splitlines(), strict=False), 1) if was != now)
        wrong = await wrongs(database, put(folder, **CARE | {table: changed}), rules)
        assert next(one for one in wrong if one[0] == table) == (table, line, column, code)

    async def test_are_not_blamed_for_what_they_refer_to(self, database, folder, rules):
        shop = CARE | {"cases": CASES.replace("damaged", "stolen")}
        assert await wrongs(database, put(folder, **shop), rules) == [("cases", 2, "kind", "unknown_value")]
        shop = CARE | {"case_photos": PHOTOS.replace("image/jpeg", "image/gif")}
        assert await wrongs(database, put(folder, **shop), rules) == [("case_photos", 2, "media_type", "unknown_value")]
        shop = CARE | {"points": POINTS.replace("100", "x")}
        assert await wrongs(database, put(folder, **shop), rules) == [("points", 2, "points", "not_a_whole_number")]

    async def test_that_become_others(self, database, folder, rules):
        await bring(database, put(folder, **CARE), rules)
        cases = CASES.replace("C-1,C1,#W1", "C-1,C2,#W2").replace("C-2,C1", "C-2,C2")
        photos = PHOTOS.replace("C-1", "C-2")
        log = LOG.replace("Sorry", "Not sorry").replace("R-2", "R-3")
        folder = put(folder, customers=CUSTOMERS, cases=cases, case_photos=photos, case_entries=log)
        assert await wrongs(database, folder, rules) == [
            ("cases", 2, "customer_id", "belongs_to_another"), ("cases", 4, "customer_id", "belongs_to_another"),
            ("case_photos", 2, "case_id", "belongs_to_another"), ("case_entries", 4, "number", "entry_differs"),
            ("case_entries", 5, "number", "entry_differs"),
        ]
        assert len(await rows(database, CasePhoto)) == 1
