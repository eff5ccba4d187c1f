"""The agents' inbox: a row a conversation, those that wait first."""

from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.agents import Agent
from support.models.conversations import Contact, Conversation, Handoff, Message, State
from support.points import loyalty
from support.policy.business import Business

MOST = 200
RECENT = timedelta(days=7)  # how long a conversation without an agent stays in sight
PREVIEW = 120  # characters


async def rows(
    session: AsyncSession, business: Business, *, only: set[str] | None = None
) -> list[dict[str, Any]]:
    """The inbox as docs/protocol.md shows it, at most `MOST` rows; `only` these conversations if given.

    Conversations in which nobody has said anything are left out.
    """
    group = case(
        (Conversation.state == State.WAITING, 0), (Conversation.state == State.AGENT, 1), else_=2
    )
    query = (
        select(Conversation, Contact, Agent)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Agent, Agent.id == Conversation.agent_id)
        .where(Conversation.last_seq > 0)
        .order_by(
            group, Conversation.priority.desc(), Conversation.waiting_since, Conversation.active_at.desc()
        )
        .limit(MOST)
    )
    if only is not None:
        query = query.where(Conversation.id.in_(only))
    else:
        busy = Conversation.state.in_((State.WAITING, State.AGENT))
        query = query.where(busy | (Conversation.active_at > clock.now() - RECENT))
    found = (await session.execute(query)).all()
    ids = [row.Conversation.id for row in found]
    previews, reasons = await _previews(session, ids), await _reasons(session, ids)
    tiers = {
        contact.id: await _tier(session, contact, business)
        for conversation, contact, _ in found if conversation.state in (State.WAITING, State.AGENT)
    }
    return [
        _row(conversation, contact, agent, previews, reasons, tiers)
        for conversation, contact, agent in found
    ]


async def _tier(session: AsyncSession, contact: Contact, business: Business) -> str | None:
    if contact.customer_id is None:
        return None
    standing = await loyalty.standing(session, contact.customer_id, clock.now(), business=business)
    return standing.tier.name


async def _previews(session: AsyncSession, ids: list[str]) -> dict[str, str]:
    last = (
        select(Message.conversation_id, func.max(Message.seq).label("seq"))
        .where(
            Message.conversation_id.in_(ids), Message.private.is_(False), Message.deleted_at.is_(None),
            Message.author != "system",
        )
        .group_by(Message.conversation_id)
        .subquery()
    )
    query = select(Message.conversation_id, Message.text).join(
        last, (last.c.conversation_id == Message.conversation_id) & (last.c.seq == Message.seq)
    )
    return {row.conversation_id: row.text[:PREVIEW] for row in await session.execute(query)}


async def _reasons(session: AsyncSession, ids: list[str]) -> dict[str, str]:
    query = (
        select(Handoff.conversation_id, Handoff.reason)
        .where(Handoff.conversation_id.in_(ids))
        .order_by(Handoff.epoch)
    )
    return {row.conversation_id: row.reason for row in await session.execute(query)}


def _row(
    conversation: Conversation, contact: Contact, agent: Agent | None, previews: dict[str, str],
    reasons: dict[str, str], tiers: dict[str, str | None],
) -> dict[str, Any]:
    waiting = conversation.waiting_since
    return {
        "id": conversation.id,
        "state": conversation.state,
        "epoch": conversation.epoch,
        "last_seq": conversation.last_seq,
        "active_at": conversation.active_at.isoformat(),
        "title": conversation.title,
        "preview": previews.get(conversation.id, ""),
        "contact": {
            "name": contact.name,
            "level": "signed_in" if contact.customer_id else "visitor",
            "tier": tiers.get(contact.id),
        },
        "agent": {"id": agent.id, "name": agent.name} if agent else None,
        "reason": reasons.get(conversation.id) if waiting or agent else None,
        "priority": conversation.priority,
        "waiting_since": waiting.isoformat() if waiting else None,
    }
