"""Who the visitor is: their session, the shop's word for them, one-time codes, order and postcode; docs/identity.md."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk.desk import TheDesk
from desk.realtime.socket import SESSION_OVER
from desk.visitors.schemas import Address, Code, Nothing, OrderHeld, SignIn
from support.clock import now
from support.errors import TokenInvalid
from support.models.conversations import Level
from support.signing_in import codes, identification, sign_in, visitors
from support.signing_in.identification import Identity

router = APIRouter(prefix="/v1/visitor")


def bearer(request: Request) -> str:
    """The token in `Authorization: Bearer …`. Raises TokenInvalid."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenInvalid
    return token.strip()


Token = Annotated[str, Depends(bearer)]
Shown = dict[str, Any]


def _shown(known: Identity) -> Shown:
    return {"level": known.level, "name": known.name, "until": known.until.isoformat() if known.until else None}


@router.post("/sessions", status_code=201)
async def begin_session(desk: TheDesk, _: Nothing) -> Shown:
    async with desk.database.write() as session:
        token, _visitor = await visitors.begin(session)
    return {"token": token, "level": Level.VISITOR, "name": None}


@router.get("/session")
async def show_session(desk: TheDesk, token: Token) -> Shown:
    async with desk.database.read() as session:
        visitor = await visitors.authenticate(session, token)
        return _shown(await visitors.who(session, visitor))


@router.post("/session/sign-in")
async def sign_in_by_jwt(desk: TheDesk, token: Token, body: SignIn) -> Shown:
    settings = desk.settings
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token, lapsed=True)
        reference = sign_in.verify(
            body.jwt, secret=settings.jwt_secret.get_secret_value(), audience=settings.jwt_audience
        )
        visitor, _ = await visitors.sign_in(
            session, visitor, reference, lifetime=timedelta(seconds=settings.sign_in_lifetime)
        )
    return {"level": Level.SIGNED_IN, "name": visitor.contact.name}


@router.post("/session/code", status_code=202)
async def ask_for_code(desk: TheDesk, token: Token, body: Address) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        await codes.ask(
            session, visitor.contact, body.email, business=desk.business, settings=desk.settings, at=now()
        )
    return {}


@router.post("/session/code/check")
async def check_code(desk: TheDesk, token: Token, body: Code) -> Shown:
    lasts = timedelta(seconds=desk.settings.verified_lifetime)
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        await codes.check(session, visitor.contact, body.code, lasts=lasts, at=now())
        return _shown(await visitors.who(session, visitor))


@router.post("/session/order")
async def hold_order(desk: TheDesk, token: Token, body: OrderHeld) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        await identification.by_order(session, visitor.contact, body.number, body.postcode, at=now())
        return _shown(await visitors.who(session, visitor))


@router.delete("/session", status_code=204)
async def end_session(desk: TheDesk, token: Token) -> Response:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token, lapsed=True)
        await visitors.sign_out(session, visitor)
    desk.hub.end_session(visitor.session.id, SESSION_OVER)
    return Response(status_code=204)
