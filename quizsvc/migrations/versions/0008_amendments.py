"""Amendments of contests that have opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quizsvc.migrations.append_only import allow_changes, refuse_changes

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contest_amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["participants.id"], name=op.f("fk_contest_amendments_actor_id_participants")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_contest_amendments_contest_id_contests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_amendments")),
        sa.UniqueConstraint("contest_id", "number", name=op.f("uq_contest_amendments_contest_id_number")),
    )
    refuse_changes("contest_amendments")


def downgrade() -> None:
    allow_changes("contest_amendments")
    op.drop_table("contest_amendments")
