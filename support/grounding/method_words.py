"""What ways to pay are called, and where a text speaks of one, slips of the finger included."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from support.grounding.filling import listed
from support.grounding.pauses import clauses
from support.grounding.payment_wishes import not_needed
from support.models.payments import MethodKind

_CALLED: dict[tuple[MethodKind, str | None], str] = {
    (MethodKind.CARD, None):
        "card creditcard debitcard bankcard paymentcard creditcards debitcards cards credit debit cc crad",
    (MethodKind.CARD, "Visa"): "visa viza visacard visadebit",
    (MethodKind.CARD, "Mastercard"): "mastercard mc mastercards",
    (MethodKind.CARD, "American Express"): "americanexpress amex",
    (MethodKind.CARD, "Discover"): "discovercard",
    (MethodKind.CARD, "Maestro"): "maestro",
    (MethodKind.WALLET, None): "wallet ewallet",
    (MethodKind.WALLET, "PayPal"): "paypal paypalaccount",
    (MethodKind.WALLET, "Apple Pay"): "applepay",
    (MethodKind.WALLET, "Google Pay"): "googlepay gpay",
    (MethodKind.GIFT_CARD, None): "giftcard giftcards giftcertificate giftvoucher giftcardbalance",
    (MethodKind.OTHER, "bank transfer"): "banktransfer bankaccount wiretransfer directdebit",
}
_NAMES = {name: called for called, names in _CALLED.items() for name in names.split()}
# Words that are a way to pay in this form only: a typing slip leads from other words to them
_EXACT = frozenset({"credit", "debit", "cards", "maestro", "wallet", "ewallet"})
_AGAINST = re.compile(
    # "Can I not pay by gift card?" asks for it
    r"\b(?:(?:(?<!can i )(?<!could i )(?<!can we )(?<!can it )(?<!could it )(?<!why )not|"
    r"instead of|than|except|without|never|other than|anything but|forget(?: about)?|"
    r"(?:dont|do not|no longer) (?:use|want|have)|isnt)"
    r"(?: (?:with|to|on|by|via|my|the|a|this|that|it|use|using|want|for|onto|into|put|charge|charged|be|pay|paid))*"
    # "No, the gift card" leaves its sign out as often as not
    r"|no (?:refunds?|money|payment|credit|difference)(?: (?:to|on|onto|by|with|via|my|the|a|goes|go|back))*"
    r"|no(?: (?:to|on|onto|by|with|via)(?: (?:my|the|a))?)?)$"
)
# "SD card", "graphics card", "card slot": what a text says without being asked is money only with such words around
_BARE = frozenset({(MethodKind.CARD, None), (MethodKind.WALLET, None)})
_MONEY_BEFORE = listed("""
my the a an your our this that one other another different same original first second third old new usual default main
normal bank payment both either with by on to onto via from using use per and or of not instead pay charge saved stored
personal company business current last
""")
_GOODS_AFTER = listed("""
slot slots reader readers holder holders game games table case cases sleeve storage deck capacity pocket pockets
compartment
""")
# "Return the gift card", "the wallet that I bought": a thing of the shop's
_GOODS_BEFORE = re.compile(
    r"\b(?:return|returning|send back|exchange|exchanging|replace|cancel|bought|ordered)"
    r"(?: (?:the|my|a|an|this|that|one))*$"
)
_BOUGHT = re.compile(r"(?:that |which )?(?:i|we) (?:have |ve )?(?:bought|ordered|got|received)\b")
_ASIDE = re.compile(
    r"\b(?:from|paid(?: for)?(?: it| them| that)?(?: with| by| using| on| via| through)?|charged to|used)(?: "
    r"(?:with|on|by|my|the|a))*$"
)
# "I'd rather save my gift card for later"
_SAVED = re.compile(r"\b(?P<verb>sav(?:e|ing)|spar(?:e|ing)|keep(?:ing)?)(?: (?:my|the|that|what s on my))*$")
# "From the gift card if there's enough on it", "paid with my gift card, please": what is to pay
_TO_PAY = re.compile(
    r"(?:and |then |please |it s |its |to be )*(?:from|paid (?:with|by|from|via|on))(?: (?:my|the|a))*$"
)
_NOT_TO_PAY = re.compile(r"(?:\w+ ){0,3}(?:to|onto|originally|before|instead)\b")
_IF_ENOUGH = re.compile(r"(?:if|when|as long as|provided|first|preferably)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A way to pay that a text speaks of; `brand` is None for any, `text` how it was written.

    `against` tells that it is the one not to use, `aside` that it is probably only where the money came from.
    """

    kind: MethodKind
    brand: str | None
    text: str
    against: bool
    aside: bool


def mentions(text: str, brands: Iterable[tuple[MethodKind, str]], *, asked: bool = True) -> list[Mention]:
    """The ways to pay that `text` speaks of, in its order; `brands` are known beyond those that everybody knows.

    What a text says without being `asked` may name cards and wallets that are goods: those are left out.
    """
    names = _NAMES | {letters(brand): (kind, brand) for kind, brand in brands if len(letters(brand)) > 1}
    found: list[Mention] = []
    for clause in clauses(text):
        place = 0
        while place < len(clause.words):
            size = next((size for size in (3, 2, 1) if _named(clause.words[place:place + size], size, names)), 0)
            called = _named(clause.words[place:place + size], size, names)
            if called is None:
                place += 1
                continue
            before = " ".join(clause.words[max(0, place - 7):place])
            end = place + size
            after = " ".join(clause.words[end:end + 7])
            if not asked and _is_goods(called, before, after):
                place = end
                continue
            stop = clause.starts[end] if end < len(clause.words) else len(text)
            written = text[clause.starts[place]:stop].strip(" \n\t.,;:!?()")
            kept = _SAVED.search(before)
            saved = kept is not None and (kept["verb"][0] == "s" or after.startswith("for "))
            against = saved or bool(_AGAINST.search(before)) or not_needed(after)
            found.append(Mention(*called, written, against, _is_aside(before, after)))
            place = end
    return found


def _is_aside(before: str, after: str) -> bool:
    to_pay = _TO_PAY.fullmatch(before) and not _NOT_TO_PAY.match(after)
    return _ASIDE.search(before) is not None and not (to_pay or _IF_ENOUGH.match(after))


def _is_goods(called: tuple[MethodKind, str | None], before: str, after: str) -> bool:
    if _GOODS_BEFORE.search(before) or _BOUGHT.match(after):
        return True
    if called not in _BARE:
        return False
    return before.rpartition(" ")[2] not in _MONEY_BEFORE | {""} or after.partition(" ")[0] in _GOODS_AFTER


def _named(
    words: tuple[str, ...], size: int, names: dict[str, tuple[MethodKind, str | None]]
) -> tuple[MethodKind, str | None] | None:
    joined = "".join(words)
    if not words or len(words) < size or not joined.isalpha():
        return None
    if joined in names:
        return names[joined]
    if len(joined) < 5 or (size > 1 and any(len(word) < 3 for word in words)):
        return None
    most = 1 if len(joined) < 8 else 2
    near = [
        (distance, name) for name in names if name not in _EXACT and len(name) > 4 and name[0] == joined[0]
        and (distance := OSA.distance(name, joined, score_cutoff=most)) <= most
    ]
    return names[min(near)[1]] if near else None


def letters(brand: str) -> str:
    """The letters of `brand` alone, small: what two ways to write it have in common."""
    return "".join(sign for sign in brand.lower() if sign.isalpha())
