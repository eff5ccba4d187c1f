"""What a customer agreed to: yes and no, once each, the latest holds."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from support.errors import IdReused, NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Channel, Consent, Purpose
from support.people import preferences
from support.refusals import IdentityTooLow, PreferenceInvalid
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.told import requests_made, told


async def agreed(session, customer):
    found = await preferences.preferences(session, speaker_of(customer, Level.VERIFIED))
    return {(one.purpose, one.channel) for one in found if one.granted}


async def rows(session):
    return await session.scalar(select(func.count()).select_from(Consent))


class TestPreferences:
    async def test_every_purpose_by_every_channel_is_a_no_until_somebody_says_yes(self, session):
        customer = await create_customer(session)
        found = await preferences.preferences(session, speaker_of(customer, Level.VERIFIED))
        assert [(one.purpose, one.channel) for one in found] == [(p, c) for p in Purpose for c in Channel]
        assert {(one.granted, one.since) for one in found} == {(False, None)}

    async def test_nobody_sees_anothers(self, session):
        customer, other = await create_customer(session), await create_customer(session)
        await preferences.set_preference(session, speaker_of(other), "offers", "sms", True, key="k", at=NOW)
        assert await agreed(session, customer) == set()
        with pytest.raises(IdentityTooLow):
            await preferences.preferences(session, speaker_of(customer, Level.ORDER_HOLDER))
        with pytest.raises(NotFound):
            await preferences.preferences(session, Speaker.signed_in(new_id()))


class TestSetPreference:
    async def test_each_word_is_a_row_and_the_latest_holds(self, session):
        customer = await create_customer(session)
        speaker = speaker_of(customer, Level.VERIFIED)
        for step, granted in enumerate([True, False, True]):
            at = NOW + timedelta(days=step)
            await preferences.set_preference(
                session, speaker, Purpose.NEWSLETTER, Channel.EMAIL, granted, key=f"{step}", at=at
            )
        assert await agreed(session, customer) == {(Purpose.NEWSLETTER, Channel.EMAIL)}
        kept = list(await session.scalars(select(Consent).order_by(Consent.at)))
        assert [(one.granted, one.source) for one in kept] == [(True, "assistant"), (False, "assistant"), (True, "assistant")]
        change = {"purpose": "newsletter", "channel": "email"}
        assert await told(session) == [
            ("customer.consent_changed", {"changes": [change | {"granted": granted}]}) for granted in (True, False, True)
        ]

    async def test_what_is_so_already_gets_no_further_row(self, session):
        customer = await create_customer(session)
        for key in "ab":
            done = await preferences.set_preference(session, speaker_of(customer), "offers", "post", False, key=key, at=NOW)
        assert (await rows(session), done.details, len(await told(session))) == (1, {"changes": []}, 1)

    async def test_yes_and_no_in_one_instant_is_a_no(self, session):
        customer = await create_customer(session)
        for _ in range(20):
            for granted in (True, False):
                await preferences.set_preference(
                    session, speaker_of(customer), "offers", "sms", granted, key=new_id(), at=NOW
                )
            assert await agreed(session, customer) == set()

    @pytest.mark.parametrize("wanted", [
        ("spam", "email", True), ("offers", "pigeon", True), ("offers", "email", 1), ("offers", "email", "yes"),
        ("offers", "email", None), (None, "email", True), ("offers", 7, True),
    ])
    async def test_what_there_is_not_is_refused(self, session, wanted):
        customer = await create_customer(session)
        with pytest.raises(PreferenceInvalid):
            await preferences.set_preference(session, speaker_of(customer), *wanted, key="k", at=NOW)
        assert (await rows(session), await requests_made(session)) == (0, 0)

    async def test_a_repeat_answers_the_same_and_another_word_under_its_key_is_refused(self, session):
        customer = await create_customer(session)
        speaker = speaker_of(customer)
        done = await preferences.set_preference(session, speaker, "offers", "sms", True, key="k", at=NOW)
        assert await preferences.set_preference(session, speaker, "offers", "sms", True, key="k", at=NOW) == done
        with pytest.raises(IdReused):
            await preferences.set_preference(session, speaker, "offers", "sms", False, key="k", at=NOW)
        assert await rows(session) == 1

    async def test_two_at_once_make_one_row(self, database):
        async with database.write() as session:
            customer = await create_customer(session)

        async def one(key):
            async with database.write() as session:
                await preferences.set_preference(session, speaker_of(customer), "offers", "sms", True, key=key, at=NOW)

        await asyncio.gather(one("a"), one("b"))
        async with database.read() as session:
            assert await rows(session) == 1


class TestStopEverything:
    async def test_every_yes_is_taken_back_and_nothing_else_is_written(self, session):
        customer = await create_customer(session)
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        await preferences.set_preference(session, agent, "offers", "sms", True, key="1", at=NOW)
        await preferences.set_preference(session, agent, "surveys", "post", True, key="2", at=NOW)
        await preferences.set_preference(session, agent, "surveys", "email", False, key="3", at=NOW)
        done = await preferences.stop_everything(session, speaker_of(customer, Level.VERIFIED), key="4", at=NOW)
        assert await agreed(session, customer) == set()
        assert {(one["purpose"], one["channel"], one["granted"]) for one in done.details["changes"]} == {
            ("offers", "sms", False), ("surveys", "post", False),
        }
        assert await rows(session) == 5
        assert await preferences.stop_everything(session, speaker_of(customer), key="4", at=NOW) == done
        again = await preferences.stop_everything(session, speaker_of(customer), key="5", at=NOW)
        assert (again.details["changes"], await rows(session), len(await told(session))) == ([], 5, 4)
        sources = await session.scalars(select(Consent.source).distinct().order_by(Consent.source))
        assert list(sources) == ["agent", "assistant"]
