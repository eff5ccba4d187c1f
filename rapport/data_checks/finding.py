"""What is wrong, where, and what to do about it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; `path` is from the project's folder on, lines begin at 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Finding:
    """`text` says in plain words what is wrong and what to do."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class Unreadable(Exception):
    """A file that is no training data at all; `finding` says why."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(why)
        self.finding = Finding(place, f"{why} Mend that first: nothing else was looked at.")


def relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
