"""Corrections after the fact: questions, people, times."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("undone_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_corrections_contest_id_contests")),
        sa.ForeignKeyConstraint(["number"], ["audit_rows.number"], name=op.f("fk_corrections_number_audit_rows")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_corrections_round_id_rounds")),
        sa.ForeignKeyConstraint(
            ["undone_number"], ["audit_rows.number"], name=op.f("fk_corrections_undone_number_audit_rows")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_contest_id", "corrections", ["contest_id", "number"])


def downgrade() -> None:
    op.drop_index("ix_corrections_contest_id", "corrections")
    op.drop_table("corrections")
