"""Agents are added once, sign in by password, are slowed down when guessing, and are gone when disabled."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from support import clock
from support.chat import agents
from support.errors import (
    ConflictError,
    CredentialsInvalid,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    TooManyAttempts,
)
from support.models.agents import Agent, AgentSession, FailedSignIn
from tests.support.chat.talking import PASSWORD, create_agent
from tests.support.refused import refused

HOUR = timedelta(hours=1)


class TestAdd:
    async def test_keeps_the_address_in_lower_case_and_no_password(self, session):
        agent = await agents.add(session, email="Maya@Shop.Example", name=" Maya ", password=PASSWORD)
        assert (agent.email, agent.name, agent.disabled_at) == ("maya@shop.example", "Maya", None)
        assert agent.password.startswith("$argon2id$")

    @pytest.mark.parametrize(("email", "password"), [("no address", PASSWORD), ("jo@shop.example", "too short")])
    async def test_what_cannot_be_an_address_or_is_too_short_is_refused(self, session, email, password):
        await refused(session, InvalidInput, agents.add(session, email=email, name="Jo", password=password))

    async def test_an_address_is_one_agents_whatever_its_case(self, session):
        agent = await create_agent(session)
        again = agents.add(session, email=agent.email.upper(), name="Other", password=PASSWORD)
        await refused(session, ConflictError, again)


class TestPassword:
    async def test_the_right_one_is_the_agent(self, session):
        agent = await create_agent(session)
        assert await agents.check_password(session, f" {agent.email.upper()} ", PASSWORD) is agent

    async def test_wrong_unknown_and_disabled_are_the_same_refusal(self, session):
        agent, gone = await create_agent(session), await create_agent(session, "Gone")
        await agents.disable(session, gone.email)
        tries = [(agent.email, "another password"), ("nobody@shop.example", PASSWORD), (gone.email, PASSWORD)]
        told = {str(await refused(session, CredentialsInvalid, agents.check_password(session, *one))) for one in tries}
        assert len(told) == 1


class TestGuessing:
    async def test_five_failures_close_the_address_for_five_minutes_and_no_other(self, session):
        for _ in range(agents.ATTEMPTS):
            await agents.check_attempts(session, "Jo@shop.example")
            await agents.note_failure(session, "jo@shop.example ")
        closed = await refused(session, TooManyAttempts, agents.check_attempts(session, "jo@SHOP.example"))
        assert 290 <= closed.retry_after <= 300
        await agents.check_attempts(session, "another@shop.example")
        clock.shift(timedelta(minutes=6))
        await agents.check_attempts(session, "jo@shop.example")

    async def test_older_failures_are_forgotten(self, session):
        await agents.note_failure(session, "jo@shop.example")
        clock.shift(timedelta(minutes=6))
        await agents.note_failure(session, "jo@shop.example")
        assert await session.scalar(select(func.count()).select_from(FailedSignIn)) == 1


class TestSessions:
    async def test_a_token_is_the_agent_until_it_ends(self, session):
        agent = await create_agent(session)
        token, signed_in = await agents.begin_session(session, agent, lifetime=HOUR)
        assert (await agents.authenticate(session, token)).agent is agent
        assert token not in (signed_in.session.token_digest, signed_in.session.csrf)
        clock.shift(HOUR)
        await refused(session, NotAuthenticated, agents.authenticate(session, token))

    async def test_an_unknown_a_signed_out_and_a_disabled_one_are_nobody(self, session):
        agent, gone = await create_agent(session), await create_agent(session, "Gone")
        token, signed_in = await agents.begin_session(session, agent, lifetime=HOUR)
        other, _ = await agents.begin_session(session, gone, lifetime=HOUR)
        await agents.sign_out(session, signed_in.session.id)
        await agents.disable(session, gone.email)
        for one in ("never given", token, other):
            await refused(session, NotAuthenticated, agents.authenticate(session, one))

    async def test_disabled_again_the_time_stays_and_every_session_has_ended(self, session):
        agent = await create_agent(session)
        await agents.begin_session(session, agent, lifetime=HOUR)
        first = (await agents.disable(session, agent.email)).disabled_at
        clock.shift(HOUR)
        assert (await agents.disable(session, agent.email.upper())).disabled_at == first
        ended = await session.scalars(select(AgentSession.revoked_at).where(AgentSession.agent_id == agent.id))
        assert ended.all() == [first]

    async def test_who_is_not_there_cannot_be_disabled(self, session):
        await refused(session, NotFound, agents.disable(session, "nobody@shop.example"))

    async def test_presence_is_the_time_of_the_last_deed(self, session):
        agent = await create_agent(session)
        await agents.note_presence(session, agent.id)
        seen = await session.scalar(select(Agent.seen_at).where(Agent.id == agent.id))
        assert abs(seen - clock.now()) < timedelta(seconds=30)
