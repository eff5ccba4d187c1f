"""Shares of whole numbers: of money in minor units, of points."""


def part_of(whole: int, part: int, of: int) -> int:
    """What `part` out of `of` has of `whole`, rounded half up; all of it from `part` = `of` on."""
    return whole if part >= of else (2 * whole * part + of) // (2 * of)
