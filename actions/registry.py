"""Every task and every look-up of `actions/`, by the intent that begins it."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from rasa_sdk import Action

import actions
from actions.tasks import Task

# What the bot says of itself, wherever it is asked
SAID = {
    "ask_help": "utter_what_i_can_do",
    "ask_bot_challenge": "utter_am_a_bot",
}


@cache
def tasks() -> dict[str, Task]:
    """intent → task"""
    return {kind.intent: kind() for kind in _kinds(Task) if getattr(kind, "intent", None)}


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
