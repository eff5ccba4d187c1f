"""How people say yes, no, stop and perhaps: the phrases, folded as `pauses.py` folds words (lower case, "dont")."""

import re
from typing import Final

_IT = r"(?: (?:it|that|this|so|them|those|these|all of (?:it|that|them)|everything))?"
# What a yes may name without saying anything anew: "those three", "both items", "the exchange"
ALL_OF_IT: Final = (
    r"it|that|this|them|those|these|all|both|everything|exactly|the (?:whole )?(?:order|lot|thing|rest)|"
    r"(?:the |of )*(?:two|three|four|five|six|seven|eight|[2-8])|(?:the )?(?:items?|things?|products?|changes?|ones?)"
)
_BE = r"(?:s| is| are| was|re)?"
_FINE = (
    r"(?:fine|good|great|perfect|ok|okay|okey|alright|all right|right|correct|cool|lovely|excellent|wonderful"
    r"|acceptable)"
)
_I_AM = r"(?:im|i am|we are|were)"
_WANT = r"(?:id like|i would like|i want|i wish|id love|we want|we would like|i would love|please let me|lets|let us)"
_ON = (
    r"(?:go ahead|proceed|continue|carry on|go on|go for it|process(?: it| that| this)?|confirm(?: it| that| this)?"
    r"|do (?:it|that|this|so))"
)
_DEED = r"(?:exchange|return|cancellation|change|swap|refund|payment|order|redemption|request|plan)"
_ON_IT = (
    rf"{_ON}(?: (?:and|with) (?:do )?(?:(?:(?:it|that|this|the|my|your|{ALL_OF_IT}) ?)+{_DEED}?s?|it))?"
    r"(?: as (?:it is|is|planned|proposed|described))?"
)
_VERY = (
    r"(?:so |very |really |quite |all |absolutely |perfectly |totally |completely |just |pretty |certainly "
    r"|definitely )*"
)

