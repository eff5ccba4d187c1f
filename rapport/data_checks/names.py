"""Names that one place has and another lacks: intents, slots, responses, actions."""

from collections.abc import Iterator

from rapport.data_checks.code import Code
from rapport.data_checks.dialogues import ACTION, INTENT, Step
from rapport.data_checks.finding import Finding
from rapport.data_checks.project import FALLBACK, Project

# Rasa's own
_GIVEN = frozenset({
    "action_listen", "action_restart", "action_session_start", "action_default_fallback", "action_deactivate_loop",
    "action_revert_fallback_events", "action_default_ask_affirmation", "action_default_ask_rephrase", "action_back",
    "action_unlikely_intent", "action_extract_slots",
})
OF_RASA = frozenset({FALLBACK, "restart", "back", "session_start"})
_SLOTS_OF_RASA = frozenset({"requested_slot", "session_started_metadata"})


def check(project: Project, code: Code) -> Iterator[Finding]:
    steps = [step for one in project.dialogues for step in one.steps]
    yield from _intents(project, steps)
    yield from _actions(project, code, steps)
    yield from _responses(project, code, steps)
    yield from _slots(project, code)


def _intents(project: Project, steps: list[Step]) -> Iterator[Finding]:
    places = {intent_of(one.label): one.place for one in reversed(project.examples)}
    answered = {intent_of(step.name): step.place for step in reversed(steps) if step.kind == INTENT}
    for intent, place in project.intents.items():
        if intent not in places:
            yield Finding(place, f"The intent {intent} has no examples. Write them in data/, or take it out here.")
        if intent not in answered:
            yield Finding(place, f"The intent {intent} has no rule or story, so nobody answers it. Add a rule.")
    for intent, place in sorted({**answered, **places}.items()):
        if intent not in project.intents and intent not in OF_RASA:
            yield Finding(place, f"The intent {intent} is not in domain.yml. Add it there, under “intents”.")


def _actions(project: Project, code: Code, steps: list[Step]) -> Iterator[Finding]:
    responses = {one.name for one in project.responses}
    used = {step.name: step.place for step in reversed(steps) if step.kind == ACTION}
    for name, place in used.items():
        if name not in project.actions and name not in responses and name not in _GIVEN:
            yield Finding(place, f"{name} is no action or response of domain.yml. Add it there, or mend its name here.")
    for name, place in project.actions.items():
        if name not in used:
            yield Finding(place, f"The action {name} is in no rule or story. Add one, or take it out here.")
        if name not in code.actions:
            yield Finding(place, f"Nothing in actions/ is called {name}. Write the action, or take it out here.")
    for name, place in code.actions.items():
        if name not in project.actions and name not in _GIVEN:
            yield Finding(place, f"The action {name} is not in domain.yml. Add it there, under “actions”.")


def _responses(project: Project, code: Code, steps: list[Step]) -> Iterator[Finding]:
    used = {step.name for step in steps} | set(code.responses)
    places = {one.name: one.place for one in reversed(project.responses)}
    for name, place in places.items():
        if name not in used:
            yield Finding(place, f"The response {name} is never said. Use it in a rule, or take it away.")
    for name, place in code.responses.items():
        if name not in places:
            yield Finding(place, f"{name} is said here, and domain.yml lacks it. Add it there, under “responses”.")


def _slots(project: Project, code: Code) -> Iterator[Finding]:
    of_tasks = {slot: task.place for task in code.tasks.values() for slot in task.slots}
    for slot, place in project.slots.items():
        if slot not in set(of_tasks) | project.filled_slots | code.words | _SLOTS_OF_RASA:
            yield Finding(place, f"The slot {slot} is used by no task and no action. Take it out here.")
    for slot, place in of_tasks.items():
        if slot not in project.slots:
            yield Finding(place, f"The slot {slot}, which this task fills, is not in domain.yml. Add it there.")


def intent_of(name: str) -> str:
    """The intent of a label (`faq/returns_window`) or of a step that also names entities."""
    return name.split("/")[0].split(" ")[0]
