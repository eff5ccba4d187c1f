"""What a customer wanted who now says that they meant another thing: "sorry, I meant order 10432"."""

from rasa_sdk import Tracker

from actions.registry import look_ups, tasks

MEANS_ANOTHER = "mean_another"


def wanted_before(tracker: Tracker) -> tuple[str, str]:
    """The intent of the message before, and its text; two "" if it asked for nothing that can be done again."""
    spoken = [one for one in tracker.events if one.get("event") == "user"][:-1]
    for one in reversed(spoken):
        intent = str((((one.get("parse_data") or {}).get("intent")) or {}).get("name") or "")
        if intent == MEANS_ANOTHER:
            continue
        known = intent in tasks() or intent in look_ups()
        return (intent, str(one.get("text") or "")) if known else ("", "")
    return "", ""
