"""How much of a list is asked for at once."""

from support.errors import InvalidInput

MOST = 200  # entries


def checked_limit(limit: int) -> int:
    """Raises InvalidInput for what is no whole number from 1 to 200."""
    if type(limit) is not int or not 1 <= limit <= MOST:
        raise InvalidInput(f"A page has 1 to {MOST} entries.")
    return limit
