"""The files of a small project with nothing wrong in it."""

from rapport.data_checks.code import Code, Task
from rapport.data_checks.finding import Place

GREET = (
    "hello", "hi there", "good morning", "hey bot", "greetings", "howdy", "evening all", "hiya", "yo", "morning team",
    "salute", "hallo", "good day", "hi again", "welcome me",
)
CANCEL = (
    "cancel my order", "stop the purchase", "undo what I bought", "call off the kettle", "drop order 10432",
    "get rid of that purchase", "I don't want it any more", "scrap it", "kill my last order", "don't send the lamp",
    "take back what I ordered", "void the order", "no longer need the rug", "ordered by mistake", "withdraw the order",
)
SENT = ("/handed_back", "/handed_back{}")
DELIVERY = (
    "what does delivery cost", "shipping fee?", "is postage free", "delivery charges", "price of shipping",
    "how expensive is it to send", "p&p", "do you ship for nothing", "cost of a parcel", "free shipping from when",
)
DOMAIN = """\
version: "3.1"
intents:
  - greet
  - cancel_order
  - handed_back
  - faq
slots:
  order:
    type: any
    mappings:
      - type: custom
  order_number:
    type: text
    mappings:
      - type: from_entity
        entity: order_number
actions:
  - task_form
  - action_answer_question
responses:
  utter_greet:
    - text: Hello!
      buttons:
        - {title: Delivery, payload: What does delivery cost?}
  utter_back:
    - text: It's me again.
"""
RULES_OF_DIALOGUE = """\
version: "3.1"
rules:
- rule: a greeting is returned
  steps:
  - intent: greet
  - action: utter_greet
- rule: an order is cancelled
  steps:
  - intent: cancel_order
  - action: task_form
  - active_loop: task_form
- rule: the bot is back
  steps:
  - intent: handed_back
  - action: utter_back
- rule: a question is answered
  steps:
  - intent: faq
  - action: action_answer_question
"""
FAQ = """\
version: "3.1"
nlu:
- intent: faq
  metadata:
    question: delivery_cost
    title: What does delivery cost?
    answer: Delivery is {shipping_cost}.
    buttons:
      - {title: Cancel an order, payload: /cancel_order}
  examples: |
"""
CONFIG = """\
recipe: default.v1
pipeline:
  - name: Classifier
    first: [greet]
"""
CODE = Code(
    tasks={"cancel_order": Task(("order",), frozenset({"faq/delivery_cost"}), Place("actions/cancel.py", 7))},
    look_ups={"faq": "action_answer_question"},
    actions={"task_form": Place("actions/form.py", 3), "action_answer_question": Place("actions/faq.py", 3)},
    fetching=("greet",), responses={}, payloads={"cancel_order": Place("actions/buttons.py", 9)}, words=frozenset(),
)


def listed(examples: tuple[str, ...]) -> str:
    return "".join(f"    - {one}\n" for one in examples)


def nlu(**intents: tuple[str, ...]) -> str:
    blocks = "".join(f"- intent: {name}\n  examples: |\n{listed(some)}" for name, some in intents.items())
    return f'version: "3.1"\nnlu:\n{blocks}'
