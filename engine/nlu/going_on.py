"""Whether a clause only tells more of what the one before it asks for."""

import re
from typing import Dict, List, Text

from engine.nlu.heard import Heard

LEADS = r"\W*(?:(?:and|also|then|plus|please|now|next|oh|so|but|as for)\W+)*"
_GOT = r"(?:i|we)(?:['’]ve)?\s+(?:already\s+)?(?:received|got)\b"
# It names the order it is about, so it is no detail of another
OF_ITS_OWN = re.compile(r"\d{5}|#\w*\d|\border\b", re.IGNORECASE)
# "In that order", "like the one I have in another order"
_OF_THE_SAME = re.compile(
    r"\b(?:that|this|(?:the )?same)(?: [\w']+){0,2} (?:order|purchase)\b|"
    r"\b(?:like|as|match\w*)\b[^,;.]*?\b(?:in|from|of)\b[^,;.]*?\b(?:order|purchase)\b",
    re.IGNORECASE,
)
# "What would that cost altogether?"
_ITS_PRICE = re.compile(
    rf"{LEADS}how much(?: (?:is|would|will) (?:it|that))?\W*|"
    rf"{LEADS}(?:what|how much)(?:\s+more|\s+extra)?\W*(?:would|will|does|do|is|['’]?s|['’]?d)\s+"
    r"(?:it|that|this|they|(?:all|both)(?: of)?(?: (?:it|that|this|them))?|everything|the (?:whole )?(?:swap|exchange|change))\b"
    r"(?:\s+(?:all|then|be|cost|costs|come|comes|to|me|us|make|in|total|together|altogether|extra|more))*\W*",
    re.IGNORECASE,
)
# "And the mat I received: exchange it", after things of an order that is still to come
_RECEIVED = re.compile(rf"{LEADS}(?:the|my)\s+\w+(?:\s+\w+){{0,3}}?\s+(?:that\s+|which\s+)?{_GOT}", re.IGNORECASE)
_HAS_COME = re.compile(rf"\b{_GOT}|\b(?:delivered|arrived)\b", re.IGNORECASE)
# "In my other order change the kettle": the same again, of another order
_IN_ANOTHER = re.compile(
    rf"{LEADS}(?:in|from|for|of)\s+(?:my|the)\s+(?:other\s+(?:\w+\s+){{0,2}}?(?:order|purchase|one)|"
    r"(?:\w+\s+)?(?:order|purchase)\s+with)\b", re.IGNORECASE,
)
# "Could the refund go to my card?" tells where it shall go
_POLITE = re.compile(r"\W*(?:(?:and|also|please|then)\W+)*(?:can|could|would|will|may|might)\b", re.IGNORECASE)
# "And the kettle to a white one?"
_AND_THE = re.compile(
    r"\W*(?:and|also|plus)\s+(?:the|my|that|those)\b(?!.*\b(?:how|when|where|what|which|why|who)\b)"
    r".*\b(?:to|for|in|with)\b",
    re.IGNORECASE,
)


def goes_on(one: Heard, before: Heard, details: Dict[Text, List[Text]]) -> bool:
    """Whether `one` goes on with `before`: the same again, or one of its `details` that is no question of its own.

    Intents that are details of each other are one wish: whether things are swapped before or after they are sent only
    their order tells.
    """
    more = details.get(before.intent, [])
    alike = one.intent in more and before.intent in details.get(one.intent, [])
    text = _OF_THE_SAME.sub(" ", one.clause.text)
    own = OF_ITS_OWN.search(text) or _HAS_COME.search(text)
    if one.meaning == before.meaning or (alike and not own):
        return not (_IN_ANOTHER.match(one.clause.text) or _RECEIVED.match(one.clause.text))
    if one.intent in more and _ITS_PRICE.fullmatch(one.clause.text):
        return True
    told = _POLITE.match(one.clause.text) or _AND_THE.match(one.clause.text)
    asks = one.clause.inquires and not told
    return (one.intent in more or one.meaning in more) and not asks and not own
