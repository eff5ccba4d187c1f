import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.faq import AnswerQuestion
from support.settings import PROJECT
from tests.actions.asking import ask

FILES = sorted((PROJECT / "data" / "faq").glob("*.yml"))


def articles(path: Path):
    blocks = YAML(typ="safe").load(path.read_text(encoding="utf-8")).get("nlu", [])
    return [block["metadata"] for block in blocks if block["intent"] == "faq"]


@pytest.mark.parametrize("article", [one for path in FILES for one in articles(path)], ids=lambda one: one["question"])
async def test_every_article_is_answered_without_a_brace_left(article):
    answer = await ask(AnswerQuestion(), faq=article)
    assert not re.search(r"[{}]", answer.text)
    assert list(answer.buttons) == [button["title"] for button in article.get("buttons", [])]
