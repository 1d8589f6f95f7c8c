"""The condition that a row belongs to one of some units, cheap for one and for the hundreds of a province."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, Integer, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

FEW = 60
"""Up to so many units an index by unit may be asked for each of them; beyond, rows are read in order and others skipped."""


class Numbers(TypeDecorator[list[int]]):
    """Whole numbers as one parameter: an array on PostgreSQL, a JSON text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(postgresql.ARRAY(Integer) if is_postgresql else Text())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class one_of(FunctionElement[bool]):  # noqa: N801  a function of SQL
    """``one_of(column, numbers)``. With a parameter for each of six hundred units a rank took 20 ms, nearly all of it for
    writing and planning the statement."""

    type = Boolean()
    inherit_cache = True


@compiles(one_of, "postgresql")
def _on_postgresql(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    """A set that is made once for the statement. ``= ANY`` compares with each number in turn once a statement is prepared,
    and without IS TRUE each unit might be looked for by its index."""
    column, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} IN (SELECT unnest({numbers}))) IS TRUE"


@compiles(one_of, "sqlite")
def _on_sqlite(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    """The plus keeps SQLite from asking the index by unit once for each of them."""
    column, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"+{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608  both are compiled SQL


def of_units(column: ColumnElement[Any], unit_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether ``column`` is one of these units."""
    if len(unit_ids) == 1:
        return column == next(iter(unit_ids))
    if len(unit_ids) <= FEW:
        return column.in_(unit_ids)
    return one_of(column, bindparam("units", list(unit_ids), type_=Numbers(), unique=True))
