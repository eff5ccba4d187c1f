"""The command line as an operator meets it: help, and one sentence for whatever is wrong."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.settings import PROJECT
from tests.service.conftest import environment, is_ok, wait_for


def rapport(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rapport.cli", *arguments], env=environment(folder) | settings, cwd=PROJECT,
        capture_output=True, text=True, timeout=120, check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("rapport: ")
    return lines[0]


class TestHelp:
    @pytest.mark.parametrize("command", [["run"], ["start"], ["train"], ["seed"], ["chat"], ["agents", "add"], ["agents", "disable"]])
    def test_of_each_command_has_an_example(self, tmp_path: Path, command: list[str]) -> None:
        done = rapport(tmp_path, *command, "--help")
        assert done.returncode == 0
        assert "Example:" in done.stdout


class TestRunRefuses:
    def test_a_port_in_use(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            said = one_sentence(rapport(tmp_path, "run", RAPPORT_DESK_PORT=str(port)))
        assert str(port) in said
        assert "RAPPORT_DESK_PORT" in said

    def test_a_broken_business_file_naming_the_line(self, tmp_path: Path) -> None:
        broken = tmp_path / "business.yml"
        lines = (PROJECT / "business.yml").read_text().splitlines()
        number = next(n for n, line in enumerate(lines) if "nobody_took_it_minutes" in line)
        lines[number] = "  nobody_took_it_minutes: soon"
        broken.write_text("\n".join(lines))
        said = one_sentence(rapport(tmp_path, "run", RAPPORT_BUSINESS=str(broken)))
        assert f"line {number + 1}" in said
        assert "nobody_took_it_minutes" in said

    def test_a_wrong_setting(self, tmp_path: Path) -> None:
        assert "RAPPORT_DESK_PORT" in one_sentence(rapport(tmp_path, "run", RAPPORT_DESK_PORT="http"))
        assert "RAPPORT_CLOCK_OFFSET" in one_sentence(rapport(tmp_path, "seed", RAPPORT_CLOCK_OFFSET="tomorrow"))

    def test_production_with_a_secret_that_everybody_knows(self, tmp_path: Path) -> None:
        assert "RAPPORT_RASA_TOKEN" in one_sentence(rapport(tmp_path, "run", RAPPORT_MODE="production"))

    def test_production_with_a_shifted_clock(self, tmp_path: Path) -> None:
        secrets = {f"RAPPORT_{n}": "s" * 40 for n in ("RASA_TOKEN", "ACTIONS_TOKEN", "JWT_SECRET", "SHOP_API_KEY")}
        said = one_sentence(rapport(tmp_path, "run", RAPPORT_MODE="production", RAPPORT_CLOCK_OFFSET="1d", **secrets))
        assert "RAPPORT_CLOCK_OFFSET" in said


class TestStart:
    def test_of_something_else_is_one_sentence(self, tmp_path: Path) -> None:
        assert "rasa, actions, desk or worker" in one_sentence(rapport(tmp_path, "start", "everything"))

    def test_is_that_process_in_the_foreground(self, tmp_path: Path) -> None:
        known = environment(tmp_path)
        process = subprocess.Popen(
            [sys.executable, "-m", "rapport.cli", "start", "desk"], env=known, cwd=PROJECT, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{known['RAPPORT_DESK_PORT']}/v1/visitor/config"
            wait_for(lambda: is_ok(url), 60, "the desk to answer")
        finally:
            process.terminate()
        assert process.wait(20) in (0, -signal.SIGTERM)


class TestAgents:
    def test_are_added_once_and_disabled(self, tmp_path: Path) -> None:
        add = ("agents", "add", "Zoe@Shop.example", "--name", "Zoe", "--password", "correct horse battery")
        done = rapport(tmp_path, *add)
        assert (done.returncode, done.stdout) == (0, "zoe@shop.example may sign in now.\n")
        assert "already" in one_sentence(rapport(tmp_path, *add))
        done = rapport(tmp_path, "agents", "disable", "zoe@shop.example")
        assert done.stdout == "zoe@shop.example may no longer sign in.\n"

    @pytest.mark.parametrize(("email", "password", "reason"), [
        ("not an address", "correct horse battery", "e-mail"), ("zoe@shop.example", "short", "10 characters"),
    ])
    def test_with_wrong_details_are_refused(self, tmp_path: Path, email: str, password: str, reason: str) -> None:
        said = one_sentence(rapport(tmp_path, "agents", "add", email, "--name", "Zoe", "--password", password))
        assert reason in said


class TestSeed:
    def test_fills_an_empty_database_once(self, tmp_path: Path) -> None:
        assert rapport(tmp_path, "seed").stdout == "The demo shop is in.\n"
        assert "Nothing to do" in rapport(tmp_path, "seed").stdout


class TestChat:
    def test_without_a_running_service_says_so(self, tmp_path: Path) -> None:
        assert "rapport run" in one_sentence(rapport(tmp_path, "chat", "--as", "C1001"))


class TestEnvironments:
    """`rapport/environments.py`, which any Python 3.8 runs before there is anything else."""

    def run(self, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
        for name in ("rapport", "requirements"):
            (folder / name).mkdir()
        (folder / "rapport" / "environments.py").write_text((PROJECT / "rapport" / "environments.py").read_text())
        for lock in ("app.txt", "rasa.txt", "uv.txt"):
            (folder / "requirements" / lock).write_text((PROJECT / "requirements" / lock).read_text())
        return subprocess.run(
            [sys.executable, "rapport/environments.py"], cwd=folder, env=os.environ | settings, capture_output=True,
            text=True, timeout=120, check=False,
        )

    def test_a_python_that_is_not_there_is_one_sentence(self, tmp_path: Path) -> None:
        said = one_sentence(self.run(tmp_path, RAPPORT_PYTHON="/nowhere/python"))
        assert "RAPPORT_PYTHON" in said

    def test_a_python_of_the_wrong_version_is_one_sentence(self, tmp_path: Path) -> None:
        (tmp_path / ".venv").mkdir()
        script = (PROJECT / "rapport" / "environments.py").read_text()
        assert "3.13" in script
        done = self.run(tmp_path, RAPPORT_PYTHON=_python_of_rasa())
        assert done.returncode == 1
        assert "needs 3.13" in done.stderr.strip().splitlines()[-1]


def _python_of_rasa() -> str:
    return str((PROJECT / ".venv-rasa" / "bin" / "python").resolve())
