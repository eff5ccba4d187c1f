"""Rasa's trackers as a bounded cache: one row a conversation, holding its last events.

Rasa's own SQL store re-reads and rebuilds the whole history each turn, so that a long conversation gets slower and
slower. The record of what was said is the desk's; the dialogue policies look back a few turns at most.
"""

import json
import time
from collections import OrderedDict
from typing import Any, Dict, Iterable, List, Optional, Text

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

KEPT = 40  # events of a tracker
REMEMBERED = 1000  # trackers kept in memory

metadata = sa.MetaData()
trackers = sa.Table(
    "rasa_trackers", metadata,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False, index=True),
)


class BoundedTrackerStore(TrackerStore):
    """Keeps the last `KEPT` events of a conversation, and the slots that older ones had set."""

    def __init__(
        self, domain: Domain, host: Text, event_broker: Optional[EventBroker] = None, **_: Any
    ) -> None:
        """`host` is the endpoint's `url`: a database URL such as `sqlite:////var/lib/rapport/trackers.db`."""
        self._engine = sa.create_engine(host, **_options(host))
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
        metadata.create_all(self._engine)
        self._recent: "OrderedDict[Text, List[Event]]" = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        events = _last(tracker)
        row = {
            "events": json.dumps([event.as_dict() for event in events]), "updated_at": time.time(),
        }
        with self._engine.begin() as connection:
            mine = trackers.c.sender_id == tracker.sender_id
            if connection.execute(trackers.update().where(mine).values(**row)).rowcount == 0:
                connection.execute(trackers.insert().values(sender_id=tracker.sender_id, **row))
        self._remember(tracker.sender_id, events)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        events = self._recent.get(sender_id)
        if events is None:
            events = self._load(sender_id)
            if events is None:
                return None
            self._remember(sender_id, events)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    async def keys(self) -> Iterable[Text]:
        with self._engine.connect() as connection:
            return [row[0] for row in connection.execute(sa.select(trackers.c.sender_id))]

    def _load(self, sender_id: Text) -> Optional[List[Event]]:
        query = sa.select(trackers.c.events).where(trackers.c.sender_id == sender_id)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else deserialise_events(json.loads(found))

    def _remember(self, sender_id: Text, events: List[Event]) -> None:
        self._recent[sender_id] = events
        self._recent.move_to_end(sender_id)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)


def _options(url: Text) -> Dict[Text, Any]:
    if url.startswith("sqlite"):
        # Kept open: closing the last connection of a file makes SQLite tidy up its log, each turn anew
        return {"connect_args": {"check_same_thread": False, "timeout": 5}, "poolclass": sa.pool.QueuePool}
    return {"pool_pre_ping": True}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # A cache: a turn lost to a power cut is a turn that the desk asks for again
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _last(tracker: DialogueStateTracker) -> List[Event]:
    """The last events, cut where a user's turn begins, after what restores the slots set before."""
    events = list(tracker.events)
    if len(events) <= KEPT:
        return events
    start = next(
        (i for i in range(len(events) - KEPT, len(events)) if isinstance(events[i], UserUttered)), len(events) - KEPT
    )
    restored: Dict[Text, Event] = {}
    for event in events[:start]:
        if isinstance(event, SlotSet):
            restored[event.key] = event
        elif isinstance(event, ActiveLoop):
            restored["active loop"] = event
    return [*restored.values(), ActionExecuted(ACTION_LISTEN_NAME), *events[start:]]
