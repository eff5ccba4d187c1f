"""What the code of `actions/` has that the domain and the rules must have too."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rapport.data_checks.finding import Place

_RESPONSE = re.compile(r"[\"'](utter_\w+)[\"']")
_PAYLOAD = re.compile(r"[\"']/(\w+)")
_WORD = re.compile(r"[\"']([a-z_]+)[\"']")


@dataclass(frozen=True)
class Task:
    """The slots that a task fills, and its `part_of_it`: intents and questions (`faq/…`)."""

    slots: tuple[str, ...]
    part_of_it: frozenset[str]
    place: Place


@dataclass(frozen=True)
class Code:
    """`tasks` and `look_ups` (names of actions) by intent; `actions` are all actions by name.

    `fetching` are the intents for which a person comes, the most pressing first. `responses`, `payloads` (intents that
    buttons send) and `words` are what the source text names in quotes, with where it does so first.
    """

    tasks: Mapping[str, Task]
    look_ups: Mapping[str, str]
    actions: Mapping[str, Place]
    fetching: tuple[str, ...]
    responses: Mapping[str, Place]
    payloads: Mapping[str, Place]
    words: frozenset[str]

    @classmethod
    def of_actions(cls) -> Self:
        """That of the package `actions`."""
        from rasa_sdk.executor import ActionExecutor

        import actions
        from actions import handoff, registry

        executor = ActionExecutor()
        executor.register_package("actions")
        folder = Path(actions.__path__[0])
        sources = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
        engine = "\n".join(path.read_text(encoding="utf-8") for path in (folder.parent / "engine").rglob("*.py"))
        return cls(
            tasks={
                intent: Task(tuple(slot.name for slot in task.slots), task.part_of_it, _place(type(task)))
                for intent, task in registry.tasks().items()
            },
            look_ups={intent: str(action.name()) for intent, action in registry.look_ups().items()},
            actions={name: _place(_class_behind(call)) for name, call in executor.actions.items()},
            fetching=tuple(handoff.PERSON),
            responses=_named(_RESPONSE, sources),
            payloads=_named(_PAYLOAD, sources),
            words=frozenset(_WORD.findall("\n".join([*sources.values(), engine]))),
        )


def _class_behind(call: object) -> type:
    """The action's class; rasa_sdk keeps its bound method `run`."""
    return type(getattr(call, "__self__", call))


def _place(kind: type) -> Place:
    path = Path(inspect.getfile(kind))
    return Place(f"{path.parent.name}/{path.name}", inspect.getsourcelines(kind)[1])


def _named(pattern: re.Pattern[str], sources: Mapping[Path, str]) -> dict[str, Place]:
    """What the pattern finds, each with where it stands first."""
    found: dict[str, Place] = {}
    for path, source in sources.items():
        for number, line in enumerate(source.splitlines(), 1):
            for name in pattern.findall(line):
                found.setdefault(name, Place(f"{path.parent.name}/{path.name}", number))
    return found
