"""What every table shares: the declarative base, UTC times, enums kept as text, and client-minted ids."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, override

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from support.text import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware UTC time, also on SQLite, which keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


Uuid = String(36)
Reference = String(200)  # the shop's own id of something, of any form
Currency = String(3)  # ISO 4217
Id = Annotated[str, mapped_column(Uuid, primary_key=True, default=new_id)]


def by_value(kind: type[StrEnum]) -> Enum:
    """A column type that keeps the values of `kind` as text, so that a new one needs no migration."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda all: [one.value for one in all])


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}
