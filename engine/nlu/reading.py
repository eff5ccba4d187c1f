"""What a message means, from the vectors of it and its clauses: its intent, the question behind that, its requests."""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY

from engine.nlu import alarms, clauses, order_headings, requests
from engine.nlu.clauses import Clause
from engine.nlu.intent_head import IntentHead
from engine.nlu.questions import FAQ, Questions
from engine.nlu.heard import Heard
from engine.nlu.requests import Request, is_in_case

CLAUSES_READ, REQUESTS = "clauses", "requests"
# There a false alarm is the lesser evil
LIFE_AND_LIMB = frozenset({"speak_of_self_harm", "report_danger"})
PERSON, UPSET = "request_person", "express_frustration"
TELLING = 4  # words of a clause that tells something
# "If not, never mind, I don't need a person for it"
_NO_PERSON = re.compile(
    r"(?:\bno(?: need for)?|\bnot|n['’]?t (?:want|need)(?: to (?:talk|speak|chat) (?:to|with))?|\bwithout)\s+"
    r"(?:(?:a|an|any|another|real|human|live)\s+){0,2}(?:person|human|people|agent|colleague|somebody|someone|employee)\b",
    re.IGNORECASE,
)
GREETING, PRAISE = "greet", "give_praise"
RANKING_LENGTH = 10
CLOSEST = 3
# A clause that sounds urgent, less sure than the first, beside a whole that is something else, surer than the second
HARDLY, CLEARLY = 0.7, 0.8
# A message less sure than this is about nothing (config.yml has the same figure); one of its clauses may be plain
LOST, PLAINLY = 0.3, 0.85
CERTAIN = 0.95  # of what certain words call for


