"""Counts of entries by score alone, so that a rank on a sum over rounds costs no more than one on a single round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "score_cells",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_score_cells_board_id_boards")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "score", "shard", name=op.f("pk_score_cells")),
    )
    op.execute(
        "INSERT INTO score_cells (board_id, scope_id, score, shard, entries) "
        "SELECT board_id, scope_id, score, 0, sum(entries) FROM rank_cells GROUP BY board_id, scope_id, score"
    )


def downgrade() -> None:
    op.drop_table("score_cells")