# Nobody who says these means no, whatever follows
YES: Final = (
    r"(?:oh |ah )?(?:yes|yess|yep|yepp|yup|yeah|yea|yeh|ya|yah|yas|ye|yh|yse|yea?s|aye|y|yessir|uh huh|mhm|"
    r"affirmative)",
    r"sure(?: thing)?|(?:of|off) course|ofc|certainly|absolutely|definitely|def|indeed|exactly|precisely|by all "
    r"means|naturally",
    r"(?:100|hundred)(?: percent)?|for sure|no doubt|without a doubt|you bet|you got it|spot on|bingo|deal|agreed|"
    r"approved?|accepted",
    r"\w+ says? (?:yes|ok|okay)",
    r"correct|confirmed|confirm(?:ing)?|i (?:do|agree|accept|approve|consent)(?: to (?:it|that|this))?",
    rf"i (?:can |hereby |do )*confirm{_IT}|{_I_AM} {_VERY}(?:sure|certain|positive)",
    rf"(?:please )?(?:kindly )?(?:just )?{_ON_IT}|please do{_IT}|do please|make it so|make it happen|ship it|fire "
    r"away|be my guest",
    rf"(?:(?:can|could|would|will) (?:you|we)|{_WANT}(?: you)? to|lets|let us|you (?:can|may|could)|feel free to|"
    r"happy to) "
    rf"(?:please |kindly |just |now )*{_ON_IT}",
    r"lets (?:do|go)(?: it| this| that| for it)?|i (?:dont|cant|do not) see why not|(?:i have |we have "
    r")?no objections?",
    rf"(?:that|this|it|all of that|everything|all that|which){_BE} (?:all )?(?:looks? |sounds? |seems? |would be |"
    rf"will be )?{_VERY}"
    rf"{_FINE}(?: (?:to|with|for|by) (?:me|us))?",
    r"(?:that|this|it)?(?: ?ll| will| would|d)? ?works?(?: (?:great|perfectly|fine|well))?(?: for me| for us)?|that "
    r"?ll do|that will do",
    rf"(?:the |those |these |all )+(?:details?|amounts?|items?)? ?(?:are|is|looks?|sounds?) {_VERY}{_FINE}",
    rf"(?:sounds?|looks?|seems?) {_VERY}{_FINE}(?: (?:to|with|for|by) (?:me|us))?|sounds like a plan|good to go|"
    r"all (?:good|correct|right)",
    rf"{_I_AM} {_VERY}(?:happy|fine|ok|okay|good|cool|satisfied|pleased) with (?:it|that|this|all that|those|the "
    r"(?:amount|price|difference|refund))",
    r"id (?:like|love) that|i would (?:like|love) that|i want that|go on then|thumbs up|good idea|right you are|"
    r"quite right",
    # "They are full of holes" is no yes
    r"(?:it (?:is|does)|they are|you may|you can)(?! )|you (?:are|re) right|youre right|thats the one|thats what i "
    r"(?:want|meant)",
    r"👍|✅|👌|✔|☑|💯|🆗",
)
# Yes if they stand alone; before something else they are often only manners
WEAK: Final = (
    r"why not(?! )",
    r"(?:ok|okay|okey|okie|oki|k|kk|okey dokey|okie dokie|okay okay|ok ok)|alright|all right|right|fine|great|"
    r"perfect|cool|good|super|fab|sweet|neat|cheers|yay",
    r"excellent|wonderful|lovely|brilliant|fantastic|awesome|nice|amazing|splendid|grand|very well|very good|fair "
    r"enough|happy days",
    r"(?:no|not a|no big) (?:problem|probs|issue|deal|bother)(?: (?:at all|with (?:that|it)|for me))?|no prob(?:s|"
    r"lem)?|please|pls|plz",
)
NO: Final = (
    r"(?:oh |ah )?(?:no(?! longer )|nope|nop|nah|na|naw|nay|n|noo|negative|never|neither|uh uh)(?: way| sir| no)?|no "
    r"(?:thanks?(?: you)?|thx|ta|need(?: to)?)",
    r"(?:absolutely|definitely|certainly|of course|probably|maybe|perhaps|obviously|hell|surely|better|rather|"
    r"please|actually) not(?: to)?",
    r"not (?:really|now|yet|quite|today|at all|right now|at the moment|just yet|exactly|anymore|any more|(?:that|"
    r"this) (?:one|way)|that|this)",
    r"(?:i|we) (?:dont|do not) (?:think so|agree|accept|approve|confirm|wish to|want (?:to|that|it|this|you "
    r"to)(?: (?:go ahead|proceed|do that))?)",
    r"(?:that|this|it|those|they)(?:s| is| are|re)? (?:not|isnt|arent|wasnt) (?:right|correct|ok|okay|fine|good|"
    r"what i (?:want|wanted|meant|asked for|said))",
    r"(?:that|this|it)(?: isnt| is not|s not) (?:right|correct|it|what i (?:want|wanted|meant|asked for|said))|"
    r"(?:thats|that is|its) (?:wrong|incorrect)",
    r"wrong|incorrect|(?:id|i would|we would|i had|i ?d) (?:rather|prefer) not(?: to)?|i (?:said|say|meant?) no|"
    r"(?:im|i am) not (?:happy|ok|okay|fine) with (?:it|that|this)",
    r"maybe later|perhaps later|another time|some other time|later|let me think(?: about (?:it|that))?(?: first)?|"
    r"i need to think(?: about (?:it|that))?",
    r"(?:on )?second thoughts?|come to think of it|actually no",
    r"let ?s not(?: (?:do|go|proceed|continue)(?: (?:it|that|this|ahead))*)?",
    r"(?:i|we) (?:dont|do not|wouldnt|would not) (?:wish|want|like) to (?:proceed|go ahead|continue|do (?:it|that|"
    r"this))",
    # Of one thing of several: what is said of it comes next
    r"(?:i|we)(?: have|ve)? (?:just )?changed my mind(?= (?:about|on) (?:the|my|those|these) )",
    r"(?:thats|that is|its|it is) not (?:necessary|needed)|👎|❌|🚫|🙅",
)
# A no for now: something else comes first
WAIT: Final = (
    r"(?:please |actually |just |oh |but |no )*(?:wait|hold on|hang on|hold up|hold it|"
    r"one (?:moment|sec|second|minute)|just a (?:moment|sec|second|minute)|give me a (?:moment|sec|second|minute)|"
    r"not so fast|before (?:that|you do (?:that|it|so)))(?: a (?:moment|sec|second|minute|bit))?",
)
# "Wait till my aunt sees that!" waits for nothing
EXCLAIMED: Final = re.compile(
    r"\bwait (?:till|until) (?:\w+ ){1,2}?(?:hears?|sees?|finds? out|gets? it)\b(?: (?:it|this|that|them))?",
    re.IGNORECASE,
)
# A no, but beside a yes it may keep something else from happening
DONT: Final = (
    r"(?:please )?(?:dont|do not)(?: you)?(?: (?:please|just|yet))?(?: (?:do|go|proceed|continue|confirm|process|"
    r"cancel|change|return|exchange|swap|send|place|touch|pay|charge|refund|book|go ahead|delete|redeem|"
    r"pause))?(?: (?:ahead|anything|it|that|this|them|yet|so|please))*",
)
STOP: Final = (
    r"never ?mind(?: (?:that|it|this|then))?|nvm|nevermind|forget (?:about )?(?:it|that|this)|(?:just )?(?:forget|"
    r"drop|scrap|scratch|skip) (?:it|that|this)(?: then)?",
    r"(?:just )?(?:forget|drop|scrap) (?:about )?(?:all(?: of)?(?: (?:it|that|this))?|everything|the whole (?:thing|"
    r"lot))(?: then)?",
    r"(?:please |just |can you |could you )*(?:stop|abort|quit|exit)(?: (?:it|that|this|now|here|please))*",
    r"(?:just |lets |let us )*leave (?:it|that|everything|things|them)(?! (?:on|with|by|to) )"
    r"(?: (?:as (?:it is|is|they are|it was)|be|alone|at that|"
    r"then|for now))?|let it (?:be|go)|dont bother",
    r"(?:i (?:think|guess|suppose) )?(?:ill|i will|i ?d rather|id rather|id like to|i want to|let me|we ?ll|i would "
    r"(?:rather|like to)) (?:just )?keep (?:it|them|everything|(?:the|this|my|that) order|that)(?: after all)?",
    r"(?:please |just |you can )*keep (?:it|them|that|everything)(?: (?:as (?:it|they|that) (?:is|are)|then|for now|"
    r"please))*",
    r"(?:i|we)(?: have|ve)? (?:just )?changed my mind(?! (?:about|on) (?:the|my|those|these) )|"
    r"i no longer want (?:to|that|it|this)(?: do (?:it|that|this))?|stop (?:it|that)",
)
# Stops the talk, unless cancelling was what the talk was about
CANCEL: Final = (r"(?:please |just )?cancel(?: (?:that|this|it))?",)
UNSURE: Final = (
    r"maybe|perhaps|possibly|probably|kind of|sort of|kinda|sorta|depends|it depends",
    r"(?:im |i am )?not (?:so |too |quite |really |entirely |completely |100 )?(?:sure|certain)(?: (?:yet|about "
    r"that|about it))?|unsure|idk|dunno|no idea",
    r"(?:i )?(?:dont|do not|cant|can not) (?:know|care|mind|remember|tell|say|decide)(?: yet| really)?|"
    r"whatever(?: you (?:want|like|think))?|up to you|if you (?:want|like|say so|must)",
    r"no worries|you (?:choose|decide)|either|as you (?:like|wish)",
)
# Alone no clear answer, behind a yes a word too many: "yes, I think so"
HEDGE: Final = (r"(?:i|we) (?:guess|suppose|think|reckon|believe)(?: so| that is right)?",)
IRONY: Final = (
    r"(?:yeah|yes|sure|yea|oh sure) (?:right|whatever)|as if|very funny|oh (?:great|wonderful|brilliant|perfect|"
    r"lovely)|(?:just|how) (?:great|wonderful|brilliant|perfect|lovely|typical)",
    r"thanks for nothing|big surprise|you (?:must be|are|re) (?:kidding|joking)|youre (?:kidding|joking)|🙄|😒|🤨|🙃|"
    r"what a joke|like (?:id|i would|i care)|in your dreams|when pigs fly",
)
# Nothing more is wanted: a no to "anything else?", and nothing against a yes beside it
DONE: Final = (
    r"(?:thats|that is|that will be|that ll be|thatll be) (?:all|it|everything)(?: (?:for now|i need(?:ed)?|"
    r"thanks))?|nothing(?: (?:else|more))?(?: (?:for now|thanks))?",
    r"no (?:other |more |further )?(?:changes|corrections)(?: (?:needed|required|please))?|(?:all|im|i am|we are) "
    r"(?:done|set|finished|all set)",
    r"(?:i )?(?:dont|do not) (?:need|want) (?:to change )?anything(?: else| more)?|i have no (?:other|more|"
    r"further) (?:questions|changes|requests)",
)
FILLER: Final = (
    r"please|pls|plz|kindly|thanks?(?: you)?(?: (?:so|very) much| a lot| again| kindly)?|thank u|thx|ty|ta|cheers|"
    r"many thanks|much appreciated|i appreciate (?:it|that|your help)",
    r"thanks?(?: you)? (?:\w+ ){0,2}for \w+(?: \w+){0,8}|(?:hi|hello|hey)(?: there)?|well|so|then|now|oh|ah|um|uh|"
    r"er|erm|hm+|mm+|and|actually|honestly|just|indeed",
    r"(?:do )?you know what|right (?:away|now)|asap|as soon as (?:possible|you can)|immediately|at once|straight away|"
    r"today|i (?:understand|see)(?: that)?|got it|understood|noted|makes sense|that makes sense",
    r"(?:so |very |im |i am )*sorry(?: about that| for that)?|my (?:mistake|bad)|silly me|goodness|(?:my )?gosh",
    r"(?:that|this|it)(?:s| is| was)? (?:very |really |so )?(?:helpful|clear|kind(?: of you)?)|dont worry|do not "
    r"worry|mate|sir|maam|madam|dear|buddy|bot|love|man|bro|my friend",
    r"if (?:you (?:dont mind|please|can|could|would|will|wouldnt mind)|(?:its |it is |thats |that is "
    r")?(?:possible|ok|okay|alright|all right|no trouble)(?: with you)?)",
    r"in (?:that|which) case(?= (?:yes|yep|yeah|sure|ok|okay|please do|go ahead)\b)|"
    r"🙏|😊|🙂|😀|😃|😄|🎉|❤|🥰|😅|🤝|lol|haha|thing|i(?:ve| have) (?:checked|read) (?:it|that|everything)|"
    r"let me know(?: when (?:its|it is) done)?|all of (?:it|that|them)",
)


def longest(phrases: tuple[re.Pattern[str], ...], text: str) -> int:
    """Up to where the longest of `phrases` at the beginning of `text` goes, 0 if there is none."""
    return max((found.end() for phrase in phrases if (found := phrase.match(text))), default=0)


def compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Each phrase alone, whole words only: of two that begin alike an alternation would take the first."""
    return tuple(re.compile(rf"(?:{one})(?!\S)") for phrase in phrases for one in _alternatives(phrase))


def _alternatives(phrase: str) -> list[str]:
    found, depth = [""], 0
    for sign in phrase:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return found
