"""What must never be missed, by its words: who may harm themselves, who is beside themselves, who asks for a person.

Examples teach what people usually say; these are said in the middle of anything ("whats the point, refund or not, I
won't be alive next week"), where the rest of the message would drown them. A false alarm fetches a person, no more.
"""

import re
from typing import Optional, Text

SELF_HARM, UPSET, PERSON = "speak_of_self_harm", "express_frustration", "request_person"
LEGAL = "threaten_legal_action"

_NOT = r"(?:do not|don['’]?t|didn['’]?t|no longer|never)"
_GOING = (
    r"(?:going to|gonna|want to|wanna|will|about to|might|could|feel like|thinking (?:of|about)|think of|"
    r"keep|kept|been|started|thoughts of|plan(?:ning)? (?:to|on)|just)"
)
_SELF_HARM = re.compile(
    rf"\b(?:(?:kill(?:ing)?|hang(?:ing)?|drown(?:ing)?|shoot(?:ing)?|harm(?:ing)?) myself\b(?! laughing| with laugh)|"
    rf"{_GOING} (?:hurt|cut|injur|burn|poison)(?:e|ting|ing)? myself\b(?! (?:a|an|some|out|on|with|off)\b)|"
    r"(?:cut|hurt|burned|burnt) myself again\b(?! (?:on|with)\b)|self[- ]?harm(?:ing|ed)?\b|"
    r"suicid(?:e|al)\b|(?:end(?:ing)?|took|take|taking) my (?:own )?life\b|end(?:ing)? it all\b|"
    rf"{_NOT} (?:want to|wanna|wish to) (?:live|be alive|exist|wake up|go on living)\b(?! (?:in|with|at|near|on)\b)|"
    rf"{_NOT} (?:want to|wanna) be (?:here|around) any ?(?:more|longer)\b|"
    r"(?:won['’]?t|will not|not going to|not gonna) be (?:alive|around much longer)\b|"
    r"no (?:point|reason|sense|use) (?:in |to |for )?(?:liv(?:e|ing)|stay(?:ing)? alive|being alive|my life)\b|"
    r"life (?:is not|isn['’]?t|ain['’]?t|no longer) worth\b|tired of (?:living|being alive|life)\b|"
    r"better off (?:dead|without me)\b|wish i (?:was|were|had) (?:dead|never (?:been )?born)\b|"
    r"(?:want|wanna|ready|going|like|rather|try|tried) (?:to )?(?:die\b|"
    r"be dead\b)(?! (?:of|for|from|laughing|than|my|her|his|it)\b)|"
    r"overdos(?:e|ed|ing)\b(?! (?:of|on) (?:colou?r|chocolate|sugar|cute))|"
    r"jump(?:ing)? (?:off|from|in front of) (?:a|the|my) (?:bridge|roof|building|balcony|cliff|train|tower|window))",
    re.IGNORECASE,
)

_VERY = (
    r"(?:(?:so|very|really|absolutely|completely|utterly|extremely|beyond|totally|just|honestly|incredibly|more than|"
    r"pretty|quite|getting|rather|bloody|fucking|truly|genuinely|deeply|bitterly|seriously) )*"
)
_I_AM = r"\b(?:(?:i|we)(?:['’]?m| am|['’]?re| are|['’]ve been| have been| feel| get| got)|" \
    r"(?:makes?|made|making|leaves|left|has|have got) (?:me|us))"
