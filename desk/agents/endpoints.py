"""The console's routes, as docs/protocol.md gives them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from desk.agents.schemas import Parting, Written
from desk.agents.sign_in import TheAgent
from desk.desk import Desk, TheDesk
from desk.visitors.schemas import Nothing
from support.chat import conversations, handoff_card, handoffs, inbox, messages
from support.models.conversations import Contact, Conversation, Message
from support.text import clean

router = APIRouter(prefix="/v1/agent")
Shown = dict[str, Any]


@router.get("/inbox")
async def show_inbox(desk: TheDesk, _: TheAgent) -> Shown:
    async with desk.database.read() as session:
        return {"rows": await inbox.rows(session, desk.business)}


@router.get("/conversations/{conversation_id}")
async def show_conversation(desk: TheDesk, _: TheAgent, conversation_id: str) -> Shown:
    async with desk.database.read() as session:
        conversation = await conversations.find(session, conversation_id)
        contact = await session.get_one(Contact, conversation.contact_id)
        level = "signed_in" if contact.customer_id else "visitor"
        return await conversations.describe(session, conversation) | {
            "contact": {"name": contact.name, "level": level},
            "card": await handoff_card.of(session, conversation, desk.business),
        }


@router.get("/conversations/{conversation_id}/events")
async def read_events(
    desk: TheDesk, _: TheAgent, conversation_id: str,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0, limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Shown:
    async with desk.database.read() as session:
        found = await conversations.find(session, conversation_id)
        page = await conversations.events_after(session, found.id, after, limit=limit, private=True)
    return {"events": page.events, "last_seq": page.last_seq, "more": page.more}


@router.post("/conversations/{conversation_id}/take-over")
async def take_over(desk: TheDesk, found: TheAgent, conversation_id: str, _: Nothing) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        await handoffs.take_over(session, conversation, desk.business, agent=found.agent)
        return await conversations.describe(session, conversation)


@router.post("/conversations/{conversation_id}/hand-back")
async def hand_back(desk: TheDesk, found: TheAgent, conversation_id: str, body: Parting) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        await handoffs.hand_back(session, conversation, agent=found.agent, note=_note(body))
        return await conversations.describe(session, conversation)


@router.post("/conversations/{conversation_id}/resolve")
async def resolve(desk: TheDesk, found: TheAgent, conversation_id: str, body: Parting) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        await handoffs.resolve(session, conversation, agent=found.agent, note=_note(body))
        return await conversations.describe(session, conversation)


def _note(body: Parting) -> str | None:
    return clean(body.note) if body.note and body.note.strip() else None


@router.put("/conversations/{conversation_id}/messages/{message_id}")
async def write(
    desk: TheDesk, found: TheAgent, conversation_id: str, message_id: str, body: Written, response: Response
) -> Shown:
    message, is_new = await write_as(desk, found, conversation_id, message_id, body.text)
    response.status_code = 201 if is_new else 200
    return {"message_id": message.id, "seq": message.seq}


async def write_as(
    desk: Desk, found: TheAgent, conversation_id: str, message_id: str, text: str
) -> tuple[Message, bool]:
    """Store what the agent says; the same from a route and from a socket."""
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        return await messages.write_as_agent(
            session, conversation, agent=found.agent, message_id=message_id, text=text
        )


@router.patch("/conversations/{conversation_id}/messages/{message_id}")
async def edit(
    desk: TheDesk, found: TheAgent, conversation_id: str, message_id: str, body: Written
) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        message = await messages.edit(
            session, conversation, agent=found.agent, message_id=message_id, text=body.text
        )
    return _changed(conversation, message)


@router.delete("/conversations/{conversation_id}/messages/{message_id}")
async def delete(desk: TheDesk, found: TheAgent, conversation_id: str, message_id: str) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        message = await messages.delete(session, conversation, agent=found.agent, message_id=message_id)
    return _changed(conversation, message)


def _changed(conversation: Conversation, message: Message) -> Shown:
    return {"message_id": message.id, "seq": conversation.last_seq}


@router.put("/conversations/{conversation_id}/notes/{note_id}")
async def add_note(
    desk: TheDesk, found: TheAgent, conversation_id: str, note_id: str, body: Written, response: Response
) -> Shown:
    async with desk.database.write() as session:
        conversation = await conversations.lock(session, conversation_id)
        note, is_new = await messages.add_note(
            session, conversation, agent=found.agent, note_id=note_id, text=body.text
        )
    response.status_code = 201 if is_new else 200
    return {"note_id": note.id, "seq": note.seq}
