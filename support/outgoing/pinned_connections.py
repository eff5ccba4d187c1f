"""Connections of `requests` that go only where an attempt lets them."""

import socket
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from support.outgoing.attempts import Attempt


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt

    def _new_conn(self) -> socket.socket:
        return self._attempt.connect(self.host.strip("[]"), self.port)


class _TlsConnection(HTTPSConnection):
    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt

    def _new_conn(self) -> socket.socket:
        return self._attempt.connect(self.host.strip("[]"), self.port)


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Pinning(HTTPAdapter):
    """Connections of an attempt: the name stays in `Host`, in the greeting of TLS and in the certificate's check."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        pool.conn_kw["attempt"] = self._attempt  # reaches each connection that the pool makes
        return pool
