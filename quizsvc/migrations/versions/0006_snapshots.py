"""Sealed snapshots of boards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quizsvc.migrations.append_only import allow_changes, refuse_changes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("snapshots", "snapshot_entries", "snapshot_blocks", "snapshot_totals")


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("actual", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("draw_seed", sa.BigInteger(), nullable=True),
        sa.Column("prize_zone", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("groups", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous_sha256", sa.String(length=64), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('provisional', 'final')", name=op.f("ck_snapshots_kind")),
        sa.ForeignKeyConstraint(["actor_id"], ["participants.id"], name=op.f("fk_snapshots_actor_id_participants")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_snapshots_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("board_id", "number", name=op.f("uq_snapshots_board_id_number")),
    )
    op.create_table(
        "snapshot_entries",
        sa.Column("snapshot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("predicted", sa.BigInteger(), nullable=True),
        sa.Column("prediction_error", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("perfect_attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "place", name=op.f("pk_snapshot_entries")),
        sa.UniqueConstraint("snapshot_id", "participant_id", name=op.f("uq_snapshot_entries_snapshot_id_participant_id")),
    )
    op.create_index("ix_snapshot_entries_unit", "snapshot_entries", ["snapshot_id", "unit_id", "place"])
    op.create_table(
        "snapshot_blocks",
        sa.Column("snapshot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "scope_id", "block", name=op.f("pk_snapshot_blocks")),
    )
    op.create_table(
        "snapshot_totals",
        sa.Column("snapshot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("perfect", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "scope_id", name=op.f("pk_snapshot_totals")),
    )
    for table in TABLES:
        refuse_changes(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        allow_changes(table)
    op.drop_index("ix_snapshot_entries_unit", "snapshot_entries")
    for table in reversed(TABLES):
        op.drop_table(table)
