"""Examples: enough of each, none twice, none across the border of two intents, none that the tests try."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapport.data_checks.finding import Finding
from rapport.data_checks.project import FAQ, Example, Project
from rapport.data_checks.sameness import ASKING, plain, same_words, weighty

FEWEST, FEWEST_OF_A_QUESTION = 15, 10
FEWEST_WORDS = 2  # weighty words, "what" and "how" aside, from which on a likeness tells anything
FEWEST_WORDS_TRIED = 3  # "no thanks" may be said in a test too


def check(project: Project) -> Iterator[Finding]:
    typed = [one for one in project.examples if one.typed]
    yield from _too_few(typed)
    yield from _twice(typed)
    yield from _across(typed)
    yield from _leaked(typed, [one for one in project.tried if one.typed])


def _too_few(typed: Sequence[Example]) -> Iterator[Finding]:
    of_label: dict[str, list[Example]] = defaultdict(list)
    for one in typed:
        of_label[one.label].append(one)
    for label, some in of_label.items():
        fewest = FEWEST_OF_A_QUESTION if label.startswith(f"{FAQ}/") else FEWEST
        count = len({plain(one.text) for one in some})
        if count < fewest:
            yield Finding(some[0].place, f"{label} has {count} examples. Write at least {fewest - count} more.")


def _twice(typed: Sequence[Example]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Example] = {}
    for one in typed:
        before = seen.setdefault((one.label, " ".join(one.text.casefold().split())), one)
        if before is not one:
            yield Finding(one.place, f"“{one.text}” stands there twice ({before.place}). Take one away.")


def _across(typed: Sequence[Example]) -> Iterator[Finding]:
    for one, other in _alike(typed, typed, FEWEST_WORDS):
        if one.label == other.label or (one.place, one.text) < (other.place, other.text):
            continue
        yield Finding(
            one.place,
            f"“{one.text}” ({one.label}) says the same as “{other.text}” ({other.label}, {other.place}). Keep it where "
            "it belongs and take the other away, or word it so that the difference shows.",
        )


def _leaked(typed: Sequence[Example], tried: Sequence[Example]) -> Iterator[Finding]:
    told = set()
    for test, example in _alike(tried, typed, FEWEST_WORDS_TRIED):
        if test.place not in told:
            told.add(test.place)
            yield Finding(
                example.place,
                f"“{example.text}” says the same as “{test.text}”, which a test tries ({test.place}). Take it away "
                "here, or the test proves only that what was learnt is known.",
            )


def _alike(some: Sequence[Example], others: Sequence[Example], fewest: int) -> Iterator[tuple[Example, Example]]:
    """Pairs that are the same but for signs, and near-duplicates of at least `fewest` weighty words."""
    equal: dict[str, list[Example]] = defaultdict(list)
    sharing: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, other in enumerate(others):
        equal[_bare(other)].append(other)
        words = weighty(other.text)
        for word in set(words):
            sharing[len(words), word].append(place)
    for one in some:
        words = weighty(one.text)
        found = list(equal[_bare(one)]) if some is others or len(plain(one.text).split()) >= fewest else []
        if len(set(words) - ASKING) >= fewest:
            # Half of the words at least will be spelt alike; comparing all that share one takes seconds
            shared = Counter(place for word in set(words) for place in sharing[len(words), word])
            enough = max(1, len(set(words)) // 2)
            near = [others[place] for place, count in shared.items() if count >= enough]
            found += [each for each in near if same_words(words, weighty(each.text))]
        for other in {each.place: each for each in found}.values():
            if other is not one:
                yield one, other


def _bare(one: Example) -> str:
    """Without case and signs, unless it has nothing else."""
    return plain(one.text) or one.text
