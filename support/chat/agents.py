"""Human agents: added, signed in by password, slowed down when guessing, disabled."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.errors import (
    ConflictError,
    CredentialsInvalid,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    TooManyAttempts,
)
from support.models.agents import Agent, AgentSession, FailedSignIn
from support.text import clean, digest, new_id, new_token

ATTEMPTS = 5
WINDOW = timedelta(minutes=5)
SHORTEST_PASSWORD = 10  # characters
_hasher = PasswordHasher()  # Argon2id, RFC 9106's low-memory profile
# A hash of a password that was thrown away: verified when nobody has that address, so that unknown ones take as long
_nobody = (
    "$argon2id$v=19$m=65536,t=3,p=4$FRrTado+x1cCMw2npOV"
    "43w$GD5HzPOzjrqbIKJhwURwDmX2TnZeV0pEVp9JGqHTdJk"
)


async def add(session: AsyncSession, *, email: str, name: str, password: str) -> Agent:
    """A new agent. Raises InvalidInput, or ConflictError if the address is taken."""
    address = _address(email)
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    if await session.scalar(select(Agent.id).where(Agent.email == address)):
        raise ConflictError("There is already an agent with this e-mail address.")
    agent = Agent(
        id=new_id(), email=address, name=clean(name, longest=200),
        password=await asyncio.to_thread(_hasher.hash, password), created_at=clock.now(),
    )
    session.add(agent)
    await session.flush()
    return agent


def _address(email: str) -> str:
    try:
        checked = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise InvalidInput("That is not an e-mail address.") from fault
    return checked.normalized.lower()


async def check_attempts(session: AsyncSession, email: str) -> None:
    """Raises TooManyAttempts after `ATTEMPTS` failures within `WINDOW`, whether or not the address is known."""
    since = clock.now() - WINDOW
    row = (
        await session.execute(
            select(func.count(), func.min(FailedSignIn.at)).where(
                FailedSignIn.address_digest == digest(email.strip().lower()), FailedSignIn.at > since
            )
        )
    ).one()
    if row[0] >= ATTEMPTS:
        wait = row[1] + WINDOW - clock.now()
        raise TooManyAttempts(retry_after=max(1, round(wait.total_seconds())))


async def check_password(session: AsyncSession, email: str, password: str) -> Agent:
    """The agent. Raises CredentialsInvalid, the same and as slowly for unknown, disabled and wrong."""
    agent = await session.scalar(select(Agent).where(Agent.email == email.strip().lower()))
    known = agent is not None and agent.disabled_at is None
    matches = await asyncio.to_thread(_matches, agent.password if agent and known else _nobody, password)
    if agent is None or not known or not matches:
        raise CredentialsInvalid
    return agent


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except VerificationError:
        return False


async def note_failure(session: AsyncSession, email: str) -> None:
    """Count a failed attempt; older ones are forgotten."""
    at = clock.now()
    await session.execute(delete(FailedSignIn).where(FailedSignIn.at <= at - WINDOW))
    session.add(FailedSignIn(id=new_id(), address_digest=digest(email.strip().lower()), at=at))
    await session.flush()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An agent at a console."""

    agent: Agent
    session: AgentSession


async def begin_session(session: AsyncSession, agent: Agent, *, lifetime: timedelta) -> tuple[str, SignedIn]:
    """A console's session and its token, told only this once."""
    at, token = clock.now(), new_token()
    row = AgentSession(
        id=new_id(), token_digest=digest(token), csrf=new_token(), agent_id=agent.id,
        created_at=at, expires_at=at + lifetime,
    )
    session.add(row)
    agent.seen_at = at
    await session.flush()
    return token, SignedIn(agent, row)


async def authenticate(session: AsyncSession, token: str) -> SignedIn:
    """The agent of that token. Raises NotAuthenticated."""
    row = (
        await session.execute(
            select(Agent, AgentSession)
            .join(AgentSession, AgentSession.agent_id == Agent.id)
            .where(
                AgentSession.token_digest == digest(token), AgentSession.revoked_at.is_(None),
                AgentSession.expires_at > clock.now(), Agent.disabled_at.is_(None),
            )
        )
    ).one_or_none()
    if row is None:
        raise NotAuthenticated
    return SignedIn(row[0], row[1])


async def note_presence(session: AsyncSession, agent_id: str) -> None:
    """The agent has just done something, so they are there."""
    await session.execute(
        update(Agent)
        .where(Agent.id == agent_id)
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


async def sign_out(session: AsyncSession, session_id: str) -> None:
    """The console's session is over."""
    row = await session.get_one(AgentSession, session_id)
    row.revoked_at = clock.now()
    await session.flush()


async def disable(session: AsyncSession, email: str) -> Agent:
    """The agent may do nothing any more; their sessions end. Raises NotFound."""
    agent = await session.scalar(select(Agent).where(Agent.email == email.strip().lower()))
    if agent is None:
        raise NotFound("There is no agent with this e-mail address.")
    at = clock.now()
    agent.disabled_at = agent.disabled_at or at
    await session.execute(
        update(AgentSession)
        .where(AgentSession.agent_id == agent.id, AgentSession.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    await session.flush()
    return agent
