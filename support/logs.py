"""Logging: one line an event on standard error, and nothing that people wrote or own."""

import logging
import time


def configure_logging(level: str) -> None:
    """Send every logger's lines to standard error, times in UTC."""
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Both would write out addresses with what stands in them, or the frames themselves
    for name in ("httpx", "httpcore", "websockets", "uvicorn.access", "uvicorn.error", "aiosqlite", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
