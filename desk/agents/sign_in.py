"""An agent's sign-in: cookie, CSRF token, and who they are in every other call."""

import secrets
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.requests import HTTPConnection

from desk.agents.schemas import SignIn
from desk.desk import Desk, TheDesk
from desk.error_responses import CSRF_FAILED, ORIGIN_REFUSED
from desk.realtime.socket import SESSION_OVER
from support.chat import agents
from support.chat.agents import SignedIn
from support.errors import CredentialsInvalid, NotAuthenticated

router = APIRouter(prefix="/v1/agent/session")
COOKIE = "rapport_agent"


async def of_cookie(desk: Desk, connection: HTTPConnection) -> SignedIn:
    """Whose console this is. Raises NotAuthenticated."""
    token = connection.cookies.get(COOKIE)
    if not token:
        raise NotAuthenticated
    async with desk.database.read() as session:
        return await agents.authenticate(session, token)


async def signed_in(desk: TheDesk, request: Request) -> SignedIn:
    """The agent of this call; one that changes something must prove that our own page sent it."""
    found = await of_cookie(desk, request)
    if request.method != "GET":
        _check_origin(desk, request)
        if not secrets.compare_digest(request.headers.get("x-csrf-token", "").encode(), found.session.csrf.encode()):
            raise CSRF_FAILED
    return found


def _check_origin(desk: Desk, request: Request) -> None:
    if not desk.admits(request.headers.get("origin")):
        raise ORIGIN_REFUSED


TheAgent = Annotated[SignedIn, Depends(signed_in)]


def _shown(found: SignedIn) -> dict[str, Any]:
    agent = found.agent
    return {"agent": {"id": agent.id, "name": agent.name, "email": agent.email}, "csrf": found.session.csrf}


@router.post("", status_code=201)
async def begin(desk: TheDesk, request: Request, response: Response, body: SignIn) -> dict[str, Any]:
    _check_origin(desk, request)
    try:
        async with desk.database.read() as session:
            await agents.check_attempts(session, body.email)
            agent = await agents.check_password(session, body.email, body.password)
    except CredentialsInvalid:
        async with desk.database.write() as session:
            await agents.note_failure(session, body.email)
        raise
    lifetime = timedelta(seconds=desk.settings.agent_session_lifetime)
    async with desk.database.write() as session:
        token, found = await agents.begin_session(session, await session.merge(agent), lifetime=lifetime)
    response.set_cookie(
        COOKIE, token, max_age=int(lifetime.total_seconds()), httponly=True, samesite="strict",
        secure=desk.settings.desk_url.startswith("https://"), path="/v1/agent",
    )
    return _shown(found)


@router.get("")
async def show(found: TheAgent) -> dict[str, Any]:
    return _shown(found)


@router.delete("", status_code=204)
async def end(desk: TheDesk, found: TheAgent) -> Response:
    async with desk.database.write() as session:
        await agents.sign_out(session, found.session.id)
    desk.hub.end_session(found.session.id, SESSION_OVER)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/v1/agent")
    return response
