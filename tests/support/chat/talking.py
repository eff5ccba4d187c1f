"""Visitors, agents and conversations for the tests of the chat, and what was said in them."""

from datetime import timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.chat import agents, bot_turns, conversations, incoming, messages
from support.chat.ownership import SYSTEM, Move, apply
from support.models.agents import Agent
from support.models.conversations import Author, BotTurn, Contact, Conversation, Event, Message, State
from support.policy.business import Business
from support.signing_in import visitors
from support.text import new_id

PASSWORD = "a long password"
_numbers = count(1)


async def create_agent(session: AsyncSession, name: str = "Maya") -> Agent:
    return await agents.add(session, email=f"{name}{next(_numbers)}@shop.example", name=name, password=PASSWORD)


async def create_contact(session: AsyncSession) -> Contact:
    _, visitor = await visitors.begin(session)
    return visitor.contact


async def create_talk(
    session: AsyncSession, contact: Contact, state: State = State.BOT, agent: Agent | None = None
) -> Conversation:
    """The contact's conversation, brought to `state` by the moves that lead there."""
    conversation, _ = await conversations.start(session, contact, new_id())
    moves = {
        State.BOT: (), State.WAITING: (Move.ASK_FOR_PERSON,), State.AGENT: (Move.TAKE_OVER,),
        State.RESOLVED: (Move.ASK_FOR_PERSON, Move.RESOLVE),
    }
    for move in moves[state]:
        await apply(session, conversation, move, actor=SYSTEM, reason="asked", agent=agent)
    return conversation


async def say(
    session: AsyncSession, conversation: Conversation, contact: Contact, rules: Business, text: str = "hello", *,
    message_id: str | None = None, payload: str | None = None, most: int = 60,
) -> Message:
    """What the contact sends."""
    message, _ = await incoming.send(
        session, conversation, contact, incoming.Rules(rules, most), message_id=message_id or new_id(), text=text,
        payload=payload,
    )
    return message


async def offer(session: AsyncSession, conversation: Conversation, *payloads: str) -> Message:
    """The bot says something with a button for each payload."""
    return await messages.store(
        session, conversation, message_id=new_id(), author=Author.BOT, text="Choose",
        buttons=[{"title": payload, "payload": payload} for payload in payloads],
    )


async def claimed(session: AsyncSession, conversation: Conversation) -> BotTurn:
    """The conversation's next turn, claimed for a minute."""
    claim = await bot_turns.claim(session, conversation, lease=timedelta(seconds=60))
    assert claim is not None
    return claim.turn


async def said(session: AsyncSession, conversation: Conversation, *authors: Author) -> list[str]:
    """The texts of the conversation by these authors, in order."""
    query = select(Message).where(Message.conversation_id == conversation.id, Message.author.in_(authors or Author))
    return [one.text for one in await session.scalars(query.order_by(Message.seq))]


async def buttons_of(session: AsyncSession, conversation: Conversation) -> list[str]:
    """The payloads of the conversation's last message."""
    query = select(Message).where(Message.conversation_id == conversation.id).order_by(Message.seq.desc()).limit(1)
    last = (await session.scalars(query)).one()
    return [button["payload"] for button in last.buttons]


async def turns(session: AsyncSession, conversation: Conversation) -> list[tuple[str, str, str | None]]:
    """(text, status, failure) of the bot's turns, in order."""
    query = select(BotTurn).where(BotTurn.conversation_id == conversation.id)
    rows = await session.scalars(query.order_by(BotTurn.number, BotTurn.created_at).execution_options(populate_existing=True))
    return [(one.text, one.status, one.failure) for one in rows]


async def event_types(session: AsyncSession, conversation: Conversation) -> list[str]:
    query = select(Event.type).where(Event.conversation_id == conversation.id).order_by(Event.seq)
    return list(await session.scalars(query))
