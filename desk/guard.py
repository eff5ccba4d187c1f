"""What every HTTP request passes: size and type of its body on the way in, security headers on the way out."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.error_responses import Refused, respond

LARGEST_BODY = 64 * 1024  # bytes
LARGEST_RECORDS = 1024 * 1024  # bytes that the shop's own systems may send: an order with all its lines
SHOP = "/v1/shop/"
TOO_LARGE = Refused(413, "body_too_large", "A body holds at most 64 KiB, of the shop's systems 1 MiB.")
NOT_JSON = Refused(415, "media_type_unsupported", "Send the body as application/json.")

CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A shop's page on another origin loads the widget's modules, which browsers fetch with CORS
EMBEDDED = ("/widget/", "/shared/")


class Guard:
    """ASGI middleware; a body over the limit is refused before it is all read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if path.startswith(EMBEDDED):
                    headers["Access-Control-Allow-Origin"] = "*"
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                headers.setdefault("Cache-Control", "no-store" if path.startswith("/v1/") else "no-cache")
            await send(message)

        try:
            body = await _body(scope, receive)
        except Refused as refusal:
            await respond(refusal)(scope, receive, with_headers)
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, with_headers)


async def _body(scope: Scope, receive: Receive) -> bytes:
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return b""
    headers = Headers(scope=scope)
    most = LARGEST_RECORDS if scope["path"].startswith(SHOP) else LARGEST_BODY
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise TOO_LARGE
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += bytes(message.get("body", b""))
        if len(body) > most:
            raise TOO_LARGE
        if not message.get("more_body"):
            break
    # A form post from another site cannot set this type without asking first (CORS)
    if body and headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise NOT_JSON
    return body
