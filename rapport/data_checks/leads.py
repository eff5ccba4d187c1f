"""What the code of `actions/` takes for granted: rules that lead to it, and names that it uses."""

from collections.abc import Iterator

from rapport.data_checks.code import Code
from rapport.data_checks.dialogues import INTENT
from rapport.data_checks.finding import Finding
from rapport.data_checks.names import OF_RASA, intent_of
from rapport.data_checks.project import FAQ, Project

TASK_FORM = "task_form"
MEANS_ANOTHER = "mean_another"  # begins what was wanted before (actions/meant_before.py)


def check(project: Project, code: Code) -> Iterator[Finding]:
    yield from _rules(project, code)
    keys = {f"{FAQ}/{one.key}" for one in project.questions}
    for intent, task in code.tasks.items():
        for meaning in sorted(task.part_of_it - keys - set(project.intents)):
            kind = "question of data/faq" if meaning.startswith(f"{FAQ}/") else "intent of domain.yml"
            yield Finding(task.place, f"{meaning}, which is part of {intent}, is no {kind}. Mend its name here.")
    for intent, place in code.payloads.items():
        if intent not in project.intents and intent not in OF_RASA:
            yield Finding(place, f"A button sends /{intent}, which is no intent of domain.yml. Mend the button.")
    if project.first != code.fetching:
        yield Finding(
            project.first_place,
            "“first” is not the same, in the same order, as PERSON in actions/handoff.py "
            f"({', '.join(code.fetching)}). Mend whichever is wrong.",
        )


def _rules(project: Project, code: Code) -> Iterator[Finding]:
    leads = {
        intent_of(one.steps[0].name): one.steps[1]
        for one in reversed(project.dialogues)
        if one.is_rule and len(one.steps) > 1 and one.steps[0].kind == INTENT
    }
    wanted = {intent: (action, code.actions[action]) for intent, action in code.look_ups.items()}
    wanted |= {intent: (TASK_FORM, task.place) for intent, task in code.tasks.items()}
    for intent, (action, place) in wanted.items():
        step = leads.get(intent)
        if intent not in project.intents:
            yield Finding(place, f"The intent {intent} is not in domain.yml. Add it there, under “intents”.")
        if step is None:
            yield Finding(place, f"No rule leads from {intent} to {action}. Add one in data/.")
        elif step.name != action:
            yield Finding(
                step.place, f"The rule leads from {intent} to {step.name}, and {place} says {action}. Mend either.",
            )
    for intent, step in leads.items():
        if step.name == TASK_FORM and intent not in {*code.tasks, MEANS_ANOTHER}:
            yield Finding(step.place, f"No task in actions/ has the intent {intent}. Write one, or take the rule away.")
