"""What the service itself says to customers, by language; the bot's own answers stand in `domain.yml` and `data/`."""

from typing import Final

ENGLISH: Final = {
    "asked_next": "I've let my colleagues know. You're next in line{wait}. Write anything that helps them; they will see it all.",
    "asked": "I've let my colleagues know. You're number {position} in line{wait}. Write anything that helps them; they will see it all.",
    "wait": " and it should take about {minutes}",
    "minute": "a minute",
    "minutes": "{count} minutes",
    "already_waiting": "You're already in line for a person, so there's nothing more you need to do.",
    "with_person": "{agent} is with you already.",
    "closed": "Our people are away right now and back {opening}. You can leave them a message, or carry on with me.",
    "closed_for_long": "Our people are away right now. You can leave them a message, or carry on with me.",
    "message_left": "Write your message here. Our people are back {opening} and will answer you in this conversation.",
    "message_left_for_long": "Write your message here. Our people will answer you in this conversation.",
    "opening_today": "today at {time}",
    "opening_tomorrow": "tomorrow at {time}",
    "opening_later": "on {day} at {time}",
    "left_over_there": "A message for our team",
    "withdrawn": "All right, I've taken you out of the line. What can I do for you?",
    "meanwhile": "Happy to help while you wait; you keep your place in line.",
    "nobody_took_it": "Sorry, this takes longer than it should: everybody is busy. You keep your place in line. "
                      "You can also leave a message and we'll answer it here as soon as we can.",
    "agent_silent": "{agent} seems to be held up, so I've put you at the front of the line for somebody else. Sorry about that.",
    "agent_offline": "{agent} has lost the connection, so I've put you at the front of the line for somebody else. Sorry about that.",
    "bot_failed": "Sorry, something went wrong on our side and I can't answer that right now. Nothing you wrote is lost.",
    "bot_failed_again": "Sorry, I still can't answer. That's our fault, not yours. Shall I get a person for you?",
    "button_person": "Talk to a person",
    "button_try_again": "Try again",
    "button_leave_message": "Leave a message",
    "button_meanwhile": "Ask {assistant} meanwhile",
    "button_leave_queue": "Leave the line",
    "code_subject": "Your code for {shop}",
    "code_text": "Hello,\n\nyour code is {code}. Enter it in the chat where you asked for it; it is good for {minutes} minutes.\n\n"
                 "We never ask for it by phone or in a mail. If it was not you who asked, there is nothing to do: without the "
                 "code nobody gets any further.\n\n{shop}\n",
    "change_subject": "Confirm your new e-mail address at {shop}",
    "change_text": "Hello,\n\nsomebody with an account at {shop} wants to use this address from now on. If that is you, your code is "
                   "{code}. Enter it in the chat where you asked for it; it is good for {minutes} minutes.\n\n"
                   "If it is not you, there is nothing to do: without the code nothing changes.\n\n{shop}\n",
    "email_changed_subject": "Your e-mail address at {shop} has changed",
    "email_changed_text": "Hello,\n\nyour account at {shop} has another e-mail address from now on, and this one is no longer used. "
                          "If it was not you who changed it, write to {email} or call {phone} at once. The change is {reference}.\n\n{shop}\n",
    "sure_signed_in": "Signed in on the shop's website",
    "sure_verified": "Verified by a code sent to their e-mail address",
    "sure_order_holder": "Named an order and the postcode it goes to; may be somebody else than the customer",
    "sure_visitor": "A visitor who has not signed in",
    "handoff_asked": "Asked for a person",
    "handoff_not_understood": "The assistant did not understand",
    "handoff_failed_tries": "Several answers in a row did not fit what the assistant asked",
    "handoff_priority": "Not understood, and the customer's tier has priority",
    "handoff_upset": "The customer is upset",
    "handoff_legal": "Lawyers, courts or authorities were mentioned",
    "handoff_safety": "Somebody may be hurt or in danger",
    "handoff_fraud": "Fraud, or a stolen card or account",
    "handoff_self_harm": "The customer may harm themselves: answer at once, and calmly",
    "handoff_press": "A question from the press",
    "handoff_bot_failed": "The assistant failed",
    "handoff_left_message": "Left a message while we were away",
    "handoff_policy": "Beyond what the assistant may decide",
    "handoff_agent_silent": "The agent who had it went silent",
    "handoff_agent_offline": "The agent who had it went offline",
}
LANGUAGES: Final = {"en": ENGLISH}


def say(key: str, *, language: str = "en", **values: object) -> str:
    """The text of that key, filled in; English where a language lacks it."""
    texts = LANGUAGES.get(language, ENGLISH)
    return texts.get(key, ENGLISH[key]).format(**values)


def button(key: str, payload: str, **values: str) -> dict[str, str]:
    """A button of the service's own."""
    return {"title": say(f"button_{key}", **values), "payload": payload}
