"""The training data as its files have it: examples, questions, rules and stories, and the domain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ruamel.yaml.comments import CommentedMap

from rapport.data_checks.dialogues import Dialogue, dialogues
from rapport.data_checks.finding import Place, relative
from rapport.data_checks.yaml_lines import block_lines, entries, item_lines, key_line, line_of, load

FAQ, FALLBACK = "faq", "nlu_fallback"
# [HF-10432](order_number) or [HF-10432]{"entity": "order_number"}
_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Example:
    """`label` is what the classifier tells apart: an intent, or a question such as `faq/returns_window`."""

    text: str
    label: str
    place: Place

    @property
    def typed(self) -> bool:
        """Whether customers type it; a payload only declares an intent that the desk sends."""
        return not self.text.startswith("/")


@dataclass(frozen=True)
class Question:
    """A block of `data/faq`; a part that is missing is ""."""

    key: str
    title: str
    answer: str
    payloads: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Response:
    """One variation of a response of the domain."""

    name: str
    text: str
    payloads: tuple[str, ...]
    place: Place


@dataclass
class Project:
    """`intents`, `slots`, `actions` and `responses` are the domain's; `first` is config.yml's list of that name."""

    examples: list[Example] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    dialogues: list[Dialogue] = field(default_factory=list)
    intents: dict[str, Place] = field(default_factory=dict)
    slots: dict[str, Place] = field(default_factory=dict)
    filled_slots: set[str] = field(default_factory=set)  # from an entity, an intent or the text
    actions: dict[str, Place] = field(default_factory=dict)
    responses: list[Response] = field(default_factory=list)
    first: tuple[str, ...] = ()
    first_place: Place = field(default_factory=lambda: Place("config.yml", 1))
    tried: list[Example] = field(default_factory=list)  # what the tests say to the assistant

    @classmethod
    def read(cls, root: Path) -> Self:
        """The project in the folder `root`. Raises Unreadable."""
        found = cls()
        for path in sorted((root / "data").rglob("*.yml")):
            found._take_data(load(path, root), relative(path, root))
        found._take_domain(load(root / "domain.yml", root))
        found._take_config(load(root / "config.yml", root))
        for path in sorted((root / "tests" / "conversations").glob("*.yml")):
            found.tried += _said_in_stories(load(path, root), relative(path, root))
        unseen = root / "tests" / "engine" / "unseen_utterances.yml"
        if unseen.exists():
            found.tried += _unseen(load(unseen, root), relative(unseen, root))
        return found

    def _take_data(self, tree: CommentedMap, path: str) -> None:
        for block in entries(tree, "nlu"):
            if "intent" not in block:
                continue
            place, intent = Place(path, line_of(block)), str(block["intent"])
            about = block.get("metadata") or {}
            if intent == FAQ:
                self.questions.append(_question(about, place))
            label = f"{FAQ}/{about.get('question', '')}" if intent == FAQ else intent
            for text, line in block_lines(block, "examples"):
                self.examples.append(Example(_MARKED.sub(r"\1", text), label, Place(path, line)))
        self.dialogues += dialogues(tree, path)

    def _take_domain(self, tree: CommentedMap) -> None:
        def named(key: str) -> dict[str, Place]:
            return {name: Place("domain.yml", line) for name, line in item_lines(tree.get(key))}

        self.intents, self.slots, self.actions = named("intents"), named("slots"), named("actions")
        for name, settings in (tree.get("slots") or {}).items():
            if any(mapping.get("type") != "custom" for mapping in settings.get("mappings") or ()):
                self.filled_slots.add(name)
        responses = tree.get("responses") or CommentedMap()
        for name, variations in responses.items():
            for one in variations or [CommentedMap()]:
                place = Place("domain.yml", key_line(responses, name))
                self.responses.append(Response(str(name), str(one.get("text") or ""), _payloads(one), place))

    def _take_config(self, tree: CommentedMap) -> None:
        for part in entries(tree, "pipeline"):
            if "first" in part:
                self.first = tuple(part["first"])
                self.first_place = Place("config.yml", key_line(part, "first"))


def _question(about: Any, place: Place) -> Question:
    key, title, answer = (str(about.get(name) or "").strip() for name in ("question", "title", "answer"))
    return Question(key, title, answer, _payloads(about), place)


def _payloads(part: Any) -> tuple[str, ...]:
    return tuple(str(button.get("payload") or "") for button in part.get("buttons") or ())


def _said_in_stories(tree: CommentedMap, path: str) -> Iterator[Example]:
    for story in entries(tree, "stories"):
        for step in story.get("steps") or ():
            if "user" in step:
                text, line = str(step["user"]).strip(), key_line(step, "user") + 1
                yield Example(text, str(step.get("intent") or ""), Place(path, line))


def _unseen(tree: CommentedMap, path: str) -> Iterator[Example]:
    for label, texts in (tree.get("in_scope") or {}).items():
        yield from _listed(texts, str(label), path)
    yield from _listed(tree.get("out_of_scope") or (), FALLBACK, path)


def _listed(texts: Any, label: str, path: str) -> Iterator[Example]:
    for index, text in enumerate(texts):
        yield Example(str(text), label, Place(path, int(texts.lc.item(index)[0]) + 1))
