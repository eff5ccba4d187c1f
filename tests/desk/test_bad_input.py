"""What bad input gets: a clear error with a stable code to its sender, and nothing to anybody else."""

import json
import uuid
from typing import Any

import pytest

from tests.desk.conftest import RunningDesk

PRIVATE = "4111 1111 1111 1111 ada@mail.example"


@pytest.mark.parametrize(("text", "code"), [
    ("", "message_empty"), ("   \n ", "message_empty"), ("\u200b\u200d", "message_empty"),
    (PRIVATE + "\x00", "text_invalid"), (PRIVATE + "\x1b[31m", "text_invalid"), (PRIVATE + "\x7f", "text_invalid"),
    ("x" * 4001, "message_too_long"), (PRIVATE * 500, "message_too_long"),
])
async def test_a_text_that_may_not_be_is_refused_both_ways(
    desk: RunningDesk, text: str, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = await desk.visitor()
    conversation = await visitor.start()
    answer = await visitor.send(conversation, text)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    reader = await visitor.follow(conversation)
    message_id = str(uuid.uuid4())
    await reader.send(type="send", conversation_id=conversation, id=message_id, text=text)
    refused = await reader.until_frame("error")
    assert (refused["code"], refused["id"]) == (code, message_id)
    assert await visitor.events(conversation) == []
    assert "4111" not in caplog.text
    assert "ada@" not in caplog.text


@pytest.mark.parametrize("text", ["x" * 4000, "two\nlines\tand a tab", "😀" * 4000, "/", "שלום", "e\u0301", "﷽"])
async def test_a_text_that_may_be_is_kept_as_it_is(desk: RunningDesk, text: str) -> None:
    visitor = await desk.visitor()
    conversation = await visitor.start()
    assert (await visitor.send(conversation, text)).status_code == 201
    assert (await visitor.events(conversation))[0]["message"]["text"] == text


@pytest.mark.parametrize(("body", "status", "code"), [
    (b"", 400, "body_malformed"), (b"{", 400, "body_malformed"), (b"[]", 400, "body_malformed"),
    (b'{"text": 5}', 400, "body_malformed"), (b'{"text": "hi", "more": 1}', 400, "body_malformed"),
    (b'{"text": "\\ud800"}', 422, "text_invalid"), (b'{"text": null}', 400, "body_malformed"),
    (b'{"text": "' + b"x" * 1_000_000 + b'"}', 413, "body_too_large"), (b"\xff\xfe", 400, "body_malformed"),
    (b"[" * 60_000, 400, "body_malformed"),
])
async def test_a_body_that_is_wrong_is_refused(desk: RunningDesk, body: bytes, status: int, code: str) -> None:
    visitor = await desk.visitor()
    conversation = await visitor.start()
    answer = await visitor.http.put(
        f"/v1/visitor/conversations/{conversation}/messages/{uuid.uuid4()}", content=body,
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert await visitor.events(conversation) == []


@pytest.mark.parametrize("message_id", ["x", "5", pytest.param(str(uuid.uuid4())[:-1], id="one sign short"), "0" * 36, "..%2F..%2Fetc"])
async def test_an_id_that_is_none_is_refused(desk: RunningDesk, message_id: str) -> None:
    visitor = await desk.visitor()
    conversation = await visitor.start()
    answer = await visitor.send(conversation, "hi", message_id)
    assert answer.status_code in (404, 422)
    assert answer.json()["error"]["code"] in ("id_invalid", "not_found")
    reader = await visitor.follow(conversation)
    await reader.send(type="send", conversation_id=conversation, id=message_id, text="hi")
    assert (await reader.until_frame("error"))["code"] == "id_invalid"


@pytest.mark.parametrize(("raw", "code"), [
    ("{", "frame_malformed"), ("[]", "frame_malformed"), ('"x"', "frame_malformed"), ("null", "frame_malformed"),
    ("{}", "frame_unknown"), ('{"type": "shout"}', "frame_unknown"), ('{"type": 5}', "frame_unknown"),
    ('{"type": "send"}', "frame_malformed"), ('{"type": "subscribe", "conversation_id": 5}', "frame_malformed"),
    ('{"type": "subscribe", "conversation_id": "x", "after": -1}', "frame_malformed"),
    ('{"type": "subscribe", "conversation_id": "x", "after": "0"}', "frame_malformed"),
    ('{"type": "subscribe", "conversation_id": "nope", "after": 0}', "not_found"),
    (b"\x00\x01", "frame_malformed"), ("[" * 50_000, "frame_malformed"),
    (json.dumps({"type": "send", "text": "x" * 1_000_000}), "frame_too_large"),
])
async def test_a_frame_that_is_wrong_is_told_and_the_socket_lives_on(
    desk: RunningDesk, raw: Any, code: str
) -> None:
    visitor = await desk.visitor()
    conversation = await visitor.start()
    reader = await visitor.follow(conversation)
    await reader.socket.send(raw)
    assert (await reader.until_frame("error"))["code"] == code
    await visitor.send(conversation, "still there?")
    await reader.until_text("You said: still there?")


async def test_unknown_conversations_routes_and_methods_have_their_codes(desk: RunningDesk) -> None:
    visitor = await desk.visitor()
    unknown = await visitor.send(str(uuid.uuid4()), "hi")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "not_found")
    nowhere = await visitor.http.get("/v1/visitor/nothing")
    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "not_found")
    wrong = await visitor.http.delete("/v1/visitor/conversations")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")
    page = await visitor.http.get(f"/v1/visitor/conversations/{await visitor.start()}/events", params={"after": "x"})
    assert (page.status_code, page.json()["error"]["code"]) == (400, "body_malformed")


async def test_nothing_of_it_reaches_somebody_else(desk: RunningDesk) -> None:
    visitor, agent = await desk.visitor(), await desk.agent()
    conversation = await visitor.start()
    await visitor.send(conversation, "hello")
    console = await agent.follow(conversation)
    seen = len(console.frames)
    reader = await visitor.follow(conversation)
    for raw in ("{", '{"type": "send"}', json.dumps({
        "type": "send", "conversation_id": conversation, "id": str(uuid.uuid4()), "text": PRIVATE, "payload": "/never",
    })):
        await reader.socket.send(raw)
    await reader.until(lambda: len([f for f in reader.frames if f["type"] == "error"]) == 3)
    await visitor.send(conversation, "the end")
    await console.until_text("the end")
    assert "4111" not in str(console.frames[seen:])
    assert {f["type"] for f in console.frames[seen:]} == {"events"}
