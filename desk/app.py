"""The composition root of the gateway."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from desk import error_responses, pages
from desk.agents import endpoints as agent_endpoints
from desk.agents import sign_in as agent_sign_in
from desk.agents import socket as agent_socket
from desk.bot_turns import BotTurns
from desk.desk import Desk
from desk.guard import Guard
from desk.rasa import Rasa
from desk.realtime.hub import Hub
from desk.realtime.sessions_watch import SessionsWatch
from desk.realtime.socket import RESTART
from desk.shop import endpoints as shop_endpoints
from desk.timekeeper import Timekeeper
from desk.visitors import endpoints as visitor_endpoints
from desk.visitors import sign_in as visitor_sign_in
from desk.visitors import socket as visitor_socket
from support import clock, keys
from support.database import Database
from support.policy.business import Business, load_business
from support.settings import Settings


def create_app(settings: Settings, business: Business | None = None) -> FastAPI:
    """The gateway, ready to be served; raises BusinessFileWrong for a wrong `business.yml`."""
    clock.shift(settings.offset)
    keys.set_up(settings.jwt_secret.get_secret_value())
    database = Database(settings.sql_url)
    desk = Desk(settings, business or load_business(settings.business), database, Hub())

    app = FastAPI(
        title="Rapport", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None,
        redirect_slashes=False,
    )
    app.state.desk = desk
    error_responses.install(app)
    for module in (
        visitor_endpoints, visitor_sign_in, visitor_socket, agent_sign_in, agent_endpoints, agent_socket,
        shop_endpoints,
    ):
        app.include_router(module.router)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    pages.install(app, demo=settings.mode == "demo")
    app.add_middleware(GZipMiddleware, minimum_size=300)
    app.add_middleware(
        CORSMiddleware, allow_origins=sorted(settings.origins), allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type"], max_age=3600,
    )
    app.add_middleware(Guard)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    rasa = Rasa(desk.settings)
    turns = BotTurns(desk.database, rasa, desk.business, desk.settings)
    keeper = Timekeeper(desk.database, desk.business, turns)
    watch = SessionsWatch(desk.database, desk.hub)
    desk.database.listeners += [desk.hub.listen, turns.listen, keeper.listen]
    workers = [asyncio.create_task(keeper.run()), asyncio.create_task(watch.run())]
    try:
        yield
    finally:
        desk.hub.end_all(RESTART)
        for worker in workers:
            worker.cancel()
        for worker in workers:
            with suppress(asyncio.CancelledError):
                await worker
        await turns.close()
        await rasa.close()
        await desk.database.close()
