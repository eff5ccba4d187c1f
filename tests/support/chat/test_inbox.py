"""What agents see before they take a conversation: the inbox's rows and the handoff card."""

from datetime import timedelta

from support import clock
from support.chat import handoff_card, inbox, messages, waiting
from support.chat.ownership import Actor
from support.models.conversations import Author, State
from support.text import new_id
from tests.support.chat.talking import claimed, create_agent, create_contact, create_talk, say
from tests.support.shop_rows import create_account, create_customer, create_order, earn

YEAR = timedelta(days=365)


async def create_member(session, points=0):
    """A contact who is a customer of ours with so many points."""
    customer, contact = await create_customer(session), await create_contact(session)
    account = await create_account(session, customer)
    if points:
        await earn(session, account, points, at=clock.now(), expires_at=clock.now() + YEAR)
    contact.customer_id, contact.name = customer.id, customer.name
    await session.flush()
    return contact, customer


async def ask(session, conversation, rules, **slots):
    await waiting.ask_for_person(
        session, conversation, rules, actor=Actor("customer"), reason="asked", key="k", slots=slots
    )


class TestRows:
    async def test_those_that_wait_come_first_by_priority_then_those_with_agents(self, session, always):
        maya = await create_agent(session)
        member, _ = await create_member(session, 3000)
        visitor = await create_contact(session)
        talks = {}
        for name, contact in (("bot", visitor), ("waits", visitor), ("taken", visitor), ("oak", member)):
            state = State.AGENT if name == "taken" else State.BOT
            talks[name] = await create_talk(session, contact, state, maya)
            await say(session, talks[name], contact, always, name)
        await ask(session, talks["waits"], always)
        await ask(session, talks["oak"], always)
        rows = await inbox.rows(session, always)
        assert [(row["preview"], row["priority"], row["reason"]) for row in rows] == [
            ("oak", 10, "asked"), ("waits", 0, "asked"), ("taken", 0, None), ("bot", 0, None),
        ]
        assert rows[0]["contact"] == {"name": "Aoife Brennan", "level": "signed_in", "tier": "Oak"}
        assert rows[1]["contact"] == {"name": None, "level": "visitor", "tier": None}
        assert (rows[2]["agent"], rows[2]["waiting_since"]) == ({"id": maya.id, "name": "Maya"}, None)

    async def test_a_talk_in_which_nobody_said_anything_and_an_old_one_are_left_out(self, session, always):
        visitor = await create_contact(session)
        await create_talk(session, visitor)
        old = await create_talk(session, visitor)
        await say(session, old, visitor, always)
        clock.shift(timedelta(days=8))
        assert await inbox.rows(session, always) == []
        assert [row["id"] for row in await inbox.rows(session, always, only={old.id})] == [old.id]

    async def test_notes_and_what_was_taken_back_are_no_preview(self, session, always):
        maya, visitor = await create_agent(session), await create_contact(session)
        conversation = await create_talk(session, visitor, State.AGENT, maya)
        await say(session, conversation, visitor, always, "x" * 130)
        taken_back, _ = await messages.write_as_agent(
            session, conversation, agent=maya, message_id=new_id(), text="oops"
        )
        await messages.delete(session, conversation, agent=maya, message_id=taken_back.id)
        await messages.add_note(session, conversation, agent=maya, note_id=new_id(), text="careful")
        assert [row["preview"] for row in await inbox.rows(session, always)] == ["x" * 120]


class TestCard:
    async def test_a_conversation_that_never_had_a_handoff_has_none(self, session, always):
        conversation = await create_talk(session, await create_contact(session))
        assert await handoff_card.of(session, conversation, always) is None

    async def test_a_visitors_says_how_sure_we_are_and_names_no_orders(self, session, always):
        visitor = await create_contact(session)
        conversation = await create_talk(session, visitor)
        await say(session, conversation, visitor, always, "my lamp is broken")
        turn = await claimed(session, conversation)
        turn.status, turn.intent, turn.confidence = "answered", "report_damage", 0.8
        await messages.store(session, conversation, message_id=new_id(), author=Author.BOT, text="Oh no")
        await ask(session, conversation, always, order="HF-1", misunderstandings=2, line=None)
        card = await handoff_card.of(session, conversation, always)
        assert (card["asked"], card["reason_text"], card["slots"]) == (
            "my lamp is broken", "Asked for a person", {"order": "HF-1"}
        )
        assert card["identity"] == {
            "level": "visitor", "name": None, "email": None, "how_sure": "A visitor who has not signed in"
        }
        assert (card["orders"], card["orders_count"], card["points"]) == ([], 0, None)
        assert (card["tried"], card["understood"]) == (
            ["Oh no"], [{"text": "my lamp is broken", "intent": "report_damage", "confidence": 0.8}]
        )

    async def test_a_customers_has_their_orders_and_points(self, session, always):
        member, customer = await create_member(session, 120)
        for number in range(6):
            await create_order(session, customer, f"HF-{number}", placed_at=clock.now() - timedelta(days=number))
        conversation = await create_talk(session, member)
        await ask(session, conversation, always)
        card = await handoff_card.of(session, conversation, always)
        assert (card["orders_count"], [one["number"] for one in card["orders"]]) == (6, [f"HF-{n}" for n in range(5)])
        assert (card["orders"][0]["total"], card["orders"][0]["status"]) == ("€15.00", "delivered")
        assert card["points"] == {"balance": 120, "tier": "Seedling"}
        assert (card["identity"]["email"], card["identity"]["level"]) == ("aoife@example.com", "signed_in")
