"""Find what is wrong in the training data within seconds, before it is learnt: `make check-data`.

    .venv/bin/python -m rapport.data_checks [FOLDER]

Every finding is a line with its file, its line, what is wrong and what to do. The exit code is 1 if there is any.
"""

import argparse
import sys
from pathlib import Path

from rapport.data_checks import articles, examples, leads, names, rules
from rapport.data_checks.code import Code
from rapport.data_checks.finding import Finding, Unreadable
from rapport.data_checks.project import Project
from support.policy.business import load_business
from support.settings import PROJECT


def findings(root: Path, code: Code) -> list[Finding]:
    """All that is wrong in the project in the folder `root`, by file and line."""
    try:
        project = Project.read(root)
    except Unreadable as error:
        return [error.finding]
    facts = load_business(root / "business.yml").facts()
    found = [
        *examples.check(project), *rules.check(project), *names.check(project, code), *leads.check(project, code),
        *articles.check(project, facts),
    ]
    return sorted(set(found))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rapport.data_checks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PROJECT, help="with domain.yml and data/ in it")
    root = parser.parse_args(arguments).folder.resolve()
    found = findings(root, Code.of_actions())
    for one in found:
        print(one)
    things = "1 thing" if len(found) == 1 else f"{len(found)} things"
    print(f"{things} to mend in the training data." if found else "The training data is fine.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
