"""How long customers wait for the bot: the whole service, several customers at once, beside Rasa alone.

    .venv/bin/python benchmarks/bot_answers.py [--customers 5] [--turns 40]

A turn begins when the customer's message is sent and ends when the bot's last bubble has arrived on the customer's
socket. The baseline, in the same run on the same Rasa, is the same question put to Rasa's own port without the desk:
what no gateway could be faster than.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.desk.clients import Reader, VisitorClient
from tests.service.conftest import Service, start, stop

QUESTIONS = [
    "where is my order?", "how many points do I have", "show my orders", "what did I buy last month",
    "how long can I return things", "what did we talk about last time", "do you deliver to France", "thank you",
]
CUSTOMERS = ["C1001", "C1002", "C1003", "C1004", "C1005", "C1006"]


async def one_customer(service: Service, reference: str, turns: int) -> list[float]:
    client = VisitorClient(service.url)
    await client.begin()
    await client.sign_in(reference, service.secret)
    conversation = await client.start()
    reader = await client.follow(conversation)
    times = []
    for number in range(turns):
        times.append(await one_turn(reader, conversation, QUESTIONS[number % len(QUESTIONS)]))
    await client.close()
    return times


async def one_turn(reader: Reader, conversation: str, text: str) -> float:
    message_id = str(uuid.uuid4())
    began = time.perf_counter()
    await reader.send(type="send", conversation_id=conversation, id=message_id, text=text)
    await reader.until(lambda: any(
        e["type"] == "message" and e["message"]["reply_to"] == message_id for e in reader.events[-4:]
    ), 20)
    return time.perf_counter() - began


async def rasa_alone(service: Service, customers: int, turns: int) -> list[float]:
    base = f"http://127.0.0.1:{service.environment['RAPPORT_RASA_PORT']}"
    headers = {"Authorization": f"Bearer {service.secret}"}
    async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False, timeout=20) as http:

        async def one() -> list[float]:
            sender, times = str(uuid.uuid4()), []
            for number in range(turns):
                turn = {
                    "sender_id": sender, "turn_id": str(uuid.uuid4()), "text": QUESTIONS[number % len(QUESTIONS)],
                    "payload": None, "metadata": {"level": "visitor"}, "expires_at": time.time() + 10,
                }
                began = time.perf_counter()
                answer = await http.post("/webhooks/rapport/turns", json=turn)
                assert answer.json()["messages"], answer.text
                times.append(time.perf_counter() - began)
            return times

        return [t for times in await asyncio.gather(*(one() for _ in range(customers))) for t in times]


def percentile(times: list[float], share: int) -> float:
    """In milliseconds."""
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1] * 1000


async def measure(service: Service, customers: int, turns: int) -> None:
    await one_customer(service, CUSTOMERS[0], len(QUESTIONS))  # the first turns warm caches up
    alone = await rasa_alone(service, customers, turns)
    together = await asyncio.gather(
        *(one_customer(service, CUSTOMERS[n % len(CUSTOMERS)], turns) for n in range(customers))
    )
    whole = [t for times in together for t in times]
    print(f"{customers} customers at once, {turns} turns each, milliseconds a turn")
    print(f"{'':<22}{'p50':>8}{'p95':>8}{'p99':>8}")
    for name, times in (("Rasa and actions alone", alone), ("the whole service", whole)):
        print(f"{name:<22}{percentile(times, 50):8.0f}{percentile(times, 95):8.0f}{percentile(times, 99):8.0f}")
    ratio = percentile(whole, 95) / percentile(alone, 95)
    print(f"the whole service's p95 is {ratio:.2f} times that of Rasa alone; the goal is a p95 under 300 ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=5)
    parser.add_argument("--turns", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rapport-benchmark-") as folder:
        service = start(Path(folder))
        try:
            asyncio.run(measure(service, given.customers, given.turns))
        finally:
            stop(service)


if __name__ == "__main__":
    main()
