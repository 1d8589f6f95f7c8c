"""Drafts of contests: what was loaded before is public already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contests", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE contests SET published_at = loaded_at")


def downgrade() -> None:
    op.drop_column("contests", "published_at")
