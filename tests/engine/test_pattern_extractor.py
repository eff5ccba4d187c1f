"""Order numbers and periods are found as people type them, by the expressions of `config.yml`."""

import re
from pathlib import Path

import pytest
import rasa.shared.utils.io
from rasa.shared.nlu.training_data.message import Message

from engine.nlu.pattern_extractor import PatternExtractor

CONFIG = rasa.shared.utils.io.read_yaml_file(Path(__file__).parents[2] / "config.yml")


@pytest.fixture(scope="module")
def extractor():
    (part,) = [part for part in CONFIG["pipeline"] if part["name"].endswith("PatternExtractor")]
    return PatternExtractor({"parts": part["parts"], "patterns": part["patterns"]})


def values(extractor, text, entity):
    return [found["value"] for found in extractor.find(text) if found["entity"] == entity]


class TestOrderNumbers:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("where is HF-10432?", "HF-10432"),
            ("hf10432", "hf10432"),
            ("hf 10432 please", "hf 10432"),
            ("#10432", "10432"),
            ("order no. 10432", "10432"),
            ("it's order 987", "987"),
            ("10432", "10432"),
            ("the one ending in 432", "432"),
        ],
    )
    def test_are_found_in_every_way_they_are_written(self, extractor, text, number):
        assert values(extractor, text, "order_number") == [number]

    @pytest.mark.parametrize(
        "text", ["I paid €10432", "10,432.50", "12/05/2026", "ring 0871234567", "in 2025"]
    )
    def test_other_numbers_are_left_alone(self, extractor, text):
        assert values(extractor, text, "order_number") == []

    def test_several_in_one_sentence_come_in_their_order(self, extractor):
        assert values(extractor, "is #10987 with hf-10432?", "order_number") == ["10987", "hf-10432"]

    def test_the_place_in_the_text_is_told(self, extractor):
        message = extractor.process([Message(data={"text": "track HF-10432 now"})])[0]
        (found,) = message.get("entities")
        assert (found["start"], found["end"], found["extractor"]) == (6, 14, "PatternExtractor")


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "period"),
        [
            ("what did I buy in May", "May"),
            ("May?", "May"),
            ("in the last 3 months", "the last 3 months"),
            ("last year", "last year"),
            ("purchases from May to July", "May to July"),
            ("since last summer", "since last summer"),
            ("on the 3rd of May 2026", "the 3rd of May 2026"),
            ("what about 2024", "2024"),
            ("at Christmas", "Christmas"),
        ],
    )
    def test_are_found_without_their_preposition(self, extractor, text, period):
        assert values(extractor, text, "period") == [period]

    @pytest.mark.parametrize("text", ["may I see what I bought", "I march on", "it springs back"])
    def test_words_that_only_look_like_months_are_left_alone(self, extractor, text):
        assert values(extractor, text, "period") == []


def test_a_broken_expression_stops_the_training():
    with pytest.raises(re.error):
        PatternExtractor({"parts": {}, "patterns": {"order_number": ["("]}})
