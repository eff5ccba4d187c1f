"""Every answer in `data/faq` can be given: its facts exist, and its buttons lead somewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from support.policy.business import load_business

PROJECT = Path(__file__).parents[2]
DESK_PAYLOADS = {"rapport:person"}


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


DOMAIN = read(PROJECT / "domain.yml")
BLOCKS = [
    block["metadata"]
    for path in sorted((PROJECT / "data" / "faq").glob("*.yml"))
    for block in read(path).get("nlu", [])
]
TITLES = {block["title"] for block in BLOCKS}
RESPONSES = [variation for variations in DOMAIN["responses"].values() for variation in variations]
BUTTONS = [button for block in [*BLOCKS, *RESPONSES] for button in block.get("buttons", [])]


def test_there_are_64_questions_or_more_in_ten_topics():
    assert len({block["question"] for block in BLOCKS}) >= 64
    assert len([path for path in (PROJECT / "data" / "faq").glob("*.yml") if read(path).get("nlu")]) == 10


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["question"])
def test_an_answer_uses_only_facts_that_the_shop_has(block):
    facts = load_business(PROJECT / "business.yml").facts()
    named = set(re.findall(r"\{(\w+)\}", block["answer"]))
    assert named <= set(facts)
    assert "{" not in re.sub(r"\{\w+\}", "", block["answer"])


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button["payload"])
def test_a_button_leads_somewhere(button):
    payload = button["payload"]
    if payload.startswith("/"):
        assert payload[1:].split("{")[0] in DOMAIN["intents"]
    else:
        assert payload in TITLES | DESK_PAYLOADS
