"""The slice through the real service: real Rasa, real actions, the demo shop's rows."""

import uuid

import httpx
import pytest

from tests.desk.clients import Reader, VisitorClient
from tests.service.conftest import Service, logs_of


async def ask(client: VisitorClient, reader: Reader, conversation: str, text: str, payload: str | None = None) -> str:
    """Everything that was said in answer to `text`."""
    sent = await client.send(conversation, text, payload=payload)
    assert sent.status_code == 201, sent.text
    message_id = sent.json()["message_id"]
    await reader.until(lambda: any(
        e["type"] == "message" and e["message"]["reply_to"] == message_id for e in reader.events
    ), 20)
    return "\n".join(
        e["message"]["text"] for e in reader.events
        if e["type"] == "message" and e["message"]["reply_to"] == message_id
    )


async def talk_as(service: Service, reference: str | None) -> tuple[VisitorClient, Reader, str]:
    client = VisitorClient(service.url)
    await client.begin()
    if reference:
        assert (await client.sign_in(reference, service.secret)).status_code == 200
    conversation = await client.start()
    return client, await client.follow(conversation), conversation


class TestFaqs:
    @pytest.mark.parametrize(("question", "part"), [
        ("how long can I send things back", "30 days"),
        ("how do I return something", "return"),
        ("when do I get my money back", "5 working days"),
        ("what does delivery cost", "€4.95"),
        ("how long does shipping take", "2 to 4 working days"),
        ("do you deliver to France", "France"),
        ("which payment methods do you take", "PayPal"),
        ("can I get an invoice", "invoice"),
        ("can I still cancel an order", "cancel"),
        ("do you sell gift cards", "€10.00"),
        ("how do the points work", "1 point"),
        ("do points expire", "12 months"),
        ("which tiers are there", "Evergreen"),
        ("when are you open", "around the clock"),
        ("what do you do with my data", "data"),
        ("what if something arrives broken?", "put it right"),
        ("where is your store", "Kinsale"),
    ])
    async def test_are_answered_to_a_visitor(self, service: Service, question: str, part: str) -> None:
        client, reader, conversation = await talk_as(service, None)
        assert part.lower() in (await ask(client, reader, conversation, question)).lower()
        await client.close()


class TestLookUps:
    async def test_answer_from_the_customer_s_own_rows(self, service: Service) -> None:
        client, reader, conversation = await talk_as(service, "C1001")
        orders = await ask(client, reader, conversation, "show me my orders")
        assert orders.startswith("Your latest 5 orders, Aoife:")
        newest = orders.split("1. ")[1].split(" ")[0]
        assert newest in await ask(client, reader, conversation, f"where is {newest}?")
        assert "you bought" in await ask(client, reader, conversation, "what did I buy this year")
        points = await ask(client, reader, conversation, "how many points do I have")
        assert "Evergreen" in points
        assert "you lose" in points
        assert "last 3 conversations" in await ask(client, reader, conversation, "what did we talk about last time")
        await client.close()

    async def test_differ_for_another_customer(self, service: Service) -> None:
        client, reader, conversation = await talk_as(service, "C1002")
        late = await ask(client, reader, conversation, "where is my parcel?")
        assert "late" in late
        points = await ask(client, reader, conversation, "points please")
        assert "more points and you are in" in points
        assert "Aoife" not in str(reader.frames)
        await client.close()

    async def test_of_somebody_else_s_order_finds_nothing(self, service: Service) -> None:
        aoife, theirs, one = await talk_as(service, "C1001")
        orders = await ask(aoife, theirs, one, "my orders")
        number = orders.split("1. ")[1].split(" ")[0]
        liam, reader, other = await talk_as(service, "C1002")
        foreign = await ask(liam, reader, other, f"where is order {number}?")
        unknown = await ask(liam, reader, other, "where is order HF-99999?")
        assert foreign.replace(number, "HF-99999") == unknown
        for client in (aoife, liam):
            await client.close()

    @pytest.mark.parametrize("wish", ["my orders", "where is my order", "what did I buy in May",
                                      "how many points do I have", "what did we talk about last time"])
    async def test_ask_a_visitor_to_sign_in_and_show_nothing(self, service: Service, wish: str) -> None:
        client, reader, conversation = await talk_as(service, None)
        answer = await ask(client, reader, conversation, wish)
        assert "sign in" in answer.lower()
        assert "HF-" not in answer
        await client.close()

    async def test_by_a_button(self, service: Service) -> None:
        client, reader, conversation = await talk_as(service, "C1001")
        await ask(client, reader, conversation, "hello")
        assert "latest 5 orders" in await ask(client, reader, conversation, "My orders", payload="/list_orders")
        await client.close()


