"""Who listens in this process: readers by conversation, sockets by session, consoles that watch the inbox."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from support.events import Changes


class Listener(Protocol):
    """A socket as the hub sees it."""

    session_id: str

    def post(self, frame: dict[str, Any]) -> None: ...
    def end(self, code: int) -> None: ...


class Hub:
    """Wakes readers after a commit; they read what is new from the database themselves.

    So a slow reader holds nothing here but a flag, and a reader that lost its socket has lost nothing.
    """

    def __init__(self) -> None:
        self._readers: defaultdict[str, dict[asyncio.Event, Listener]] = defaultdict(dict)
        self._inboxes: dict[asyncio.Event, set[str]] = {}
        self._sockets: defaultdict[str, set[Listener]] = defaultdict(set)

    def listen(self, changes: Changes) -> None:
        for conversation_id in changes.conversations:
            for woken in self._readers.get(conversation_id, ()):
                woken.set()
        for woken, dirty in self._inboxes.items():
            dirty |= changes.conversations
            woken.set()

    @contextmanager
    def reading(self, conversation_id: str, socket: Listener) -> Iterator[asyncio.Event]:
        """An event that is set whenever the conversation has grown."""
        woken = asyncio.Event()
        self._readers[conversation_id][woken] = socket
        try:
            yield woken
        finally:
            readers = self._readers[conversation_id]
            del readers[woken]
            if not readers:
                del self._readers[conversation_id]

    @contextmanager
    def watching_inbox(self) -> Iterator[tuple[asyncio.Event, set[str]]]:
        """An event and the ids of conversations that changed; the watcher clears both."""
        woken, dirty = asyncio.Event(), set[str]()
        self._inboxes[woken] = dirty
        try:
            yield woken, dirty
        finally:
            del self._inboxes[woken]

    @contextmanager
    def connected(self, socket: Listener) -> Iterator[None]:
        self._sockets[socket.session_id].add(socket)
        try:
            yield
        finally:
            sockets = self._sockets[socket.session_id]
            sockets.discard(socket)
            if not sockets:
                del self._sockets[socket.session_id]

    def pass_on(self, conversation_id: str, frame: dict[str, Any], sender: Listener) -> None:
        """Give the others who read the conversation a frame that nobody stores."""
        for socket in set(self._readers.get(conversation_id, {}).values()):
            if socket is not sender:
                socket.post(frame)

    def sessions(self) -> list[str]:
        return list(self._sockets)

    def end_session(self, session_id: str, code: int) -> None:
        """Close the session's sockets."""
        for socket in list(self._sockets.get(session_id, ())):
            socket.end(code)

    def end_all(self, code: int) -> None:
        for session_id in self.sessions():
            self.end_session(session_id, code)
