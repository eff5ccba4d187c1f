"""How well the pipeline of `config.yml` learns intents from ten examples each, beside others on the same data.

    .venv-rasa/bin/python benchmarks/nlu.py [--data ../shared/benchmarks/banking77] [--examples 10]
        [--pipelines ours counts stock]

`ours` is config.yml; `counts` is Rasa's word and character counts with its logistic regression; `stock` is what
`rasa init` writes (DIET, 100 epochs: a quarter of an hour on two cores). Each runs in a process of its own, so that its
memory is its own. Fallbacks are left out: what counts is the intent that comes first.
"""

import argparse
import asyncio
import csv
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
WHITESPACE = {"name": "WhitespaceTokenizer"}
WORDS = {"name": "CountVectorsFeaturizer"}
CHARACTERS = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
PATTERNS = [{"name": "RegexFeaturizer"}, {"name": "LexicalSyntacticFeaturizer"}]
SYNONYMS = {"name": "EntitySynonymMapper"}
OTHERS = {
    "counts": [WHITESPACE, WORDS, CHARACTERS, {"name": "LogisticRegressionClassifier"}],
    "stock": [
        WHITESPACE,
        *PATTERNS,
        WORDS,
        CHARACTERS,
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        SYNONYMS,
    ],
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "benchmarks" / "banking77")
    parser.add_argument("--examples", type=int, choices=(10, 20), default=10)
    parser.add_argument("--pipelines", nargs="+", choices=["ours", *OTHERS], default=["ours", "counts"])
    parser.add_argument("--only", choices=["ours", *OTHERS], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not (given.data / "test.csv").exists():
        parser.error(f"there is no test.csv in {given.data}; name the folder of the data set with --data")
    if given.only:
        print(json.dumps(asyncio.run(measure(given.only, given.data, given.examples))))
        return
    print(
        f"{'pipeline':<10}{'accuracy':>10}{'train s':>10}{'p50 ms':>9}{'p99 ms':>9}{'memory MB':>11}",
        flush=True,
    )
    for name in given.pipelines:
        again = [sys.executable, __file__, "--data", given.data, "--examples", given.examples, "--only", name]
        quiet = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "LOG_LEVEL": "ERROR",
        }
        done = subprocess.run(
            list(map(str, again)),
            env=quiet,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{name} failed:\n{done.stderr[-2000:]}")
        found = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{name:<10}{found['accuracy']:>10.1%}{found['train']:>10.1f}{found['p50']:>9.1f}{found['p99']:>9.1f}"
            f"{found['memory']:>11.0f}",
            flush=True,
        )


async def measure(name: str, data: Path, examples: int) -> dict[str, float]:
    """Train pipeline `name` and put the whole test split to it: seconds, milliseconds, megabytes at most."""
    warnings.filterwarnings("ignore")
    sys.path.insert(0, str(PROJECT))
    os.chdir(PROJECT)
    import rasa.model_training
    import rasa.shared.utils.io
    import structlog
    from rasa.core.agent import Agent

    from engine.plain_runner import PlainRunner

    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "nlu.yml"
        rasa.shared.utils.io.write_yaml(training_data(rows(data / f"train_{examples}.csv")), written)
        config = Path(folder) / "config.yml"
        rasa.shared.utils.io.write_yaml(
            {"recipe": "default.v1", "language": "en", "pipeline": pipeline(name)}, config
        )
        begun = time.perf_counter()
        model = rasa.model_training.train_nlu(str(config), str(written), folder)
        trained = time.perf_counter() - begun
        agent = Agent.load(model)
        # As the channel runs it
        agent.processor.graph_runner = PlainRunner.around(agent.processor.graph_runner)
    right, took = 0, []
    for text, intent in rows(data / "test.csv"):
        begun = time.perf_counter()
        understood = await agent.parse_message(text)
        took.append((time.perf_counter() - begun) * 1000)
        right += understood["intent"]["name"] == intent
    took.sort()
    return {
        "accuracy": right / len(took),
        "train": trained,
        "p50": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def pipeline(name: str) -> list[dict]:
    if name in OTHERS:
        return OTHERS[name]
    import rasa.shared.utils.io

    parts = rasa.shared.utils.io.read_yaml_file(PROJECT / "config.yml")["pipeline"]
    return [part for part in parts if part["name"] != "FallbackClassifier"]


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["intent"]) for row in csv.DictReader(file)]


def training_data(examples: list[tuple[str, str]]) -> dict:
    by_intent = defaultdict(list)
    for text, intent in examples:
        by_intent[intent].append({"text": text})
    return {
        "version": "3.1",
        "nlu": [{"intent": intent, "examples": texts} for intent, texts in by_intent.items()],
    }


if __name__ == "__main__":
    main()