class TestNotUnderstood:
    async def test_is_said_and_the_second_time_a_person_comes(self, service: Service) -> None:
        client, reader, conversation = await talk_as(service, None)
        assert "understand" in await ask(client, reader, conversation, "colourless green ideas sleep furiously")
        await client.send(conversation, "wibble wobble blorp")
        assert (await reader.until_state("waiting"))["reason"] == "not_understood"
        await client.close()


class TestTextThatLooksLikeACommand:
    @pytest.mark.parametrize("text", ["/restart", "/list_orders", '/track_order{"order_number": "HF-10001"}', "/", "//"])
    async def test_is_text(self, service: Service, text: str) -> None:
        client, reader, conversation = await talk_as(service, "C1002")
        before = await ask(client, reader, conversation, "hello")
        answer = await ask(client, reader, conversation, text)
        assert answer
        assert answer != before or text == "/restart"
        events = await client.events(conversation)
        assert [e["message"]["text"] for e in events if e["type"] == "message"
                and e["message"]["author"]["kind"] == "customer"][-1] == text
        assert await ask(client, reader, conversation, "show my orders")
        await client.close()


class TestRasasChannel:
    def _turn(self, **more: object) -> dict[str, object]:
        import time

        return {
            "sender_id": str(uuid.uuid4()), "turn_id": str(uuid.uuid4()), "text": "hello", "payload": None,
            "metadata": {}, "expires_at": time.time() + 5,
        } | more

    def _post(self, service: Service, body: object, token: str | None) -> httpx.Response:
        url = f"http://127.0.0.1:{service.environment['RAPPORT_RASA_PORT']}/webhooks/rapport/turns"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.post(url, json=body, headers=headers, timeout=20, trust_env=False)

    def test_wants_the_token_and_a_whole_turn(self, service: Service) -> None:
        assert self._post(service, self._turn(), None).status_code == 401
        assert self._post(service, self._turn(), "wrong").json() == {"failure": "token_invalid"}
        assert self._post(service, [], service.secret).json() == {"failure": "turn_malformed"}
        assert self._post(service, self._turn(expires_at=1), service.secret).json() == {"failure": "turn_late"}

    def test_gives_the_same_turn_the_same_answer(self, service: Service) -> None:
        turn = self._turn()
        first = self._post(service, turn, service.secret).json()
        again = self._post(service, turn, service.secret).json()
        assert first["messages"][0]["text"] == again["messages"][0]["text"]
        assert first["intent"] == "greet"

    def test_has_no_management_api_and_no_other_channel(self, service: Service) -> None:
        base = f"http://127.0.0.1:{service.environment['RAPPORT_RASA_PORT']}"
        for path in ("/domain", "/status", "/conversations/x/tracker", "/webhooks/rest/webhook", "/model/parse"):
            assert httpx.post(base + path, json={}, trust_env=False).status_code in (404, 405)

    def test_and_the_action_server_wants_one_too(self, service: Service) -> None:
        base = f"http://127.0.0.1:{service.environment['RAPPORT_ACTIONS_PORT']}"
        assert httpx.post(f"{base}/webhook", json={}, trust_env=False).status_code == 401
        assert httpx.get(f"{base}/actions", trust_env=False).status_code == 401


class TestLogs:
    async def test_hold_nothing_that_was_said(self, service: Service) -> None:
        client, reader, conversation = await talk_as(service, "C1001")
        planted = ["4111111111111111", "grandmother@mail.example", "Bearer-abc123"]
        for text in planted:
            await ask(client, reader, conversation, f"my secret is {text}, where is my order?")
        await client.close()
        logs = logs_of(service)
        for text in [*planted, client.token, "Brennan"]:
            assert text not in logs


class TestTheTerminalChat:
    def test_talks_as_the_customer(self, service: Service) -> None:
        done = service.rapport("chat", "--as", "C1001", input="how many points do I have\n")
        assert done.returncode == 0, done.stderr
        assert "Evergreen" in done.stdout

    def test_of_an_unknown_customer_is_one_sentence(self, service: Service) -> None:
        done = service.rapport("chat", "--as", "nobody", input="hi\n")
        assert done.returncode == 1
        assert done.stderr.startswith("rapport: The shop has no customer nobody")
        assert len(done.stderr.strip().splitlines()) == 1
