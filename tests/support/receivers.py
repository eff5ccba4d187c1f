"""Real HTTP servers for the tests of what we send: they keep what they got, and answer as they are told."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answering = Callable[["Got"], int]


@dataclass
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """A server on 127.0.0.1; `answer` says the status of each request, or what else is to be done with it."""

    port: int = 0
    scheme: str = "http"
    got: list[Got] = field(default_factory=list)
    answer: Answering = lambda _: 204
    location: str = ""
    drips: bool = False
    at_once: int = 0
    most_at_once: int = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks"

    @property
    def numbers(self) -> list[int]:
        return [one.event["number"] for one in self.got]


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver, lock = Receiver(scheme="https" if context else "http"), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            got = Got(self.path, dict(self.headers), body)
            with lock:
                receiver.got.append(got)
                receiver.at_once += 1
                receiver.most_at_once = max(receiver.most_at_once, receiver.at_once)
            try:
                status = receiver.answer(got)
            finally:
                with lock:
                    receiver.at_once -= 1
            self.send_response(status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            if not receiver.drips:
                self.send_header("Content-Length", "0")
            self.end_headers()
            while receiver.drips:
                self.wfile.write(b".")
                time.sleep(0.02)

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None: ...

    server = Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.drips = False
        server.shutdown()
        server.server_close()


@contextmanager
def speaking(words: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that says whatever `words` writes to each connection; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                try:
                    words(line)
                except OSError:
                    pass
                finally:
                    line.close()

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
