"""What the wishes of a message come to: the variants that are taken, what is asked about, what stays as it is."""

from collections.abc import Sequence
from typing import Any

from actions.personal import Question
from actions.slots import Prompt
from actions.tasks import Run
from actions.wish_choice import missed, pieces, resolved, to_be_had, with_said_before
from actions.wish_limits import affordable, wished_anew
from actions.wish_picks import of_that_price
from actions.wish_reading import Offered, Wishes, is_free, keeps_the_rest
from actions.wish_words import wish_in_words
from support.grounding.keeping import keeps_otherwise
from support.grounding.limit_reading import read_limits
from support.ordering.order_views import OrderedLine


def settle(
    question: Question, run: Run, text: str, whole: str, some: Wishes, known: dict[str, Any],
    lines: Sequence[OrderedLine], offered: Offered,
) -> Prompt | None:
    """Put what each of `some` wishes comes to into `known`, and return the first question that is left, if any.

    `whole` is the text with its limits, which `text` no longer has.
    """
    limits = read_limits(whole)
    prompt: Prompt | None = None
    for line, wish in some:
        was = known.get(line.id, {})
        wish = with_said_before(wish, was.get("wished", {}), line, offered[line.id])
        chosen = next((one for one in offered[line.id] if one.id == was.get("variant")), None)
        same, free = keeps_the_rest(text, line, lines), is_free(text, line, lines)
        its = [one for one, _ in some]
        limit = affordable(limits, whole, line, its, offered[line.id], lines) if limits else None
        found, unsure = resolved(
            question, line, wish, offered[line.id], same=same, free=free, chosen=chosen, limit=limit
        )
        if (priced := of_that_price(whole, wish, offered[line.id])) is not None and priced.id != line.variant_id:
            found, unsure = [priced], None
        # A wish that leaves a choice keeps what was chosen before only if nothing new was said
        if found or not wish.is_empty or line.id not in known:
            one = wished_anew(was, found, pieces(text, lines, line))
            known[line.id] = {**one, **missed(wish, found, offered[line.id])}
        keeps = keeps_otherwise(text, line, lines)
        if unsure is not None and (keeps or run.otherwise is not None) and not to_be_had(line, wish, alike=keeps):
            known[line.id]["kept"] = wish_in_words(wish)
        else:
            prompt = prompt or unsure
            if unsure is not None and wish.wished:
                known[line.id]["wished"] = {name: list(values) for name, values in wish.wished.items()}
    return prompt
