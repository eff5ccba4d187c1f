from pathlib import Path

import pytest

from support.business import Business
from tests.support.rules import load_rules


@pytest.fixture
def rules(tmp_path: Path) -> Business:
    """Rules of a shop that no owner changes."""
    return load_rules(tmp_path)
