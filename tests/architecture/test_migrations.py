"""The schema's history: numbered, one head, equal to the models, up and down with data in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text

from quizsvc.core.db import Base, prepare_sqlite
from quizsvc.migrations import state
from quizsvc.schema import MODELS
from quizsvc.units.models import Unit


@pytest.fixture
def engine(own_database_url):
    made = create_engine(own_database_url)
    if made.dialect.name == "sqlite":
        prepare_sqlite(made)
    yield made
    made.dispose()


def test_numbered_with_a_single_head():
    scripts = ScriptDirectory.from_config(state.config())
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert scripts.get_heads() == [revisions[-1]]
    for script in scripts.walk_revisions():
        assert script.module.__file__.rpartition("/")[2].startswith(f"{script.revision}_")


def test_models_and_migrated_schema_agree(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert {model.__tablename__ for model in MODELS} == set(Base.metadata.tables)


def test_constraints_stand_in_the_database(engine):
    checks = {check["name"] for table in Base.metadata.tables for check in inspect(engine).get_check_constraints(table)}
    expected = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert expected <= checks


def test_down_and_up_again_with_data(engine):
    row = {"code": "40", "name": "Nghệ An", "kind": "province", "path": "/1/", "search": "nghe an"}
    with engine.begin() as connection:
        connection.execute(Unit.__table__.insert().values(valid_from=datetime(2020, 1, 1, tzinfo=UTC).date(), **row))
    revisions = [script.revision for script in ScriptDirectory.from_config(state.config()).walk_revisions()]
    for older in revisions[1:]:
        state.migrate(engine, older)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT name FROM units")).scalars().all() == ["Nghệ An"]
    state.migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    state.migrate(engine)
    state.migrate(engine)
    with engine.connect() as connection:
        assert state.revision_of(connection) == state.head()
        assert connection.execute(select(Unit.id)).all() == []


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(engine):
    """SQLite rebuilds a table by dropping it; with foreign keys on, children would be deleted without a word."""
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id) ON DELETE CASCADE)"
        )
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1, 1)")
    with engine.connect() as connection, state.without_foreign_keys(connection), connection.begin():
        connection.exec_driver_sql("CREATE TABLE parent_new (id INTEGER PRIMARY KEY, note TEXT)")
        connection.exec_driver_sql("INSERT INTO parent_new (id) SELECT id FROM parent")
        connection.exec_driver_sql("DROP TABLE parent")
        connection.exec_driver_sql("ALTER TABLE parent_new RENAME TO parent")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
