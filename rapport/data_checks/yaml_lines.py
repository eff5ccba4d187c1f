"""YAML with the lines on which its parts stand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from rapport.data_checks.finding import Place, Unreadable, relative


def load(path: Path, root: Path) -> CommentedMap:
    """The mapping in the file; an empty one for an empty file. Raises Unreadable."""
    name = relative(path, root)
    try:
        tree = YAML().load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Unreadable(Place(name, 1), "There is no such file.") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or "it cannot be read").split())
        raise Unreadable(Place(name, mark.line + 1 if mark else 1), f"This is no valid YAML: {problem}.") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise Unreadable(Place(name, 1), "This is no valid YAML.") from error
    if tree is None:
        return CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise Unreadable(Place(name, 1), "The file must hold settings such as “nlu:” or “rules:”.")
    return tree


def entries(tree: CommentedMap, key: str) -> list[Any]:
    """The list under `key`; [] if there is none."""
    found = tree.get(key)
    return list(found) if isinstance(found, CommentedSeq) else []


def line_of(part: Any) -> int:
    """The line on which a mapping or list begins."""
    return int(part.lc.line) + 1


def key_line(part: CommentedMap, key: str) -> int:
    return int(part.lc.key(key)[0]) + 1


def item_lines(part: Any) -> Iterator[tuple[str, int]]:
    """(name, line) of a list of names, whose items may carry settings, or of a mapping's keys."""
    if isinstance(part, CommentedSeq):
        for index, item in enumerate(part):
            yield str(next(iter(item)) if isinstance(item, CommentedMap) else item), int(part.lc.item(index)[0]) + 1
    elif isinstance(part, CommentedMap):
        for key in part:
            yield str(key), key_line(part, key)


def block_lines(part: CommentedMap, key: str) -> Iterator[tuple[str, int]]:
    """(text, line) of what a block of lines with dashes lists, or a list of texts."""
    value = part.get(key)
    if isinstance(value, str):
        for number, line in enumerate(value.splitlines(), key_line(part, key) + 1):
            if text := line.strip().removeprefix("-").strip():
                yield text, number
    elif isinstance(value, CommentedSeq):
        for index, item in enumerate(value):
            text = item.get("text") if isinstance(item, CommentedMap) else item
            yield str(text).strip(), int(value.lc.item(index)[0]) + 1
