"""Make the two Python environments from their hash-locked files: `python3 rapport/environments.py`.

Runs before anything is installed, so it uses the standard library alone and stays readable by Python 3.8.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
REQUIREMENTS = PROJECT / "requirements"
STAMP = "rapport-lock.sha256"


class Environment(NamedTuple):
    folder: str
    python: str
    lock: str
    setting: str
    holds: str


ENVIRONMENTS = [
    Environment(".venv", "3.13", "app.txt", "RAPPORT_PYTHON", "the desk, the actions and the tests"),
    Environment(".venv-rasa", "3.10", "rasa.txt", "RAPPORT_PYTHON_RASA", "Rasa"),
]


class CannotMake(Exception):
    """One sentence that says what to do."""


def main() -> int:
    try:
        for environment in ENVIRONMENTS:
            make(environment)
    except CannotMake as reason:
        print(f"rapport: {reason}", file=sys.stderr)
        return 1
    return 0


def make(environment: Environment) -> None:
    """Make the environment unless it was made from the same lock file before."""
    folder = PROJECT / environment.folder
    lock = REQUIREMENTS / environment.lock
    wanted = hashlib.sha256(lock.read_bytes() + str(PROJECT).encode() + environment.python.encode()).hexdigest()
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted and (folder / "bin" / "python").exists():
        return
    print(f"Making {environment.folder} with Python {environment.python} for {environment.holds} …", flush=True)
    python = find_python(environment)
    uv = find_uv()
    run(
        [uv, "venv", "--quiet", "--clear", "--python", python or environment.python, str(folder)],
        f"there is no Python {environment.python} here and none could be fetched: install it, or set "
        f"{environment.setting} to where it is",
        quiet=True,
    )
    check_version(folder, environment)
    run(
        [uv, "pip", "install", "--require-hashes", "--no-deps", "--python", str(folder / "bin" / "python"),
         "-r", str(lock)],
        f"the packages in requirements/{environment.lock} could not be installed: see the lines above, check the "
        "connection to the package index, and start again",
    )
    if environment.folder == ".venv":
        run(
            [uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--python",
             str(folder / "bin" / "python"), "--editable", str(PROJECT)],
            "the command `rapport` could not be installed: see the lines above",
        )
    stamp.write_text(wanted)


def find_uv() -> str:
    """The machine's own uv, or one brought by pip into `.uv`."""
    found = shutil.which("uv")
    if found:
        return found
    folder = PROJECT / ".uv"
    own = folder / "bin" / "uv"
    if not own.exists():
        print("Fetching uv …", flush=True)
        advice = "uv could not be installed by pip: install uv yourself (https://docs.astral.sh/uv), then start again"
        run([sys.executable, "-m", "venv", "--clear", str(folder)], advice)
        run(
            [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--require-hashes", "-r", str(REQUIREMENTS / "uv.txt")],
            advice,
        )
    return str(own)


def find_python(environment: Environment) -> str | None:
    """Where the wanted Python is, if somebody said so or pyenv has it; else uv looks, and fetches."""
    told = os.environ.get(environment.setting)
    if told:
        if not shutil.which(told):
            raise CannotMake(f"{environment.setting} says {told}, but no Python is there")
        return told
    # pyenv's shims answer only in folders that name a version, so uv does not see what stands behind them
    root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    found = glob.glob(os.path.join(root, "versions", f"{environment.python}.*", "bin", "python"))
    return max(found, key=_by_version) if found else None


def _by_version(path: str) -> list[int]:
    name = Path(path).parent.parent.name
    return [int(part) if part.isdigit() else -1 for part in name.split(".")]


def check_version(folder: Path, environment: Environment) -> None:
    version = subprocess.run(
        [str(folder / "bin" / "python"), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        stdout=subprocess.PIPE, check=False,
    ).stdout.decode().strip()
    if version != environment.python:
        raise CannotMake(
            f"{environment.setting} leads to Python {version}, but {environment.holds} needs {environment.python}"
        )


def run(command: list[str], advice: str, quiet: bool = False) -> None:
    """Raises CannotMake with `advice`; a `quiet` command's own complaints would only hide it."""
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(command, cwd=str(PROJECT), check=False, stdout=output, stderr=output)
    except OSError:
        raise CannotMake(advice) from None
    if done.returncode != 0:
        raise CannotMake(advice)


if __name__ == "__main__":
    sys.exit(main())
