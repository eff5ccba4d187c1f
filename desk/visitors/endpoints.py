"""The visitor's routes, as docs/protocol.md gives them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desk.desk import TheDesk
from desk.visitors.schemas import BotWhileWaiting, NewMessage, Nothing
from desk.visitors.sign_in import Shown, Token
from support.chat import conversations, incoming, left_messages, waiting
from support.chat.ownership import Actor
from support.clock import now
from support.signing_in import visitors
from support.text import MAX_TEXT, new_id

router = APIRouter(prefix="/v1/visitor")



@router.get("/config")
async def config(desk: TheDesk) -> Shown:
    business, at = desk.business, now()
    opening = business.opening_hours.next_opening(at)
    return {
        "shop": business.shop.name,
        "assistant": business.assistant.name,
        "greeting": business.assistant.greeting,
        "colour": business.shop.colour,
        "languages": ["en"],
        "people_available": business.opening_hours.is_open(at),
        "people_back_at": opening.isoformat() if opening else None,
        "max_text": MAX_TEXT,
    }


@router.get("/conversations")
async def list_conversations(desk: TheDesk, token: Token) -> Shown:
    async with desk.database.read() as session:
        visitor = await visitors.authenticate(session, token)
        found = await conversations.of_contact(session, visitor.contact)
        return {"conversations": [await conversations.describe(session, one) for one in found]}


@router.put("/conversations/{conversation_id}")
async def start_conversation(
    desk: TheDesk, token: Token, conversation_id: str, _: Nothing, response: Response
) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation, is_new = await conversations.start(session, visitor.contact, conversation_id)
        response.status_code = 201 if is_new else 200
        return await conversations.describe(session, conversation)


@router.get("/conversations/{conversation_id}")
async def show_conversation(desk: TheDesk, token: Token, conversation_id: str) -> Shown:
    async with desk.database.read() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.find(session, conversation_id, contact=visitor.contact)
        return await conversations.describe(session, conversation)


@router.get("/conversations/{conversation_id}/events")
async def read_events(
    desk: TheDesk, token: Token, conversation_id: str,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0, limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Shown:
    async with desk.database.read() as session:
        visitor = await visitors.authenticate(session, token)
        found = await conversations.find(session, conversation_id, contact=visitor.contact)
        page = await conversations.events_after(session, found.id, after, limit=limit)
    return {"events": page.events, "last_seq": page.last_seq, "more": page.more}


@router.put("/conversations/{conversation_id}/messages/{message_id}")
async def send_message(
    desk: TheDesk, token: Token, conversation_id: str, message_id: str, body: NewMessage, response: Response
) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.lock(session, conversation_id, contact=visitor.contact)
        message, is_new = await incoming.send(
            session, conversation, visitor.contact, desk.rules,
            message_id=message_id, text=body.text, payload=body.payload,
        )
    response.status_code = 201 if is_new else 200
    return {"message_id": message.id, "seq": message.seq}


@router.post("/conversations/{conversation_id}/person")
async def ask_for_person(desk: TheDesk, token: Token, conversation_id: str, _: Nothing) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.lock(session, conversation_id, contact=visitor.contact)
        await waiting.ask_for_person(
            session, conversation, desk.business, actor=Actor("customer", visitor.contact.id), reason="asked",
            key=f"person {conversation.epoch}",
        )
        return await conversations.describe(session, conversation)


@router.delete("/conversations/{conversation_id}/person")
async def withdraw(desk: TheDesk, token: Token, conversation_id: str) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.lock(session, conversation_id, contact=visitor.contact)
        await waiting.withdraw(
            session, conversation, desk.business, actor=Actor("customer", visitor.contact.id), key=new_id()
        )
        return await conversations.describe(session, conversation)


@router.put("/conversations/{conversation_id}/bot-while-waiting")
async def let_bot_answer(desk: TheDesk, token: Token, conversation_id: str, body: BotWhileWaiting) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.lock(session, conversation_id, contact=visitor.contact)
        await waiting.let_bot_answer(
            session, conversation, desk.business, wanted=body.wanted, key=f"meanwhile {conversation.epoch}"
        )
        return await conversations.describe(session, conversation)


@router.put("/conversations/{conversation_id}/left-message/{new_id}")
async def leave_message(
    desk: TheDesk, token: Token, conversation_id: str, new_id: str, _: Nothing, response: Response
) -> Shown:
    async with desk.database.write() as session:
        visitor = await visitors.authenticate(session, token)
        conversation = await conversations.lock(session, conversation_id, contact=visitor.contact)
        left, is_new = await left_messages.leave(
            session, conversation, visitor.contact, desk.business, new_id=new_id
        )
        response.status_code = 201 if is_new else 200
        return await conversations.describe(session, left)
