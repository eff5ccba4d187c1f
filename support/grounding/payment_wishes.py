"""What a text says of money beside the name of a method: that it is a difference, or that the payment shall stay."""

import re
from collections.abc import Iterable, Sequence

from support.grounding.filling import listed
from support.grounding.pauses import clauses
from support.grounding.words import fitting, forms

_PAYMENT = (
    r"(?:(?:the|my|any|its|how|this|that|your) )*(?:way of |method of |change of |kind of )?"
    r"(?:payments?(?: methods?| way| options?| details)?|paying|i pay|(?:it|that|the order|order) (?:is |was )?paid)"
)
_STAYS = re.compile(
    rf"\b(?:leave|keep|forget|not touch|dont touch|drop|skip|not mean|dont mean|didnt mean|not about|isnt about)"
    rf"(?: (?:about|with|changing|as|to change|alone))* {_PAYMENT}\b"
    r"|\b(?:dont|do not|not|never|no need to|without|stop)(?: (?:want|wish|need|have|like|to|a|any|please|ever|you))* "
    rf"(?:chang\w+|touch\w*|alter\w*|switch\w*|mov\w+)(?: (?:of|anything|about|at|in|on))* {_PAYMENT}\b"
    r"|\b(?:no|not a|not any|without(?: a| any)?)(?: (?:other|new|different))? (?:change of (?:the )?)?"
    r"payments?(?: change| methods?)?\b"
    rf"|{_PAYMENT}(?: (?:is|was|can|should|must|shall|may|will|has|to|please|just|also))* (?:stays?|remains?|fine|ok|"
    r"okay|good|right|correct|settled|alone|as it|unchanged|not (?:what|the|to change))\b"
    r"|\bnot (?:the |my )?payments?\b"
)
_METHOD = re.compile(r"\b(?:payment|paying) (?:method|way|option)s?\b|\b(?:way|method) of payment\b", re.IGNORECASE)
_NOT_NEEDED = re.compile(
    r"(?:is|was|are|will be)? ?(?:not|isnt|wasnt|no longer)(?: (?:be|really|at all|any more|anymore))*"
    r" (?:needed|necessary|wanted|required|what i|the one|to be used)"
)
_DIFFERENCE = re.compile(
    r"\b(?:price )?differen(?:ce|z)|\b(?:the|any) (?:rest|remainder|extra|surplus|excess)\b"
    r"|\bwhat(?:ever)? (?:it |that )?(?:costs?|is|comes) (?:more|extra|over)\b"
    r"|\b(?:money|cash|refund|what i get)(?: (?:goes|go|back|should|can|could|please))* (?:to|on|onto|back)\b|\brefund"
)
_WHOLE = re.compile(
    r"\b(?:whole|entire|full|complete|total) (?:order|amount|sum|payment)\b"
    r"|\bpay(?:ment)? (?:for |of )?(?:the|my|this|that) order\b"
)
_BALANCE = re.compile(
    r"\b(?:how much|how many|is there|do i have|have i got)\b(?!.*\bcosts?\b).*\b(?:left|on (?:it|that|this|the|my)|"
    r"remain\w*|available|credit)\b|\bwhats?\b.*\b(?:left|remain\w*)\b|\bbalance\b|"
    r"^(?:and |so |is (?:that|it|there) |will there be )*enough (?:\w+ )?(?:on|left)\b|"
    r"^(?:and |so |then )*(?:that|it|this) leaves\b|"
    r"^(?:and |so |then )*(?:does|will|would|can) (?:it|that|this|the|my)(?: \w+){0,2} (?:cover|be enough|suffice)\b"
)
_SPLITS = re.compile(
    r"\bhalf\b(?! (?:as|an?|zip\w*|sleeve\w*|sizes?|price|the)\b).*\b(?:half|rest|other|each|both)\b|\bfifty fifty\b|"
    r"\bsplit (?:it|the|that|this|between|over|across|up|my|payments?)\b|"
    r"\bpart(?:ly|ially)?\b.*\b(?:part(?:ly|ially)?|rest|remainder)\b|"
    r"\bsome (?:of it )?(?:on|with|by|from)\b.*\b(?:rest|remainder|some)\b|"
    r"\b(?:on|over|across|between) (?:both|two) (?:cards|methods|of them)\b|"
    # "What's on the gift card, and put the rest on the Visa"
    r"\b(?:gift ?card|card|paypal|visa|mastercard)\b.*\b(?:rest|remainder|remaining)\b.*"
    r"\b(?:on|onto|to|with|by|from|moved|my)\b.*\b(?:gift ?card|card|paypal|visa|mastercard)\b"
)
_CARD = re.compile(r"\b(?:gift ?cards?|cards?|it|balance)\b")
_CHANGES = re.compile(
    r"(?:chang\w*|chnag\w*|chagn\w*|chng\w*|swap\w*|swop\w*|exch\w+|replac\w*|switch\w*|trad(?:e|ed|ing)|upgrad\w*)$"
)
_IN_ORDER = re.compile(r"\b(?:in|from|of|for) (?:(?:my|the|this|that|pending) )*order (?:number )?\w*\d\w*")
_OF_PAYMENT = listed(
    "order orders payment payments pay paid paying card cards method methods charge charged paypal visa"
)
_NEAR = 7  # words between the verb and the thing


def payment_stays(text: str) -> bool:
    """Whether `text` wants how something is paid left alone: "the payment is fine", "I don't mean the payment"."""
    return any(_STAYS.search(" ".join(clause.words)) for clause in clauses(text) if not clause.asks)


def of_payment(text: str) -> bool:
    """Whether `text` speaks of the payment method itself: "change the payment method of the kettle order"."""
    return _METHOD.search(text) is not None


def not_needed(after: str) -> bool:
    """Whether the words after the name of a method turn it down: "PayPal is not needed"."""
    return _NOT_NEEDED.match(after) is not None


def of_a_difference(text: str) -> bool:
    """Whether `text` speaks of money that is left over when things change: "my Visa pays the rest"."""
    said = " ".join(word for clause in clauses(text) for word in clause.words)
    return _DIFFERENCE.search(said) is not None and _WHOLE.search(said) is None


def asks_balance(text: str) -> bool:
    """Whether `text` asks what is left on a gift card."""
    return any(_BALANCE.search(said) and _CARD.search(said) for said in (" ".join(one.words) for one in clauses(text)))


def splits_payment(text: str) -> bool:
    """Whether `text` wants one sum paid in several ways: "half on my gift card, half on PayPal"."""
    return _SPLITS.search(" ".join(word for one in clauses(text) for word in one.words)) is not None


def changes_goods(text: str, products: Iterable[str]) -> bool:
    """Whether `text` wants one of `products`, by their names, changed: "change the lamp", not "the lamp's order"."""
    last = [name.split(" ")[-1] for name in products]
    heads = frozenset(form for name in last for part in (name, name.split("-")[-1]) for form in forms(part))
    for clause in clauses(text):
        words = _IN_ORDER.sub("", " ".join(clause.words)).split()
        verbs = [place for place, word in enumerate(words) if _CHANGES.match(word)]
        things = [place for place in range(len(words)) if _is_one(words, place, heads)]
        for verb in verbs:
            for thing in things:
                between = words[min(verb, thing) + 1:max(verb, thing)]
                if len(between) < _NEAR and not _OF_PAYMENT & set(between):
                    return True
    return False


def _is_one(words: Sequence[str], place: int, heads: frozenset[str]) -> bool:
    after = words[place + 1] if place + 1 < len(words) else ""
    return after not in ("order", "orders") and any(fitting(form, heads) for form in forms(words[place]))
