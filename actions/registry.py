"""Every task and every look-up of `actions/`, by the intent that begins it."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from rasa_sdk import Action

import actions
from actions.tasks import Run, Task

# What the bot says of itself, wherever it is asked
SAID = {
    "ask_help": "utter_what_i_can_do",
    "ask_bot_challenge": "utter_am_a_bot",
}


@cache
def tasks() -> dict[str, Task]:
    """intent → task"""
    return {kind.intent: kind() for kind in _kinds(Task) if getattr(kind, "intent", None)}


def kept_run(kept: dict[str, Any], slots: Mapping[str, Any]) -> Run:
    """The run that the slot `task` has in `kept`, with the values that Rasa keeps in slots of their own."""
    run = Run.from_json(kept)
    run.values = {
        slot.name: slots[slot.name] for slot in tasks()[run.task].slots if slots.get(slot.name) is not None
    }
    run.asked = slots.get("requested_slot")
    return run


@cache
def look_ups() -> dict[str, Action]:
    """intent → the action that answers it; those that name an `intent` of theirs"""
    return {kind.intent: kind() for kind in _kinds(Action) if getattr(kind, "intent", None)}


def _kinds(base: type) -> Iterator[Any]:
    for module in _modules():
        for kind in vars(module).values():
            ours = inspect.isclass(kind) and kind.__module__ == module.__name__
            if ours and issubclass(kind, base) and not inspect.isabstract(kind):
                yield kind


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(actions.__path__):
        yield importlib.import_module(f"actions.{found.name}")
