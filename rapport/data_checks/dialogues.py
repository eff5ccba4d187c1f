"""Rules and stories as the paths that they lay down, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap

from rapport.data_checks.finding import Place
from rapport.data_checks.yaml_lines import entries, line_of

INTENT, ACTION = "intent", "action"
LISTEN = "action_listen"


@dataclass(frozen=True)
class Step:
    """`kind` is INTENT, ACTION, or another that YAML names, such as `active_loop`."""

    kind: str
    name: str
    place: Place


@dataclass(frozen=True)
class Dialogue:
    """One path of a rule or story; with `or` steps it has several. `conditions` are written out, for rules only."""

    name: str
    is_rule: bool
    conditions: frozenset[str]
    steps: tuple[Step, ...]
    place: Place

    def __str__(self) -> str:
        return f"the {'rule' if self.is_rule else 'story'} “{self.name}” ({self.place})"


def dialogues(tree: CommentedMap, path: str) -> Iterator[Dialogue]:
    """Every path in a file's rules and stories."""
    for rule in entries(tree, "rules"):
        waits = rule.get("wait_for_user_input", True)
        conditions = frozenset(_written(one) for one in rule.get("condition") or ())
        yield from _paths(rule, "rule", conditions, path, waits=waits)
    for story in entries(tree, "stories"):
        yield from _paths(story, "story", frozenset(), path, waits=True)


def _paths(
    tree: CommentedMap, kind: str, conditions: frozenset[str], path: str, *, waits: bool
) -> Iterator[Dialogue]:
    paths: list[tuple[Step, ...]] = [()]
    for part in tree.get("steps") or ():
        choices = part.get("or", [part])
        paths = [(*before, *_steps(choice, before, path)) for before in paths for choice in choices]
    for steps in paths:
        ended = (*steps, _listen(steps[-1].place)) if waits and steps and steps[-1].name != LISTEN else steps
        yield Dialogue(str(tree[kind]), kind == "rule", conditions, ended, Place(path, line_of(tree)))


def _steps(part: Any, before: tuple[Step, ...], path: str) -> Iterator[Step]:
    place = Place(path, line_of(part))
    if INTENT in part:
        if before and before[-1].name != LISTEN and any(step.kind == ACTION for step in before):
            yield _listen(place)  # the bot waits before somebody says something
        entities = f" {_written(part['entities'])}" if part.get("entities") else ""
        yield Step(INTENT, f"{part[INTENT]}{entities}", place)
    elif ACTION in part:
        yield Step(ACTION, str(part[ACTION]), place)
    else:
        yield Step("mark", _written(part), place)


def _listen(place: Place) -> Step:
    return Step(ACTION, LISTEN, place)


def _written(part: Any) -> str:
    if isinstance(part, dict):
        return ", ".join(f"{key}: {_written(value)}" for key, value in part.items())
    if isinstance(part, list):
        return ", ".join(_written(one) for one in part)
    return str(part)
