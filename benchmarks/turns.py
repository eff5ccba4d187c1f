"""What a turn costs in the Rasa process, early and late in a conversation, and what training costs, beside stock Rasa.

    .venv/bin/python benchmarks/turns.py [--only ours stock] [--conversations 10] [--long-ones 3] [--stock-epochs 100]

Both are trained by `rasa train` on data/ and domain.yml without any cache, and served by `rasa run`. A turn is one
request, from sending it until its answer is there: `ours` on the desk's channel, `stock` on Rasa's REST channel. The
action server is a stand-in that answers every action at once with one sentence, and opens and closes the task form:
calling it is in the figures, what actions do is not. Ours has the tracker store of endpoints.yml, on disk; stock has
that of `rasa init`, in memory.

`stock` is what Rasa chooses where a config.yml names nothing: DIET, response selector, memoization, rules, UnexpecTED
and TED. What had to be changed for it: the questions of data/faq, whose answers are metadata that only our classifier
reads, are retrieval intents with responses; and nothing finds the order numbers and periods that our extractor finds
by their patterns, for no example marks any.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.sides import ACTIONS, Side, ours, served, stock, train
from support.settings import DEMO_SECRET
from tests.conftest import free_port

TALK = [
    "hello there", "where has my parcel got to?", "which orders have I placed lately?",
    "until when may I send something back?", "how many points have I got by now?", "do you post to Belgium as well?",
    "I'd like to cancel yesterday's order, it was a mistake", "yes please", "is the blue kettle in stock?",
    "what did I buy in March?", "when will the money be back on my card?", "the bowl came in pieces, what now?",
    "never mind", "what could I get for my points?", "where's my parcel, and how many points do I have?",
    "can I pay with a gift card and a card together?", "please pause my coffee subscription", "for two months",
    "when are you open on Saturdays?", "thanks, that is all",
]
ASKED = ["where's my parcel?", "how many points do I have?", "what does delivery cost?", "show my orders", "thank you"]
EARLY, LATE = 5, 300  # the turns that are compared, each with two before and two after it
AROUND = len(ASKED) // 2


@dataclass
class Found:
    """Seconds: of the training, of the turns of short talks, and of those around the two that are compared."""

    trained: float
    turns: list[float] = field(default_factory=list)
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    unanswered: int = 0


async def converse(http: httpx.AsyncClient, side: Side, texts: list[str]) -> tuple[list[float], int]:
    """Seconds of each turn of one new conversation, and how many turns were left without an answer."""
    sender, times, unanswered = str(uuid.uuid4()), [], 0
    for text in texts:
        began = time.perf_counter()
        answer = await http.post(side.path, json=side.body(sender, text))
        times.append(time.perf_counter() - began)
        said = answer.json()
        unanswered += not (said.get("messages") if isinstance(said, dict) else said)
    return times, unanswered


async def measure(side: Side, folder: Path, port: int, conversations: int, long_ones: int) -> Found:
    """Train, serve and ask; the actions are answered on `port`."""
    found = Found(await asyncio.to_thread(train, side, folder))
    actions = uvicorn.Server(uvicorn.Config(ACTIONS, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(actions.serve())
    headers = {"Authorization": f"Bearer {DEMO_SECRET}"}
    with served(side, folder) as url:
        async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=60) as http:
            await converse(http, side, TALK)  # warms up
            for _ in range(conversations):
                times, unanswered = await converse(http, side, TALK)
                found.turns += times
                found.unanswered += unanswered
            for _ in range(long_ones):
                times, unanswered = await converse(http, side, long_talk())
                found.early += times[EARLY - 1 - AROUND:EARLY + AROUND]
                found.late += times[LATE - 1 - AROUND:LATE + AROUND]
                found.unanswered += unanswered
    actions.should_exit = True
    await serving
    return found


def long_talk() -> list[str]:
    """The same is asked around both of the turns that are compared; in between the talk goes on, and round."""
    early, between = EARLY - 1 - AROUND, LATE - EARLY - len(ASKED)
    again = TALK * (between // len(TALK) + 1)
    return [*TALK[:early], *ASKED, *again[:between], *ASKED]


def rows(found: Found) -> list[tuple[str, float, str]]:
    """(figure, value, unit)"""
    return [
        ("a turn, p50", median(found.turns) * 1000, "ms"),
        ("a turn, p95", quantiles(found.turns, n=20, method="inclusive")[18] * 1000, "ms"),
        (f"turn {EARLY}, p50", median(found.early) * 1000, "ms"),
        (f"turn {LATE}, p50", median(found.late) * 1000, "ms"),
        (f"turn {LATE} : turn {EARLY}", median(found.late) / median(found.early), ""),
        ("rasa train", found.trained, "s"),
    ]


GOALS = {
    "a turn, p50": (25, "under 25 ms"), f"turn {LATE} : turn {EARLY}": (1.2, "at most 1.2"),
    "rasa train": (180, "under 180 s"),
}


def show(found: dict[str, Found]) -> None:
    print(f"{'':<20}{'ours':>12}{'stock':>12}{'ratio':>8}  goal")
    sides = {name: rows(one) for name, one in found.items()}
    for place, (figure, _, unit) in enumerate(next(iter(sides.values()))):
        values = {name: one[place][1] for name, one in sides.items()}
        cells = [f"{values[name]:.2f} {unit}" if name in values else "" for name in ("ours", "stock")]
        ratio = f"{values['ours'] / values['stock']:.2f}" if len(values) == 2 else ""
        limit, words = GOALS.get(figure, (0.0, ""))
        met = "" if not words or "ours" not in values else ": met" if values["ours"] <= limit else ": not met"
        print(f"{figure:<20}{cells[0]:>12}{cells[1]:>12}{ratio:>8}  {words}{met}")
    for name, one in found.items():
        if one.unanswered:
            print(f"{name} left {one.unanswered} turns without an answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=["ours", "stock"], default=["ours", "stock"])
    parser.add_argument("--conversations", type=int, default=10, help=f"of {len(TALK)} turns each")
    parser.add_argument("--long-ones", type=int, default=3, help=f"conversations of {LATE + AROUND} turns")
    parser.add_argument("--stock-epochs", type=int, default=100, help="as in the default config")
    given = parser.parse_args()
    trained = f"; stock trained for {given.stock_epochs} epochs" if "stock" in given.only else ""
    held = f"{given.conversations} conversations of {len(TALK)} turns, {given.long_ones} of {LATE + AROUND}"
    print(f"{held}{trained}", flush=True)
    found = {}
    for name in given.only:
        port = free_port()
        actions = f"http://127.0.0.1:{port}"
        with tempfile.TemporaryDirectory(prefix="rapport-benchmark-") as made:
            folder = Path(made)
            side = ours(folder, actions) if name == "ours" else stock(folder, actions, given.stock_epochs)
            found[name] = asyncio.run(measure(side, folder, port, given.conversations, given.long_ones))
    show(found)


if __name__ == "__main__":
    main()
