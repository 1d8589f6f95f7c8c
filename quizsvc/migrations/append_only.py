"""Tables whose rows are written once: the database itself refuses to change or delete them.

Only for the upgrades and downgrades of migrations. SQLite loses the triggers of a table that it rebuilds, so a later
migration that alters such a table calls ``allow_changes`` before and ``refuse_changes`` after.
"""

from __future__ import annotations

from alembic import op

NAME = "append_only"
"""How every trigger (and PostgreSQL's function) of this kind begins: ``append_only_<table>``."""


def refuse_changes(table: str) -> None:
    """From now on ``UPDATE``, ``DELETE`` and ``TRUNCATE`` of ``table`` fail with an ``IntegrityError``.

    ``REPLACE INTO`` deletes too; SQLite tells triggers of it only under ``PRAGMA recursive_triggers``, which
    ``core/db.py`` sets on each connection.
    """
    said = f"append-only: rows of {table} are never changed"
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {NAME}_{table}_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {NAME}_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{said}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    # For each row, not for each statement: a DELETE that finds nothing harms nothing.
    op.execute(
        f"CREATE TRIGGER {NAME}_{table} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {NAME}_{table}()"
    )
    op.execute(
        f"CREATE TRIGGER {NAME}_{table}_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}_{table}()"
    )


def allow_changes(table: str) -> None:
    """Take the refusal back; call it before the table is altered or dropped."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(f"DROP TRIGGER {NAME}_{table}_{what}")
        return
    for trigger in (f"{NAME}_{table}", f"{NAME}_{table}_truncate"):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    op.execute(f"DROP FUNCTION {NAME}_{table}()")
