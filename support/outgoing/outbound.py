"""HTTP requests to addresses that somebody else named: never to our own machines, and never for long.

The name is looked up once, every address it has is checked, and the connection goes to an address that was checked:
a second answer of the name server has no say. Redirects are not followed, proxies of the environment not used.
"""

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url

from support.outgoing import public_addresses
from support.outgoing.public_addresses import Network, Resolver
from support.refusals import UrlRefused
from support.settings import Settings

SECONDS = 10.0  # for a whole request, from looking up the name to the end of the answer
LONGEST_URL = 2000
MOST_READ = 64 * 1024  # bytes of an answer's body


class NotSent(Exception):
    """No answer came; `kind` is address_refused, name_unknown, timed_out, tls_failed or no_connection."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Outbound:
    """What our requests may reach. `authorities` is a file of certificates to trust in place of the public ones."""

    https_only: bool
    allowed: tuple[Network, ...] = ()
    authorities: str = ""
    resolve: Resolver = public_addresses.by_dns
    seconds: float = SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            settings.mode == "production", public_addresses.networks(settings.webhook_networks), settings.webhook_ca
        )

    def check(self, url: str) -> None:
        """Raises UrlRefused for what will never be sent to; a name that has no address yet may get one."""
        try:
            parsed = parse_url(url)
        except urllib3.exceptions.LocationParseError as fault:
            raise UrlRefused from fault
        schemes = ("https",) if self.https_only else ("http", "https")
        if parsed.scheme not in schemes or not parsed.host or parsed.auth is not None or parsed.fragment is not None:
            raise UrlRefused
        if len(url) > LONGEST_URL or not url.isprintable() or " " in url:
            raise UrlRefused
        try:
            addresses = self.resolve(parsed.host.strip("[]"), parsed.port or 443)
        except OSError:
            return
        if not public_addresses.checked(addresses, self.allowed):
            raise UrlRefused

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send `body` and answer the status. Blocks for up to `seconds`. Raises NotSent."""
        if self.https_only and parse_url(url).scheme != "https":
            raise NotSent("address_refused")
        attempt = _Attempt(self)
        try:
            with requests.Session() as session, attempt:
                session.trust_env = False
                for scheme in ("http://", "https://"):
                    session.mount(scheme, _Pinning(attempt))
                answer = session.post(
                    url, data=body, headers=dict(headers), stream=True, allow_redirects=False,
                    timeout=attempt.left, verify=self.authorities or True,
                )
                if attempt.over:
                    raise NotSent("timed_out")  # half an answer looks like a whole one
                # Read for politeness only: the status has said it all
                with suppress(urllib3.exceptions.HTTPError, OSError):
                    answer.raw.read(MOST_READ, decode_content=False)
                return answer.status_code
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as fault:
            raise NotSent(attempt.why(fault)) from None


class _Attempt:
    """One request: whom it may reach, and the end of its time, which comes whatever the other side does."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._ends = time.monotonic() + outbound.seconds
        self._timer = threading.Timer(outbound.seconds, self._end)
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
        return max(self._ends - time.monotonic(), 0.001)

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to one of the host's addresses, all of which are allowed. Raises NotSent."""
        try:
            found = self._outbound.resolve(host, port)
        except OSError:
            raise NotSent("name_unknown") from None
        addresses = public_addresses.checked(found, self._outbound.allowed)
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
        if self.over or isinstance(fault, requests.Timeout):
            return "timed_out"
        return "tls_failed" if isinstance(fault, requests.exceptions.SSLError) else "no_connection"


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, attempt: _Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt

    def _new_conn(self) -> socket.socket:
        return self._attempt.connect(self.host.strip("[]"), self.port)


class _TlsConnection(HTTPSConnection):
    def __init__(self, *args: Any, attempt: _Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt

    def _new_conn(self) -> socket.socket:
        return self._attempt.connect(self.host.strip("[]"), self.port)


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Pinning(HTTPAdapter):
    """Connections of an attempt: the name stays in `Host`, in the greeting of TLS and in the certificate's check."""

    def __init__(self, attempt: _Attempt) -> None:
        self._attempt = attempt
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        pool.conn_kw["attempt"] = self._attempt  # reaches each connection that the pool makes
        return pool
