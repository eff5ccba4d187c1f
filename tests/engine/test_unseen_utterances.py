"""Trained on its own data, the assistant understands what it never saw, and knows what is not its business."""

import random
import re
from pathlib import Path

import pytest
import rasa.shared.utils.io
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT
from spoken import heard, trained

PROJECT = Path(__file__).parents[2]
UNSEEN = rasa.shared.utils.io.read_yaml_file(Path(__file__).parent / "unseen_utterances.yml")
CONFIG = rasa.shared.utils.io.read_yaml_file(PROJECT / "config.yml")
THRESHOLD = next(part["threshold"] for part in CONFIG["pipeline"] if part["name"] == "FallbackClassifier")
# Nothing of this is among the goods of data/goods, nor in any example
THINGS = ["accordion", "telescope and the microscope", "wedding veil", "tow bar", "weather vane", "terrarium", "harp"]
DEEDS = {
    "I want to return the {} from my order": "return_items",
    "please exchange the {} that I received for another size": "exchange_items",
    "I'd like to cancel my order of the {}": "cancel_order",
    "the {} in my pending order should be the red one instead, please change it": "change_order_items",
    "where is my {}, it hasn't come yet": "track_order",
    "the {} arrived broken": "report_problem",
}


@pytest.fixture(scope="module")
def training_data():
    importer = TrainingDataImporter.load_from_config(
        str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [str(PROJECT / "data")]
    )
    return importer.get_nlu_data()


@pytest.fixture(scope="module")
def classifier(training_data, tmp_path_factory):
    (part,) = [part for part in CONFIG["pipeline"] if part["name"].endswith("KernelIntentClassifier")]
    own = {name: value for name, value in part.items() if name != "name"}
    folder = tmp_path_factory.mktemp("model")
    return trained(training_data.intent_examples, folder, training_data.lookup_tables, **own)


def understood(classifier, text):
    """The intent of `text`, with its question for a question; nlu_fallback below the threshold."""
    message = heard(classifier, text)
    intent = message.get("intent")
    if intent["confidence"] < THRESHOLD:
        return "nlu_fallback"
    return f"faq/{message.get('faq')['question']}" if intent["name"] == "faq" else intent["name"]


def test_unseen_means_unseen(training_data):
    seen = {example.get(TEXT).casefold() for example in training_data.intent_examples}
    for texts in [*UNSEEN["in_scope"].values(), UNSEEN["out_of_scope"]]:
        assert not seen & {text.casefold() for text in texts}


def test_at_least_93_of_100_unseen_sentences_are_understood(classifier):
    pairs = [(text, label) for label, texts in UNSEEN["in_scope"].items() for text in texts]
    wrong = [(text, label) for text, label in pairs if understood(classifier, text) != label]
    assert 1 - len(wrong) / len(pairs) >= 0.93, wrong


def test_at_least_92_of_100_foreign_sentences_are_recognised(classifier):
    taken = [text for text in UNSEEN["out_of_scope"] if understood(classifier, text) != "nlu_fallback"]
    assert 1 - len(taken) / len(UNSEEN["out_of_scope"]) >= 0.92, taken


def test_the_deed_is_understood_whatever_it_is_done_to(classifier, training_data):
    goods = training_data.lookup_tables[0]["elements"]
    assert not any(word in goods for thing in THINGS for word in thing.split(" and the "))
    pairs = [(deed.format(thing), intent) for deed, intent in DEEDS.items() for thing in THINGS]
    wrong = [(text, intent) for text, intent in pairs if understood(classifier, text) != intent]
    assert 1 - len(wrong) / len(pairs) >= 0.85, wrong


def mistyped(text, dice):
    """`text` with one letter of one of its longer words dropped, doubled, or changed places with the next."""
    words = list(re.finditer(r"[A-Za-z]{5,}", text))
    if not words:
        return text
    word = dice.choice(words)
    at = word.start() + dice.randrange(1, len(word[0]) - 1)
    slip = dice.choice(["", text[at] * 2, text[at + 1] + text[at]])
    return text[:at] + slip + text[at + (2 if len(slip) == 2 and slip[0] != slip[1] else 1):]


def test_of_100_unseen_sentences_with_a_typing_mistake_at_least_90_are_understood(classifier):
    dice = random.Random(20)
    pairs = [(mistyped(text, dice), label) for label, texts in UNSEEN["in_scope"].items() for text in texts]
    wrong = [(text, label) for text, label in pairs if understood(classifier, text) != label]
    assert 1 - len(wrong) / len(pairs) >= 0.9, wrong


def test_what_is_wanted_only_otherwise_is_not_what_the_message_wants(classifier):
    for text in (
        "I want the vacuum cleaner in my pending order swapped for the canister one. If that's not available just cancel "
        "that whole order, I don't need it anymore.",
        "Please change the kettle of my open order to the white one, and if there is no white one left cancel the order.",
    ):
        assert heard(classifier, text).get("intent")["name"] == "change_order_items"


@pytest.mark.parametrize("text", [
    "I don't need to talk to a person", "can you cancel my order? if not never mind, dont need a person for it", "no human needed, thanks",
])
def test_who_wants_no_person_gets_none(classifier, text):
    assert understood(classifier, text) != "request_person"


def test_who_wants_one_after_all_gets_one(classifier):
    assert understood(classifier, "I don't want to talk to a bot. Get me a person!") == "request_person"


def test_a_wish_said_again_is_no_outburst(classifier):
    assert understood(classifier, "I just said it. The coffee machine: manual, one litre, fifteen bar.") != "express_frustration"
    assert understood(classifier, "This is a disgrace and I have had enough of you. My order never came.") == "express_frustration"


def test_what_one_clause_plainly_says_counts_where_all_together_says_nothing(classifier):
    said = "$229 is too much. Then I'll rather send the camera back, and the makeup kit with it. I don't need either anymore."
    assert understood(classifier, said) == "return_items"
    assert understood(classifier, "Alright, then I'll keep it. Thanks for your help!") in ("deny", "thank")
