"""Texts that customers read: a whole answer for every question, no figure but a fact, no button to nowhere."""

import re
from collections.abc import Collection, Iterable, Iterator

from rapport.data_checks.finding import Finding, Place
from rapport.data_checks.project import Project

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FIGURE = re.compile(r"[€$£%]|\b\d+(?!\.(?:\s|$))")
# Figures of a fact's own name ("100 points are worth {hundred_points_value}") and numbers of steps
_ALLOWED = re.compile(r"\b100 points are worth \{hundred_points_value\}|^\s*\d+\. ", re.MULTILINE)
_DESK = frozenset({"rapport:person"})


def check(project: Project, facts: Collection[str]) -> Iterator[Finding]:
    """`facts` are the names that an answer may hold in braces."""
    yield from _questions(project, facts)
    for response in project.responses:
        if not response.text:
            yield Finding(response.place, f"{response.name} has no text. Write what the customer is to read.")
        for name in _PLACEHOLDER.findall(response.text):
            if name not in project.slots:
                yield Finding(response.place, f"{{{name}}} in {response.name} is no slot. Mend the name.")
        yield from _buttons(project, response.payloads, response.name, response.place)


def _questions(project: Project, facts: Collection[str]) -> Iterator[Finding]:
    keys: dict[str, Place] = {}
    titles: dict[str, Place] = {}
    for one in project.questions:
        called = one.key or one.title or "a block"
        for part in ("key", "title", "answer"):
            if not getattr(one, part):
                name = "question" if part == "key" else part
                yield Finding(one.place, f"{called} has no {name}. Write it under “metadata”.")
        for value, seen, name in ((one.key, keys, "question"), (one.title, titles, "title")):
            if value and seen.setdefault(value, one.place) != one.place:
                yield Finding(one.place, f"The {name} “{value}” stands at {seen[value]} already. Give it another.")
        for name in _PLACEHOLDER.findall(one.answer):
            if name not in facts:
                yield Finding(one.place, f"{{{name}}} in {called} is no fact; support/chat/facts.py has all.")
        rest = _PLACEHOLDER.sub("", one.answer)
        if "{" in rest or "}" in rest:
            yield Finding(one.place, f"A brace in the answer of {called} is left open. Write {{fact}}.")
        if found := _FIGURE.search(_PLACEHOLDER.sub("", _ALLOWED.sub("", one.answer))):
            yield Finding(
                one.place, f"The answer of {called} holds a figure of its own (“{found[0]}”). Take it from a {{fact}}.",
            )
        yield from _buttons(project, one.payloads, called, one.place)


def _buttons(project: Project, payloads: Iterable[str], owner: str, place: Place) -> Iterator[Finding]:
    titles = {one.title for one in project.questions}
    for payload in payloads:
        intent = re.match(r"/(\w+)", payload)
        if intent and intent[1] not in project.intents:
            yield Finding(place, f"A button of {owner} sends /{intent[1]}, which is no intent of the domain. Mend it.")
        if not intent and payload not in titles | _DESK:
            yield Finding(place, f"A button of {owner} sends “{payload}”, which is no question's title. Mend it.")
