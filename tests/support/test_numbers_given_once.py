"""What a customer may read out is given once: what chance draws a second time is drawn anew."""

import secrets

import pytest

from support.care import complaints
from support.points import redemptions, referrals
from support.text import new_id
from tests.support.loyalty_rows import create_member
from tests.support.shop_rows import NOW, create_customer, speaker_of


@pytest.fixture
def chance(monkeypatch):
    """Sets what chance draws next; after that it is chance again."""
    by_chance = secrets.choice

    def draw(signs: str) -> None:
        left = iter(signs)
        monkeypatch.setattr(secrets, "choice", lambda choices: next(left, None) or by_chance(choices))

    return draw


# First all is as before, then the request has its number at the second try, and what it makes has its own at the second
DRAWN = ("0" * 40, "0" * 8 + "1" * 8 + "0" * 12)


class TestDrawnTwice:
    async def test_a_request_and_the_case_it_opens(self, session, chance, rules):
        given = []
        for signs in DRAWN:
            speaker = speaker_of(await create_customer(session))
            chance(signs)
            done = await complaints.suggest(session, speaker, "idea", "In blue, please", key=new_id(), at=NOW)
            given.append((done.reference, done.details["case"]))
        assert given[0] == ("R-0000-0000", "C-0000-0000")
        assert given[1][0] == "R-1111-1111"
        assert given[1][1] not in ("C-0000-0000", "C-1111-1111")

    async def test_a_voucher(self, session, chance, rules):
        codes = []
        for signs in DRAWN:
            speaker = speaker_of(await create_member(session, 100))
            chance(signs)
            done = await redemptions.redeem_points(session, speaker, 100, key=new_id(), business=rules, at=NOW)
            codes.append((done.details["code"], done.details["balance"]))
        assert codes[0][0].endswith("-0000-0000-0000")
        assert (codes[0][0] != codes[1][0], codes[0][1], codes[1][1]) == (True, 0, 0)

    async def test_a_code_to_bring_friends_with(self, session, chance, rules):
        codes = []
        for signs in DRAWN:
            speaker = speaker_of(await create_customer(session))
            chance(signs)
            done = await referrals.refer_friend(session, speaker, key=new_id(), business=rules, at=NOW)
            codes.append(done.details["code"])
        assert codes[0] == "F-0000-0000" != codes[1]
