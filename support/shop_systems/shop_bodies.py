"""What the shop's systems send, a thing with its parts, read into records; every fault of a body at once.

A fault names the table, the place in that part's list (from 1, 0 for the thing itself), column, code and reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from support.policy.business import Business
from support.records import Fault, Record, RecordsRefused

Parts = Mapping[str, type[Record]]
_MISMATCH = "is another than the address of this call names"


def read(
    record: type[Record], body: Mapping[str, Any], id: str, parts: Parts, *, link: str, business: Business
) -> list[Record]:
    """The record of `body` under the shop's `id`, then those of its parts, whose column `link` names it.

    Raises RecordsRefused.
    """
    faults: list[Fault] = []
    own = {name: value for name, value in body.items() if name not in parts}
    found = [_one(record, own, "id", id, 0, faults, business)]
    for name, part in parts.items():
        found += _part(part, name, body.get(name), link, id, faults, business, record.table)
    if faults:
        raise RecordsRefused(faults)
    return [one for one in found if one is not None]


def read_list(record: type[Record], name: str, rows: object, business: Business) -> list[Record]:
    """Records of a body that is nothing but the list `name`. Raises RecordsRefused."""
    faults: list[Fault] = []
    found = _part(record, name, rows, None, "", faults, business, record.table)
    if faults:
        raise RecordsRefused(faults)
    return [one for one in found if one is not None]


def placed(refused: RecordsRefused, records: Sequence[Record]) -> RecordsRefused:
    """The faults of `write` with the places that the body's lists have, for it counts through all records."""
    counted: Counter[str] = Counter()
    places = [0]
    for index, record in enumerate(records):
        if index:
            counted[record.table] += 1
        places.append(counted[record.table])
    return RecordsRefused([fault._replace(line=places[fault.line]) for fault in refused.faults])


def _part(
    record: type[Record], name: str, rows: object, link: str | None, id: str, faults: list[Fault], business: Business,
    table: str,
) -> list[Record | None]:
    if rows is None:
        return []
    if not isinstance(rows, list):
        faults.append(Fault(table, 0, name, "type_wrong", "must be a list"))
        return []
    return [_one(record, row, link, id, place, faults, business) for place, row in enumerate(rows, 1)]


def _one(
    record: type[Record], row: object, link: str | None, id: str, place: int, faults: list[Fault], business: Business
) -> Record | None:
    if not isinstance(row, dict):
        faults.append(Fault(record.table, place, "", "type_wrong", "must be an object"))
        return None
    cells = dict(row)
    if not all(name.isprintable() for name in cells):
        # It could not even be quoted in an answer
        faults.append(Fault(record.table, place, "", "unknown_column", "has a column whose name cannot be shown"))
        return None
    if link is not None and cells.setdefault(link, id) != id:
        faults.append(Fault(record.table, place, link, "id_differs", _MISMATCH))
        return None
    try:
        return record.read(cells, business, line=place)
    except RecordsRefused as refused:
        faults += refused.faults
        return None


