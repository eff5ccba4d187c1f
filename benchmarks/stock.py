"""Our project as far as a Rasa without components of ours can be trained on it, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from support.settings import PROJECT

# What `rasa init` fills a config.yml with that names no pipeline and no policies
DEFAULT = "lib/python*/site-packages/rasa/engine/recipes/config_files/default_config.yml"
FILES = YAML(typ="safe", pure=True)
FILES.default_flow_style = False  # in the flow style Rasa's reader stumbles over "rapport:person"


def write_project(folder: Path, *, actions: str, epochs: int) -> None:
    """`actions` is the URL of the action server; `epochs` is what each part that counts epochs is trained for."""
    config = FILES.load(next((PROJECT / ".venv-rasa").glob(DEFAULT)))
    for part in [*config["pipeline"], *config["policies"]]:
        if "epochs" in part:
            part["epochs"] = epochs
    domain = FILES.load(PROJECT / "domain.yml")
    domain["responses"] |= {f"utter_{intent}": [{"text": text}] for intent, text in answers()}
    write(folder / "config.yml", config | {"assistant_id": "stock"})
    write(folder / "domain.yml", domain)
    write(folder / "credentials.yml", {"rest": None})
    write(folder / "endpoints.yml", {"action_endpoint": {"url": actions}})
    for path in sorted((PROJECT / "data").rglob("*.yml")):
        written = folder / path.relative_to(PROJECT)
        written.parent.mkdir(parents=True, exist_ok=True)
        write(written, with_retrieval(FILES.load(path)))


def answers() -> Iterator[tuple[str, str]]:
    """(retrieval intent, answer) of every question in data/faq; the facts stand in them by name."""
    for path in sorted((PROJECT / "data" / "faq").glob("*.yml")):
        for block in FILES.load(path).get("nlu", []):
            known = block["metadata"]
            yield f"faq/{known['question']}", known["answer"].replace("{", "").replace("}", "")


def with_retrieval(content: dict[str, Any]) -> dict[str, Any]:
    """What a training file says, with Rasa's retrieval intents in place of our questions with metadata."""
    for block in content.get("nlu", []):
        if "metadata" in block:
            block["intent"] = f"faq/{block.pop('metadata')['question']}"
    for rule in content.get("rules", []):
        for step in rule["steps"]:
            if step.get("action") == "action_answer_question":
                step["action"] = "utter_faq"
    return content


def write(path: Path, content: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        FILES.dump(content, file)
