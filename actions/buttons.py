"""The buttons that answers offer, each the natural next step."""

import json

Button = dict[str, str]

ORDERS: Button = {"title": "My orders", "payload": "/list_orders"}
POINTS: Button = {"title": "My points", "payload": "/show_points"}
HELP: Button = {"title": "What can you do?", "payload": "/ask_help"}
PERSON: Button = {"title": "Talk to a person", "payload": "rapport:person"}


def said(text: str) -> Button:
    """A button that says its own title, as if it had been typed."""
    return {"title": text, "payload": text}


def track(number: str) -> Button:
    """Track that order; where parcels are is what a customer asks most."""
    return {"title": f"Track {number}", "payload": _payload("track_order", order_number=number)}


def show_order(number: str) -> Button:
    """All there is of that order."""
    return {"title": f"Show {number}", "payload": _payload("show_order", order_number=number)}


def older_orders(before: str) -> Button:
    """The orders placed before the order of that number."""
    return {"title": "Older orders", "payload": _payload("list_orders", before=before)}


def purchases(period: str) -> Button:
    """What was bought in `period`, which is put as a customer would."""
    return {"title": period[:1].upper() + period[1:], "payload": _payload("show_purchases", period=period)}


def _payload(intent: str, **entities: str) -> str:
    return f"/{intent}{json.dumps(entities)}"
