"""A clause with what it was understood as."""

from dataclasses import dataclass
from typing import Text

import numpy as np

from engine.nlu.clauses import Clause


@dataclass(eq=False)
class Heard:
    """A clause as it was understood: its likeliest intent, the question of `faq` behind that, and how sure both are.

    `confidences` are those of all labels, from which intent and question were taken.
    """

    clause: Clause
    intent: Text
    confidence: float
    question: Text
    confidences: np.ndarray

    @property
    def meaning(self) -> Text:
        return f"{self.intent}/{self.question}" if self.question else self.intent
