"""Alembic's entry point; it always runs on the connection that ``state.migrate`` hands over."""

from alembic import context

from quizsvc.core.db import Base
from quizsvc.schema import MODELS

assert MODELS
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
context.run_migrations()
