"""The questions of `data/faq`: one block of training data each, with the answer in its metadata."""

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Text

from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

FAQ = "faq"


@dataclass
class Questions:
    """`by_key`: question → `{"title", "answer", "buttons"}`."""

    by_key: Dict[Text, Dict[Text, Any]]
    _titled: Dict[Text, Text] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._titled = {block["title"]: f"{FAQ}/{key}" for key, block in self.by_key.items()}

    @classmethod
    def of(cls, examples: List[Message]) -> "Questions":
        """Read the questions behind `examples`; raises ValueError for one that is not whole, naming it."""
        by_key: Dict[Text, Dict[Text, Any]] = {}
        for example in examples:
            if example.get(INTENT) != FAQ:
                continue
            block = _metadata(example)
            key, title, answer = (block.get(name) for name in ("question", "title", "answer"))
            if not (key and title and answer):
                raise ValueError(
                    f"The faq block with {example.get('text')!r} needs question, title and answer."
                )
            told = {"title": title, "answer": answer.strip(), "buttons": block.get("buttons") or []}
            if by_key.setdefault(key, told) != told:
                raise ValueError(f"Two faq blocks are called {key!r}.")
        return cls(by_key)

    def label_titled(self, text: Text) -> Optional[Text]:
        """The label of the question whose title is `text`, word for word, or None."""
        return self._titled.get(text.strip())

    @staticmethod
    def label_of(example: Message) -> Text:
        """What the classifier tells apart: the intent, for a question also which (`faq/returns_window`)."""
        intent = example.get(INTENT)
        return f"{FAQ}/{_metadata(example)['question']}" if intent == FAQ else intent

    def name_of(self, label: Text) -> Text:
        """`label` as people would say it: a question's title, the words of an intent ("track order")."""
        key = self.key_of(label)
        return self.by_key[key]["title"] if key else label.replace("_", " ").lower()

    @staticmethod
    def intent_of(label: Text) -> Text:
        return label.split("/", 1)[0]

    @staticmethod
    def key_of(label: Text) -> Optional[Text]:
        """The question that `label` names, or None for another intent."""
        intent, _, key = label.partition("/")
        return key if intent == FAQ and key else None


def _metadata(example: Message) -> Dict[Text, Any]:
    return (example.get("metadata") or {}).get(INTENT) or {}
