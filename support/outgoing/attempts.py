"""One attempt to reach an address that somebody else named: whom it may connect to, and for how long."""

import socket
import threading
import time
from contextlib import suppress
from typing import Self

import requests

from support.outgoing import public_addresses
from support.outgoing.public_addresses import Network, Resolver


class NotSent(Exception):
    """No answer came; `kind` is address_refused, name_unknown, timed_out, tls_failed or no_connection."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Attempt:
    """One request: whom it may reach, and the end of its time, which comes whatever the other side does."""

    def __init__(self, resolve: Resolver, allowed: tuple[Network, ...], seconds: float) -> None:
        self._resolve, self._allowed = resolve, allowed
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self.over = False
        self._line: socket.socket | None = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = None

    @property
    def left(self) -> float:
        """Seconds."""
        return max(self._ends - time.monotonic(), 0.001)

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to one of the host's addresses, all of which are allowed. Raises NotSent."""
        try:
            found = self._resolve(host, port)
        except OSError:
            raise NotSent("name_unknown") from None
        addresses = public_addresses.checked(found, self._allowed)
        if not addresses:
            raise NotSent("address_refused")
        for address in addresses:
            if self._ends <= time.monotonic():
                break
            with suppress(OSError):
                return self._watched(socket.create_connection((address, port), timeout=self.left))
        raise NotSent("timed_out" if self._ends <= time.monotonic() else "no_connection")

    def _watched(self, line: socket.socket) -> socket.socket:
        # TLS takes the socket over before we see it again; a second handle can still end the connection
        with self._lock:
            self._line = line.dup()
        if self.over:
            self._end()
        return line

    def _end(self) -> None:
        """A receiver that sends a byte now and then would outlive every time-out on a single read."""
        with self._lock:
            self.over = True
            if self._line is not None:
                with suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)

    def why(self, fault: Exception) -> str:
        """The `kind` of NotSent that the fault amounts to."""
        if self.over or isinstance(fault, requests.Timeout):
            return "timed_out"
        return "tls_failed" if isinstance(fault, requests.exceptions.SSLError) else "no_connection"