@dataclass
class Reader:
    """Reads messages with a fitted `head`. The last five are the classifier's (engine/nlu/intent_classifier.py)."""

    head: IntentHead
    questions: Questions
    sure: float
    first: List[Text]
    details: Dict[Text, List[Text]]
    terse: List[Text]
    headed: Dict[Text, List[Text]]
    _intents: List[Text] = field(init=False)
    _keys: List[Text] = field(init=False)

    def __post_init__(self) -> None:
        self._intents = [Questions.intent_of(label) for label in self.head.labels]
        self._keys = [Questions.key_of(label) or "" for label in self.head.labels]

    def read(self, text: Text, vectors: np.ndarray, parts: List[Clause], spelt: Text) -> Dict[Text, Any]:
        """The properties of the message `text`, by name: intent, intent_ranking, faq, clauses, requests.

        `vectors` (1 + parts × features) are those of the whole and of its `parts`, which are none for a single clause
        and stretches of the message as it is to be `spelt`.
        """
        rows = self.head.confidences(vectors)
        confidences = self._titled(text, self._undisturbed(text, rows[0]))
        if alarm := self._alarm(text, rows):
            confidences, parts = np.where(np.array(self._intents) == alarm, CERTAIN, 0.0), []
        if parts:
            rows = [self._undisturbed(part.text, row) for part, row in zip(parts, rows[1:])]
            heard = [self._heard(part, self._doubted(row, confidences)) for part, row in zip(parts, rows)]
            heard = [self._calmed(one, heard) for one in heard]
            plain, heard = heard, self._under_headings(heard)
            asked = requests.group(heard, self.sure, self.first, self.details, self.terse)
        else:
            plain = heard = self._under_headings([self._heard(clauses.whole(text), confidences)])
            confidences, asked = heard[0].confidences, []
        if asked and (asked[0].heard not in plain or self._decide(asked, heard, confidences)):
            confidences = asked[0].heard.confidences
        elif parts:
            confidences = self._told_beside(heard, confidences)
        order = np.argsort(-confidences)
        ranking = self._ranking(confidences, order)
        return {
            INTENT: ranking[0],
            INTENT_RANKING_KEY: ranking,
            FAQ: self._closest(confidences, order),
            CLAUSES_READ: [self._told(one, requests.sighs(one, heard, self.sure)) for one in heard],
            REQUESTS: [one.as_json(spelt) for one in asked],
        }

    def _alarm(self, text: Text, rows: np.ndarray) -> Optional[Text]:
        """The intent that its words call for, whatever else it says, unless something more pressing is understood."""
        alarm = alarms.heard_in(text)
        if alarm not in self._intents or alarm not in self.first:
            return None
        understood = [self._intents[int(np.argmax(row))] for row in rows if row.max() >= self.sure]
        return None if set(understood) & set(self.first[: self.first.index(alarm)]) else alarm

    def _under_headings(self, heard: List[Heard]) -> List[Heard]:
        for wish, alike in self.headed.items():
            others = {*self.details, *self.terse, *self.first} - {wish, *alike}
            heard = order_headings.lifted(heard, self._intents, wish, alike, others)
        return heard

    def _calmed(self, one: Heard, heard: List[Heard]) -> Heard:
        """A clause that hardly sounds upset, beside others that tell more: "I just said it. The big one, in red"."""
        more = [each for each in heard if each is not one and len(each.clause.text.split()) >= TELLING]
        if one.intent != UPSET or one.confidence >= HARDLY or not more or any(each.intent in self.first for each in more):
            return one
        return self._heard(one.clause, np.where(np.array(self._intents) == UPSET, 0.0, one.confidences))

    def _titled(self, text: Text, confidences: np.ndarray) -> np.ndarray:
        # A question's own title is what a button sends back: nothing is to be guessed there
        titled = self.questions.label_titled(text)
        return np.array([float(label == titled) for label in self.head.labels]) if titled else confidences

    def _told_beside(self, heard: List[Heard], whole: np.ndarray) -> np.ndarray:
        """What its clauses say where the message as a `whole` only greets, or says nothing."""
        intent = self._intents[int(np.argmax(whole))]
        if intent == GREETING:
            return self._beside_greeting(heard, whole)
        lost = intent == DEFAULT_NLU_FALLBACK_INTENT_NAME or whole.max() < LOST
        return self._plainest(heard, whole) if lost else whole

    def _beside_greeting(self, heard: List[Heard], confidences: np.ndarray) -> np.ndarray:
        """What is told after a greeting, in however few words: "Good evening, all well? I can't register"."""
        told = [one for one in heard if one.intent not in (*requests.NO_REQUEST, PRAISE) and one.confidence >= self.sure]
        return max(told, key=lambda one: one.confidence).confidences if told else confidences

    def _plainest(self, heard: List[Heard], confidences: np.ndarray) -> np.ndarray:
        """What one clause plainly says where all together says nothing: "It's too much. Then I'll send it back. Oh well"."""
        plain = max(heard, key=lambda one: one.confidence)
        # "Can that be paid by card? Otherwise leave it" is no no
        beside = plain.intent in requests.NO_REQUEST and any(one.clause.asks for one in heard)
        return plain.confidences if plain.confidence >= PLAINLY and not beside else confidences

    def _undisturbed(self, text: Text, row: np.ndarray) -> np.ndarray:
        """The confidences of a stretch of text, without a person where it says that none is wanted."""
        return np.where(np.array(self._intents) == PERSON, 0.0, row) if _NO_PERSON.search(text) else row

    def _doubted(self, row: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """The confidences of a clause, without an alarm that all around it speaks against.

        "I've never ordered from you. Can I see where the parcel is?" tells of no fraud.
        """
        alarm, clear = self._intents[int(np.argmax(row))], self._intents[int(np.argmax(whole))]
        if alarm not in self.first or alarm in LIFE_AND_LIMB or clear in self.first:
            return row
        if row.max() >= HARDLY or whole.max() <= CLEARLY:
            return row
        return np.where(np.array(self._intents) == alarm, 0.0, row)

    def _heard(self, part: Clause, row: np.ndarray) -> Heard:
        best = int(np.argmax(row))
        return Heard(part, self._intents[best], float(row[best]), self._keys[best], row)

    def _decide(self, asked: List[Request], heard: List[Heard], confidences: np.ndarray) -> bool:
        """Whether the first request says what the message is, and not the message as a whole.

        The whole is mostly the better reading: one request among clauses that only explain it lost 1.4 points on
        BANKING77, two that are not both surer than the whole 0.3. But two requests together may be about neither, a
        long tale about nothing in particular; and what no clause says is a blend of them (trusting that costs 0.1).
        """
        first, best = asked[0].heard, int(np.argmax(confidences))
        whole = Heard(first.clause, self._intents[best], float(confidences[best]), self._keys[best], confidences)
        if first.intent in self.first or asked[0].corrected:
            return True
        if any(is_in_case(one) and one.meaning == whole.meaning != first.meaning for one in heard):
            return not is_in_case(asked[0].heard)
        blend = not first.question and all(whole.meaning != one.meaning for one in heard)
        if (blend or whole.intent == DEFAULT_NLU_FALLBACK_INTENT_NAME) and first.confidence >= self.sure:
            return True
        return all(one.heard.confidence > whole.confidence for one in asked) and (
            len(asked) > 1 or whole.confidence < self.sure
        )

    def _told(self, heard: Heard, sighs: bool) -> Dict[Text, Any]:
        told = {
            "text": heard.clause.text,
            "asks": heard.clause.asks,
            "inquires": heard.clause.inquires,
            "intent": heard.intent,
            "confidence": round(heard.confidence, 4),
        }
        if sighs:
            told["sighs"] = True
        if heard.question:
            told[FAQ] = self._closest(heard.confidences, np.argsort(-heard.confidences))
        return told

    def _ranking(self, confidences: np.ndarray, order: np.ndarray) -> List[Dict[Text, Any]]:
        ranking: Dict[Text, float] = {}
        for label in order:
            ranking.setdefault(self._intents[label], float(confidences[label]))
            if len(ranking) == RANKING_LENGTH:
                break
        return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: value} for name, value in ranking.items()]

    def _closest(self, confidences: np.ndarray, order: np.ndarray) -> Dict[Text, Any]:
        near = []
        for label in order:
            if self._keys[label]:
                near.append(label)
                if len(near) == CLOSEST:
                    break
        found: Dict[Text, Any] = {
            "closest": [
                {
                    "question": self._keys[label],
                    "title": self.questions.by_key[self._keys[label]]["title"],
                    "confidence": round(float(confidences[label]), 4),
                }
                for label in near
            ]
        }
        best = self._keys[order[0]]
        if best:
            found.update(question=best, **self.questions.by_key[best])
        return found
