"""What an export of one customer holds beside the tables: all that is kept about them, and nothing about others."""

import json
import sqlite3
import stat

from support.models.cases import Case, CaseKind, CasePhoto
from support.transfer.exporting import export_folder
from support.transfer.personal import Kept
from tests.support.import_folders import bring, counts
from tests.support.shop_contents import emptied
from tests.support.shop_rows import NOW, create_customer, create_order
from tests.support.test_personal_copy import create_visit


async def photographed(session, customer, photos, name):
    case = Case(reference=f"C-{name[:4]}".upper(), customer_id=customer.id, kind=CaseKind.DAMAGED, text="Broken", opened_at=NOW)
    session.add(case)
    await session.flush()
    session.add(CasePhoto(
        case_id=case.id, stored_as=name, digest="ab" * 32, media_type="image/jpeg", size=5, width=1, height=1, at=NOW,
    ))
    photos.mkdir(exist_ok=True)
    (photos / name).write_bytes(name[:5].encode())


def keep_trackers(path, **talks):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE rasa_trackers (sender_id TEXT PRIMARY KEY, events TEXT, updated_at REAL)")
        for id, events in talks.items():
            connection.execute("INSERT INTO rasa_trackers VALUES (?, ?, 0)", (id.removeprefix("t"), json.dumps(events)))


class TestExportOfOneCustomer:
    async def test_brings_the_copy_the_photos_and_what_rasa_keeps(self, database, tmp_path, rules):
        mine, other = f"{'0a' * 16}.jpg", f"{'0b' * 16}.jpg"
        async with database.write() as session:
            me, somebody = await create_customer(session), await create_customer(session)
            await create_order(session, me)
            talk, theirs = await create_visit(session, me, text="I alone"), await create_visit(session, somebody, text="they")
            await photographed(session, me, tmp_path / "kept", mine)
            await photographed(session, somebody, tmp_path / "kept", other)
            ids, reference = (talk.id, theirs.id), me.reference
        keep_trackers(tmp_path / "trackers.db", **{f"t{ids[0]}": [{"event": "user", "text": "I alone"}], f"t{ids[1]}": [{"event": "x"}]})
        kept = Kept(tmp_path / "kept", f"sqlite:///{tmp_path / 'trackers.db'}")
        out = tmp_path / "out"
        written = await export_folder(database, out, customer=reference, kept=kept)

        everything = json.loads((out / "everything.json").read_text(encoding="utf-8"))
        assert [row["reference"] for row in everything["customers"]] == [reference]
        assert [row["text"] for row in everything["messages"]] == ["I alone"]
        assert everything["dialogue_engine"] == {ids[0]: [{"event": "user", "text": "I alone"}]}
        assert [(path.name, path.read_bytes()) for path in (out / "photos").iterdir()] == [(mine, b"0a0a0")]
        assert stat.S_IMODE((out / "photos").stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (out / "photos" / mine, out / "everything.json")} == {0o600}

        await emptied(database)
        moved = await bring(database, out, rules)
        assert +moved.added == {table: rows for table, rows in written.items() if rows}
        assert "messages" not in await counts(database)

    async def test_who_sent_nothing_and_never_talked_has_the_copy_alone(self, database, tmp_path):
        async with database.write() as session:
            reference = (await create_customer(session)).reference
        out = tmp_path / "out"
        await export_folder(database, out, customer=reference, kept=Kept(tmp_path / "none", f"sqlite:///{tmp_path / 'none.db'}"))
        everything = json.loads((out / "everything.json").read_text(encoding="utf-8"))
        assert (len(everything["customers"]), everything["dialogue_engine"]) == (1, {})
        assert not (out / "photos").exists()
        assert not (tmp_path / "none.db").exists()

    async def test_a_photo_whose_file_is_gone_is_left_out(self, database, tmp_path):
        name = f"{'0c' * 16}.png"
        async with database.write() as session:
            customer = await create_customer(session)
            reference = customer.reference
            await create_visit(session, customer)
            await photographed(session, customer, tmp_path / "kept", name)
        (tmp_path / "kept" / name).unlink()
        kept = Kept(tmp_path / "kept", f"sqlite:///{tmp_path / 'fresh.db'}")
        await export_folder(database, tmp_path / "out", customer=reference, kept=kept)
        assert list((tmp_path / "out" / "photos").iterdir()) == []
        assert json.loads((tmp_path / "out" / "everything.json").read_text())["dialogue_engine"] == {}

    async def test_of_the_whole_shop_has_none_of_it(self, database, tmp_path):
        async with database.write() as session:
            await photographed(session, await create_customer(session), tmp_path / "kept", f"{'0d' * 16}.jpg")
        await export_folder(database, tmp_path / "out", kept=Kept(tmp_path / "kept", "sqlite:////nowhere/at/all.db"))
        assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv"}
