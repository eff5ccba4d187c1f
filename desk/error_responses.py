"""Every error's way onto the wire: code to HTTP status, once."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from support.errors import (
    ConflictError,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    SupportError,
    TooMany,
)
from support.records.faults import RecordsRefused
from support.refusals import IdentityTooLow
from support.text import new_id

log = logging.getLogger(__name__)

MOST_FAULTS = 1000  # shown of a body's

STATUS: list[tuple[type[SupportError], int]] = [
    (NotFound, 404), (InvalidInput, 422), (ConflictError, 409), (NotAuthenticated, 401),
    (TooMany, 429), (IdentityTooLow, 403),
]


class Refused(SupportError):
    """A refusal of the gateway itself, with its own code and status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


MALFORMED = Refused(400, "body_malformed", "The body is not what this route takes.")
FRAME_MALFORMED = Refused(400, "frame_malformed", "The frame is not JSON with the fields of its type.")
FRAME_UNKNOWN = Refused(400, "frame_unknown", "There is no frame of this type.")
FRAME_TOO_LARGE = Refused(413, "frame_too_large", "A frame holds at most 64 KiB.")
TEXT_INVALID = Refused(422, "text_invalid", "The text holds characters that cannot be shown.")
CSRF_FAILED = Refused(403, "csrf_failed", "The X-CSRF-Token header is missing or wrong.")
ORIGIN_REFUSED = Refused(403, "origin_refused", "Pages of this origin may not talk to this service.")


def status_of(error: SupportError) -> int:
    if isinstance(error, Refused):
        return error.status
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def body_of(error: SupportError) -> dict[str, Any]:
    """`code`, `message` and what helps: `retry_after` in seconds, `needed` (a surer level), `faults` (of records)."""
    shown: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, TooMany):
        shown["retry_after"] = error.retry_after
    if isinstance(error, IdentityTooLow):
        shown["needed"] = error.needed
    if isinstance(error, RecordsRefused):
        shown["faults"] = [
            {"table": one.table, "place": one.line, "column": one.column, "code": one.code, "reason": one.reason}
            for one in error.faults[:MOST_FAULTS]
        ]
    return shown


def respond(error: SupportError) -> JSONResponse:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
    return JSONResponse({"error": body_of(error)}, status_of(error), headers)


def malformed_by(faults: Any, otherwise: Refused) -> Refused:
    """`text_invalid` if the fault is broken Unicode, else `otherwise`."""
    return TEXT_INVALID if any(fault["type"] == "string_unicode" for fault in faults) else otherwise


def unexpected(error: Exception, where: str) -> dict[str, str]:
    """Log our own fault under a reference, and what to tell the other side. Values are kept out of both."""
    reference = new_id()
    log.error("%s failed, reference %s", where, reference, exc_info=error)
    return {"code": "server_error", "message": "Something went wrong on our side.", "reference": reference}


def install(app: FastAPI) -> None:
    @app.exception_handler(SupportError)
    async def refused(_: Request, error: SupportError) -> JSONResponse:
        return respond(error)

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        return respond(malformed_by(error.errors(), MALFORMED))

    @app.exception_handler(HTTPException)
    async def by_router(_: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:
            return respond(MALFORMED)
        if error.status_code == 405:
            return respond(Refused(405, "method_not_allowed", "This route does not take that method."))
        return respond(NotFound())

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": unexpected(error, request.url.path)}, 500)
