"""What a text was found to name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading[T]:
    """What a text names: `chosen` surely; or several `candidates`, of which one was meant; or nothing.

    A single candidate is one that was named so badly that it should be asked about. `text` is the part of the text
    that named them, "" if nothing did.
    """

    chosen: tuple[T, ...] = ()
    candidates: tuple[T, ...] = ()
    text: str = ""
