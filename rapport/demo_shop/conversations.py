"""The demo shop's past conversations, as logs that read like any other conversation's."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.people import LOOKING, PREPARED
from rapport.demo_shop.talks import AGENT, ASKS, CUSTOMER, SETTLES, TAKES, TALKS, Talk
from support.formatting import day
from support.models.conversations import Contact, Conversation, Event, Handoff, Message, State, Transition
from support.models.orders import OrderLine, OrderStatus
from support.text import digest

COUNT = 140
SETTLED_IN = 30  # days with the shop after which a prepared customer has talked to us more than once
_MOVES = {
    ASKS: (State.BOT, State.WAITING, "asked"),
    TAKES: (State.WAITING, State.AGENT, "taken_over"),
    SETTLES: (State.AGENT, State.RESOLVED, "resolved"),
}


@dataclass(frozen=True)
class Colleague:
    """An agent of the demo; `id` is None where no such agent has been added."""

    id: str | None
    name: str


def make_conversations(
    draft: Draft, customers: list[Row], orders: dict[str, list[Row]], colleagues: list[Colleague]
) -> None:
    """About 140 conversations; `orders` are by customer id. The prepared customers have some each."""
    contacts = {customer["id"]: _contact(draft, customer) for customer in customers}
    had: defaultdict[str, set[Talk]] = defaultdict(set)
    for customer in _speakers(draft, customers):
        arrived = [one for one in orders.get(customer["id"], []) if one["status"] == OrderStatus.DELIVERED]
        talks = [
            talk for talk in TALKS if talk not in had[customer["id"]] and (arrived or not talk.about_order)
        ]
        if not talks:
            continue
        talk = draft.chance.choices(talks, [talk.share for talk in talks])[0]
        had[customer["id"]].add(talk)
        order = draft.chance.choice(arrived) if arrived else None
        started = _start(draft, talk, customer, order)
        if started < draft.at - timedelta(minutes=45):
            _Log(draft, contacts[customer["id"]], started, draft.chance.choice(colleagues)).write(
                talk, _words(draft, customer, order)
            )


def _speakers(draft: Draft, customers: list[Row]) -> list[Row]:
    prepared = [
        (row, 3 if one.days_with_us > SETTLED_IN else 1)
        for one, row in zip(PREPARED, customers, strict=False) if one is not LOOKING
    ]
    speakers = [row for row, times in prepared for _ in range(times)]
    return speakers + draft.chance.choices(customers[len(PREPARED):], k=COUNT - len(speakers))


def _start(draft: Draft, talk: Talk, customer: Row, order: Row | None) -> datetime:
    """A moment at which that talk can have begun: after what it is about, with people there if one takes part."""
    with_us = (draft.at - customer["created_at"]) / timedelta(days=1)
    started = draft.moment(with_us * draft.chance.random(), earliest=9, latest=17)
    earliest: datetime = customer["created_at"] + timedelta(minutes=10)
    if order is not None and talk.about_order:
        earliest = max(earliest, order["status_since"] + timedelta(minutes=5))
    started = max(started, earliest)
    if talk.with_agent:
        opening = draft.business.opening_hours.next_opening(started) or started
        return max(started, opening + timedelta(minutes=draft.chance.randint(1, 30)))
    return started


def _contact(draft: Draft, customer: Row) -> Row:
    name = f"{customer['first_name']} {customer['last_name']}"
    return draft.add(
        Contact, id=draft.new_id(), customer_id=customer["id"], name=name, created_at=customer["created_at"]
    )


def _words(draft: Draft, customer: Row, order: Row | None) -> dict[str, str]:
    words = draft.business.facts() | {"first": customer["first_name"]}
    if order is not None:
        line = next(row for row in draft.rows[OrderLine] if row["order_id"] == order["id"])
        placed = day(order["placed_at"], draft.business.shop.formats, draft.zone)
        product = line["product_name"][:1].lower() + line["product_name"][1:]
        words |= {"number": order["number"], "placed": placed, "status": order["status"], "product": product}
    return words


class _Log:
    """A conversation that is being written, a line after the other."""

    def __init__(self, draft: Draft, contact: Row, started: datetime, colleague: Colleague) -> None:
        self._draft, self._contact, self._colleague = draft, contact, colleague
        self._at = started
        self._row = draft.add(
            Conversation,
            id=draft.new_id(), contact_id=contact["id"], parent_id=None, title=None, state=State.BOT, epoch=0,
            last_seq=0, agent_id=None, priority=0, waiting_since=None, queue_position=None, expected_wait=None,
            bot_while_waiting=False, started_at=started, active_at=started,
        )

    def write(self, talk: Talk, words: dict[str, str]) -> None:
        words = words | {"agent": self._colleague.name.split()[0]}
        for who, text in talk.lines:
            self._at += timedelta(seconds=self._draft.chance.randint(2, 5) if who == "bot" else self._pause())
            if who in _MOVES:
                self._move(who)
            else:
                self._say(who, text.format_map(words))

    def _pause(self) -> int:
        return self._draft.chance.randint(20, 150)

    def _say(self, who: str, text: str) -> None:
        names = {
            CUSTOMER: (self._contact["id"], self._contact["name"]),
            AGENT: (self._colleague.id, self._colleague.name),
        }
        author_id, author_name = names.get(who, (None, self._draft.business.assistant.name))
        message = self._draft.add(
            Message,
            conversation_id=self._row["id"], id=self._draft.new_id(), seq=self._row["last_seq"] + 1, private=False,
            author=who, author_id=author_id, author_name=author_name, text=text, payload=None, buttons=[],
            reply_to=None, fingerprint=digest(text, None), at=self._at, edited_at=None, deleted_at=None,
        )
        self._event("message", {}, message["id"])
        self._row["active_at"] = self._at
        self._row["title"] = self._row["title"] or text

    def _move(self, move: str) -> None:
        before, after, reason = _MOVES[move]
        by_agent = move != ASKS
        self._row["epoch"] += 1
        self._row["state"] = after
        self._draft.add(
            Transition,
            conversation_id=self._row["id"], epoch=self._row["epoch"], at=self._at,
            actor="agent" if by_agent else "bot", actor_id=self._colleague.id if by_agent else None,
            from_state=before, to_state=after, reason=reason, note=None,
        )
        self._event("transition", {
            "epoch": self._row["epoch"], "from": before, "to": after, "reason": reason,
            "agent": {"name": self._colleague.name} if move == TAKES else None,
        })
        if move == ASKS:
            self._handoff = self._draft.add(
                Handoff,
                conversation_id=self._row["id"], epoch=self._row["epoch"], reason=reason, asked=self._row["title"],
                slots={}, requested_at=self._at, taken_at=None, agent_id=None,
            )
        elif move == TAKES:
            self._handoff |= {"taken_at": self._at, "agent_id": self._colleague.id}

    def _event(self, kind: str, body: dict[str, Any], message_id: str | None = None) -> None:
        self._row["last_seq"] += 1
        self._draft.add(
            Event,
            conversation_id=self._row["id"], seq=self._row["last_seq"], type=kind, at=self._at,
            message_id=message_id, body=body,
        )
