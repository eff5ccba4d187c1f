"""Tables whose rows the database itself refuses to change: what was entered there stays."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, event

from support.models.base import Base

_REFUSAL = "{table} is append-only"


def append_only_guards(dialect_name: str, tables: Iterable[str]) -> list[str]:
    """Statements that make the database refuse UPDATE and DELETE of the rows of `tables`.

    `dialect_name` is `sqlite` or `postgresql`; KeyError for another. Run each once, after the tables are there.
    """
    return {"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}[dialect_name](tuple(tables))


def refuse_changes_of(tables: Iterable[str]) -> None:
    """A schema made without migrations, as tests make it, refuses the same as a migrated one."""
    guarded = set(tables)

    def guard(_target: object, connection: Connection, *, tables: list[Table], **_: object) -> None:
        made = [table.name for table in tables if table.name in guarded]
        for statement in append_only_guards(connection.dialect.name, made) if made else []:
            connection.exec_driver_sql(statement)

    event.listen(Base.metadata, "after_create", guard)


def _sqlite_guards(tables: tuple[str, ...]) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{move.lower()} BEFORE {move} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL.format(table=table)}'); END"
        for table in tables
        for move in ("UPDATE", "DELETE")
    ]


def _postgresql_guards(tables: tuple[str, ...]) -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL.format(table='%')}', TG_TABLE_NAME "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    return [refuse] + [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        for table in tables
    ]
