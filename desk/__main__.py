"""Serve the gateway: `python -m desk`."""

import sys

import uvicorn
from fastapi import FastAPI

from desk.app import create_app
from support.logs import configure_logging
from support.policy.business import BusinessFileWrong
from support.settings import Settings

LARGEST_SOCKET_FRAME = 1024 * 1024  # bytes; over it the socket is closed, from 64 KiB on the frame is refused


def main() -> None:
    settings = Settings()
    configure_logging(settings.log_level)
    try:
        serve(create_app(settings), settings)
    except BusinessFileWrong as wrong:
        sys.exit(str(wrong))


def serve(app: FastAPI, settings: Settings) -> None:
    """Serve until told to stop."""
    uvicorn.run(
        app, host=settings.desk_host, port=settings.desk_port, log_config=None, access_log=False,
        ws_max_size=LARGEST_SOCKET_FRAME, ws_ping_interval=None, ws="websockets-sansio", server_header=False,
        timeout_graceful_shutdown=5, ws_per_message_deflate=False,
    )


if __name__ == "__main__":
    main()
