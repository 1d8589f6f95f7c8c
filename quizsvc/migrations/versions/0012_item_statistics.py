"""Counters of answers by question; they fill by themselves from the attempts that are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_counts",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chosen", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("rest", "rest_squares", "pace", "pace_squares")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_item_counts_round_id_rounds")),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_item_counts_question_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("round_id", "question_version_id", "day", "chosen", name=op.f("pk_item_counts")),
    )
    op.create_table(
        "item_progress",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Uuid(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rulings", sa.String(length=64), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_item_progress_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_item_progress")),
    )


def downgrade() -> None:
    op.drop_table("item_progress")
    op.drop_table("item_counts")
