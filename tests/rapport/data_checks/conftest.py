from collections.abc import Callable
from pathlib import Path

import pytest

from rapport.data_checks.__main__ import findings
from rapport.data_checks.code import Code
from tests.rapport.data_checks.small_project import (
    CANCEL,
    CODE,
    CONFIG,
    DELIVERY,
    DOMAIN,
    FAQ,
    GREET,
    RULES_OF_DIALOGUE,
    SENT,
    listed,
    nlu,
)
from tests.support.rules import RULES


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project with nothing wrong in it."""
    for path, text in {
        "domain.yml": DOMAIN, "config.yml": CONFIG, "business.yml": RULES,
        "data/talk/nlu.yml": nlu(greet=GREET, cancel_order=CANCEL, handed_back=SENT),
        "data/talk/rules.yml": RULES_OF_DIALOGUE, "data/faq/delivery.yml": FAQ + listed(DELIVERY),
        "tests/conversations/test_talk.yml": 'stories:\n- story: one\n  steps:\n  - user: |\n      hello\n    intent: greet\n',
        "tests/engine/unseen_utterances.yml": "in_scope:\n  greet: [bonjour]\nout_of_scope:\n  - sing a song\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def wrong(shop: Path) -> Callable[..., list[str]]:
    """What is found once `old` is `new` in the file at `path`; more changes may follow."""

    def found(path: str, old: str, new: str, code: Code = CODE) -> list[str]:
        text = (shop / path).read_text(encoding="utf-8")
        assert old in text
        (shop / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(one) for one in findings(shop, code)]

    return found