_YOU = (
    r"(?:you\b(?:['’]re| lot| guys| people| all)?|(?:this|your|the) (?:\w+ )?(?:shop|company|store|bot|chat|service|"
    r"support|nonsense|mess|way|treatment|wait|delays?|runaround|excuses?|lies)\b|"
    r"(?:it|this|that|it all|all (?:of )?(?:this|that))\b(?= *(?:$|[.,;!?]|now\b|and\b))|waiting\b|being\b|"
    r"chasing\b|asking\b|explaining\b|hearing\b|repeating\b|how\b)"
)
_BESIDE_THEMSELVES = re.compile(
    rf"{_I_AM} {_VERY}(?:"
    r"(?:angry|furious|livid|outraged|fuming|enraged|infuriated|seething|appalled|disgusted|pissed(?: off)?)\b|"
    rf"(?:fed ?up|sick and tired|sick)(?= *(?:$|[.,;!?])| (?:of|with) (?:all )?{_YOU})|"
    rf"mad(?= at {_YOU}| as hell| *(?:$|[.,;!?])))|"
    rf"{_I_AM} (?:so|very|really|extremely|deeply|bitterly|terribly|incredibly|utterly|beyond) (?:\w+ )?"
    rf"(?:disappointed|upset|annoyed|frustrated|let down) (?:with|in|by|at|about|that) {_YOU}|"
    r"\bnever (?:have i |been |felt |in my life )*(?:been |felt )?(?:so |such |this )?(?:badly|poorly|rudely|"
    r"appallingly) treated\b|\btreat(?:ed|ing)? (?:me|us) like (?:dirt|an idiot|idiots|a fool|fools|rubbish|garbage|"
    r"trash|shit|crap)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"\b(?:not|n['’]t|never|no longer)\s+(?:\w+ )?$", re.IGNORECASE)
# A complaint that goes to others than us
_LEGAL = re.compile(
    r"\b(?:compl(?:ain|ian)|report|turn|writ|contact|involv|go)\w*\b[^.;!?]{0,30}\b(?:consumer (?:protection|authorit\w+|"
    r"rights|advice|watchdog|association)|trading standards|ombudsman|regulator|small claims)\b", re.IGNORECASE,
)
# "My complaint: …" is taken down in their words
_COMPLAINS = re.compile(r"\bcompl(?:ain|ian)\w*", re.IGNORECASE)

# At us: "cancel the damn order" is rude, and a cancellation
_RUDE = r"(?:idiots?|morons?|bastards?|imbeciles?|(?:arse|ass) ?holes?|dickheads?|bitch(?:es)?|scum|clowns?|crooks?|liars?)"
_SWEARS = re.compile(
    rf"\byou(?:['’]re| are)?(?: all| just| such| nothing but)?(?: an?| the)?(?: \w+)? "
    rf"(?:{_RUDE}|pieces? of (?:shit|crap|junk))\b|"
    r"\b(?:stupid|useless|dumb|bloody|damn(?:ed)?|worthless|fucking|shitty|crappy) (?:\w+ )?(?:bot|robot|chatbot|"
    r"company|people|lot|idiots?|assistant)\b|\b(?:fuck|screw) (?:you|off|this)\b|\bgo to hell\b|\bpiss off\b|"
    r"\bshut up\b|\bstfu\b|\b(?:wtf|ffs)\b(?= *(?:is (?:this|that|wrong|going)|are you))|^\W*(?:wtf|ffs)\W*$|"
    r"\bwhat the (?:hell|heck|fuck) (?:is (?:this|that|wrong|going)|are you|do you)\b|"
    r"\b(?:this|that|it|you|service|support|everything)(?:['’]s|['’]re| is| are)(?: \w+)? (?:shit|crap)(?= *(?:$|[.,;!?]))|"
    r"\b(?:such|what a|load of|piece of|pile of|same) (?:\w+ )?(?:shit|crap)\b|\bbull ?shit\b", re.IGNORECASE,
)
# A slip of their own: "oh shit, I ordered the wrong size"
_SLIP = re.compile(
    r"^\W*(?:oh |ah |aw |argh |well |holy |ups |oops )*(?:shit|crap|fuck|damn|bugger|hell|wtf)[\s,.!:…-]+"
    r"(?:i|we|my|can|could|wrong|sorry|just|forgot|sent|clicked|typed|that|please|pls)\b", re.IGNORECASE,
)
_OWN_SLIP = re.compile(r"\b(?:i['’]?m|i am|i was|like) (?:such )?an? (?:\w+ )?(?:idiot|moron)\b", re.IGNORECASE)
_PLEASED = re.compile(
    r"\b(?:lov(?:e|ed|ely)|great|awesome|amazing|perfect|thanks|thank you|thx|brilliant|cool|nice|good|best|happy|glad|"
    r"beautiful|gorgeous|lol|haha\w*|hilarious|impress\w*|wow)\b|[😀-😆😊😍🥰👍❤]", re.IGNORECASE,
)
_SHOUTED = re.compile(r"(?:[!?]\s*){2,}")
_PERSON = re.compile(
    r"(?:^|[.!,;]\s*|\b(?:i (?:want|need|wish|wanna)|like|let me|(?:can|could|may) i|please|rather|prefer|"
    r"ridiculous)\s+)(?:to )?(?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?) (?:to|with) (?:a |an |some |your |"
    r"one of your |the )?(?:real |live |human |actual |proper )*(?:persons?|humans?|human being|people|agents?|"
    r"representatives?|someone|somebody|colleagues?|employees?|staff|manager|supervisor)\b|"
    r"\b(?:get|fetch|give|bring) me (?:a |an |some |the |your )?(?:real |live |human |actual |proper )*"
    r"(?:person|human|agent|representative|someone|somebody|manager|supervisor)\b|\bput me through\b", re.IGNORECASE,
)
# "If that can't be done I want to talk to somebody" waits for something
_NOT_NOW = re.compile(
    r"\b(?:if|unless|otherwise|else|before|without|instead of|whether|not|never|no need|when|once|hours|how)\b|"
    r"n['’]t\b", re.IGNORECASE,
)
LETTERS, LOUD = 12, 0.75  # of a text that is shouted: so many at least, and so many of them capitals


def heard_in(text: Text) -> Optional[Text]:
    """The intent that the words of `text` call for whatever else it says; None for most texts."""
    if _SELF_HARM.search(text):
        return SELF_HARM
    if _LEGAL.search(text):
        return LEGAL
    if _COMPLAINS.search(text):
        return None
    if _upset(text):
        return UPSET
    return PERSON if _PERSON.search(text) and not _NOT_NOW.search(text) else None


def _upset(text: Text) -> bool:
    if any(not _NOT_BEFORE.search(text[:found.end()][:-len(found[0])]) for found in _BESIDE_THEMSELVES.finditer(text)):
        return True
    return _PLEASED.search(text) is None and (_swears(text) or _shouts(text))


def _swears(text: Text) -> bool:
    return _SWEARS.search(text) is not None and not _SLIP.search(text) and not _OWN_SLIP.search(text)


def _shouts(text: Text) -> bool:
    letters = [char for char in text if char.isalpha()]
    loud = sum(char.isupper() for char in letters)
    return len(letters) >= LETTERS and loud >= LOUD * len(letters) and _SHOUTED.search(text) is not None
