"""`rapport import` and `rapport export` as an operator meets them."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.rapport.test_cli import one_sentence, rapport
from tests.support.import_folders import CUSTOMERS, SHOP, documented, put


def refused(done) -> list[str]:
    assert done.returncode == 1, done.stdout
    assert done.stdout == ""
    return done.stderr.splitlines()


class TestHelp:
    @pytest.mark.parametrize("command", ["import", "export"])
    def test_has_an_example(self, tmp_path: Path, command: str) -> None:
        done = rapport(tmp_path, command, "--help")
        assert done.returncode == 0
        assert "Example:" in done.stdout


class TestImport:
    def test_says_what_came_and_goes_out_again(self, tmp_path: Path) -> None:
        folder = put(tmp_path / "shop", **documented())
        first = rapport(tmp_path, "import", str(folder))
        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout.splitlines()[:2] == [
            "customers                2 new         0 changed         0 as they were",
            "addresses                2 new         0 changed         0 as they were",
        ]
        assert first.stdout.splitlines()[14:16] == [
            "points                   4 new         0 changed         0 as they were",
            "rewards                  2 new         0 changed         0 as they were",
        ]
        again = rapport(tmp_path, "import", str(folder))
        assert again.stdout.splitlines()[0] == "customers                0 new         0 changed         2 as they were"

        out = tmp_path / "out"
        done = rapport(tmp_path, "export", str(out))
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, "customers                2")
        assert "not" not in done.stderr
        done = rapport(tmp_path, "export", "--customer", "C2", str(tmp_path / "theirs"))
        assert done.stdout.splitlines()[0] == "customers                1"
        assert '"reference": "C2"' in (tmp_path / "theirs" / "everything.json").read_text(encoding="utf-8")
        with (tmp_path / "theirs" / "orders.csv").open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file)] == ["#A17-b", "#A18"]
        assert "something in that folder" in one_sentence(rapport(tmp_path, "export", str(out)))
        assert "no customer “C9”" in one_sentence(rapport(tmp_path, "export", "--customer", "C9", str(tmp_path / "new")))

    def test_names_all_that_is_wrong_and_changes_nothing(self, tmp_path: Path) -> None:
        folder = put(tmp_path / "shop", **SHOP | {
            "customers": CUSTOMERS.replace("ravi@example.com", "ravi"), "variants": SHOP["variants"].replace("17.50", '"1,5"'),
        })
        assert refused(rapport(tmp_path, "import", str(folder))) == [
            "customers.csv:3: email must be an e-mail address, not “ravi” [email_format]",
            "variants.csv:3: price must be an amount such as 1234.50, without signs or separators, not “1,5” [amount_format]",
            "rapport: 2 things are wrong; nothing was imported.",
        ]
        (database,) = tmp_path.glob("**/*.db")
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("SELECT count(*) FROM customers").fetchone() == (0,)

    def test_shows_a_thousand_and_writes_all_into_a_file(self, tmp_path: Path) -> None:
        customers = CUSTOMERS + "".join(f"K{n},A,B,nobody\n" for n in range(1200))
        folder = put(tmp_path / "shop", customers=customers)
        lines = refused(rapport(tmp_path, "import", str(folder)))
        assert len(lines) == 1001
        assert lines[-1] == "rapport: 1,200 things are wrong; nothing was imported. The first 1,000 are shown."
        wrong = tmp_path / "wrong.txt"
        (line,) = refused(rapport(tmp_path, "import", "--errors", str(wrong), str(folder)))
        assert line == f"rapport: 1,200 things are wrong; nothing was imported. They are in {wrong}."
        written = wrong.read_text().splitlines()
        assert (len(written), written[-1]) == (1200, "customers.csv:1203: email must be an e-mail address, not “nobody” [email_format]")

    def test_of_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        lines = refused(rapport(tmp_path, "import", str(tmp_path / "nowhere")))
        assert lines == ["nowhere/: there is no such folder [missing_folder]", "rapport: 1 thing is wrong; nothing was imported."]

    def test_with_wrong_rules_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "business.yml").write_text("shop: 1\n")
        said = one_sentence(rapport(tmp_path, "import", str(tmp_path), RAPPORT_BUSINESS=str(tmp_path / "business.yml")))
        assert "business.yml" in said

    def test_into_a_folder_that_cannot_be(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert "file" in one_sentence(rapport(tmp_path, "export", str(tmp_path / "file" / "out")))
