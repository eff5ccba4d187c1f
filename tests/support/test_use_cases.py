import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from support import identity
from support.identity import Speaker, use_case
from support.models.conversations import Level


@pytest.fixture(autouse=True)
def use_cases(monkeypatch):
    """What a test enters is not there for the next one."""
    monkeypatch.setattr(identity, "USE_CASES", dict(identity.USE_CASES))


def a_look(module: str):
    async def look(session: AsyncSession, speaker: Speaker) -> None:
        """Look for a parcel."""

    look.__module__ = module
    return look


class TestNames:
    def test_a_use_case_is_named_for_its_module_without_the_package(self):
        use_case("look up", needs=Level.VERIFIED)(a_look("support.care.lost_parcels"))
        assert identity.USE_CASES["lost_parcels.look"] == identity.UseCase(
            "lost_parcels.look", "look up", Level.VERIFIED, "Look for a parcel."
        )

    def test_a_name_that_is_taken_is_refused_whatever_the_package(self):
        use_case("look up", needs=Level.VERIFIED)(a_look("support.care.lost_parcels"))
        with pytest.raises(ValueError, match=r"^two use cases are called lost_parcels\.look$"):
            use_case("do", needs=Level.VISITOR)(a_look("support.ordering.lost_parcels"))
        assert identity.USE_CASES["lost_parcels.look"].needs is Level.VERIFIED
