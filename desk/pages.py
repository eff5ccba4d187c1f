"""The desk's own pages and modules, served from `web/` as they are."""

from fastapi import FastAPI
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from support.settings import PROJECT

WEB = PROJECT / "web"


def install(app: FastAPI, *, demo: bool) -> None:
    """Mount the widget's, the console's and their shared modules; in demo mode the shop has the front page."""
    for name in ("widget", "shared", "console"):
        app.mount(f"/{name}", StaticFiles(directory=WEB / name, html=name == "console"), name)
    if not demo:

        @app.get("/", include_in_schema=False)
        async def front() -> RedirectResponse:
            return RedirectResponse("/console/")
