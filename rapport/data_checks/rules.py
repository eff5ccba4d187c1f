"""Rules and stories that contradict each other."""

from collections.abc import Iterator

from rapport.data_checks.dialogues import ACTION, LISTEN, Dialogue, Step
from rapport.data_checks.finding import Finding
from rapport.data_checks.project import Project

_History = tuple[tuple[str, str], ...]


def check(project: Project) -> Iterator[Finding]:
    yield from _among_equals([one for one in project.dialogues if one.is_rule])
    yield from _among_equals([one for one in project.dialogues if not one.is_rule])
    yield from _stories_against_rules(project)


def _among_equals(some: list[Dialogue]) -> Iterator[Finding]:
    """The same course under the same conditions with another action after it."""
    seen: dict[tuple[frozenset[str], _History], tuple[Dialogue, Step]] = {}
    for one in some:
        for history, step in _actions(one):
            before, action = seen.setdefault((one.conditions, history), (one, step))
            if action.name != step.name:
                yield _contradiction(one, step, history, before, action)
                break
            if before is not one and step is one.steps[-1] and len(before.steps) == len(one.steps) and one.is_rule:
                yield Finding(one.place, f"The rule “{one.name}” says the same as {before}. Take one away.")


def _stories_against_rules(project: Project) -> Iterator[Finding]:
    """A rule without conditions holds in every story too, wherever the end of what was said fits it."""
    rules: dict[_History, tuple[Dialogue, Step]] = {}
    for rule in project.dialogues:
        if rule.is_rule and not rule.conditions:
            for history, step in _actions(rule):
                rules.setdefault(history, (rule, step))
    for story in project.dialogues:
        if story.is_rule:
            continue
        for history, step in _actions(story):
            for length in range(1, len(history) + 1):
                rule, action = rules.get(history[-length:], (story, step))
                if action.name != step.name:
                    yield _contradiction(story, step, history[-length:], rule, action)
                    break


def _actions(one: Dialogue) -> Iterator[tuple[_History, Step]]:
    """Each action, with all that came before it."""
    history: _History = ()
    for step in one.steps:
        if step.kind == ACTION and history:
            yield history, step
        history = (*history, (step.kind, step.name))


def _contradiction(one: Dialogue, step: Step, history: _History, other: Dialogue, action: Step) -> Finding:
    kind = "rule" if one.is_rule else "story"
    said = next((name for kind, name in reversed(history) if kind == "intent"), history[-1][1])
    return Finding(
        step.place,
        f"The {kind} “{one.name}” goes on after “{said}” with {_named(step)}, {other} with {_named(action)}. The same "
        "course can have one end only: take one away, or tell them apart by a condition or by what was said before.",
    )


def _named(step: Step) -> str:
    return "waiting for the customer" if step.name == LISTEN else step.name
