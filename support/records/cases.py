"""Records of cases: what they are about, their photos, and the log of what was done."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from support.models.cases import CaseEventKind, CaseKind
from support.policy.business import Business
from support.records import times, values
from support.records.faults import Wrong
from support.records.record import Record, WrongColumn, column, table
from support.records.returns import check_names_a_line

# As support/care/case_photos.py names them: a name from outside could lead out of the folder
_FILE = re.compile(r"[0-9a-f]{32}\.(jpg|png)", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Actor(StrEnum):
    """Who did something to a case."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SHOP = "shop"


class MediaType(StrEnum):
    """What a photo is kept as."""

    JPEG = "image/jpeg"
    PNG = "image/png"


def _fitting(pattern: re.Pattern[str], what: str) -> Any:
    def read(cell: str, _: Business) -> str:
        if not pattern.fullmatch(cell):
            raise Wrong("file_format", f"must be {what}")
        return cell

    return read


@table("cases")
class CaseRecord(Record):
    """Something of a customer's that somebody has to see to; whether it is closed says its log."""

    id: str = column(values.code(20), to="reference")
    customer_id: str = column(values.reference)
    order_id: str | None = column(values.reference, into="order_id", default=None)
    kind: CaseKind = column(values.choice(CaseKind), to="kind")
    text: str = column(values.text(4000, lines=True), to="text")
    phone: str | None = column(values.phone, to="phone", default=None)
    opened_at: datetime = column(times.time, to="opened_at")
    due_at: datetime | None = column(times.time, to="due_at", default=None)


@table("case_lines")
class CaseLineRecord(Record):
    """A line of the case's order that it is about."""

    case_id: str = column(values.code(20))
    line_id: str | None = column(values.reference, default=None)
    place: int | None = column(values.integer(1), default=None)

    def check(self) -> None:
        check_names_a_line(self)


@table("case_photos")
class CasePhotoRecord(Record):
    """A picture of a case, whose file lies under its name in the folder of photos."""

    case_id: str = column(values.code(20))
    file: str = column(_fitting(_FILE, "the name of a file in the folder of photos"), to="stored_as")
    digest: str = column(_fitting(_DIGEST, "the SHA-256 of what was sent, in hex"), to="digest")
    media_type: MediaType = column(values.choice(MediaType), to="media_type")
    size: int = column(values.integer(1), to="size")
    width: int = column(values.integer(1), to="width")
    height: int = column(values.integer(1), to="height")
    at: datetime = column(times.time, to="at")


@table("case_entries")
class CaseEntryRecord(Record):
    """An entry of a case's log. Entries never change."""

    case_id: str = column(values.code(20))
    number: int = column(values.integer(1))
    kind: CaseEventKind = column(values.choice(CaseEventKind))
    at: datetime = column(times.time)
    actor: Actor = column(values.choice(Actor))
    text: str | None = column(values.text(4000, lines=True), default=None)
    photo: str | None = column(_fitting(_FILE, "the name of a file in the folder of photos"), default=None)
    points: int | None = column(values.integer(1), default=None)
    points_id: str | None = column(values.reference, default=None)
    moved_to: str | None = column(values.code(20), default=None)
    request: str | None = column(values.code(20), default=None)

    def check(self) -> None:
        if self.kind is CaseEventKind.COMPENSATED and self.points is None:
            raise WrongColumn("points", "required", "must say how many points were given")
        for name in ("points", "points_id"):
            if self.kind is not CaseEventKind.COMPENSATED and getattr(self, name) is not None:
                raise WrongColumn(name, "not_for_this_kind", "must be empty unless the kind is compensated")
