"""The audit log of organizers, and roles that can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quizsvc.migrations.append_only import allow_changes, refuse_changes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HELD = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.String(length=20), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("prev_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["participants.id"], name=op.f("fk_audit_rows_actor_id_participants")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_audit_rows_unit_id_units")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_rows")),
    )
    op.create_index("ix_audit_rows_unit_id", "audit_rows", ["unit_id", "number"])
    op.create_index("ix_audit_rows_subject", "audit_rows", ["subject", "number"])
    refuse_changes("audit_rows")
    with op.batch_alter_table("role_grants") as batch_op:
        batch_op.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("uq_role_grants_participant_id_role_unit_id"), type_="unique")
    op.create_index(
        "uq_role_grants_held",
        "role_grants",
        ["participant_id", "role", "unit_id"],
        unique=True,
        sqlite_where=HELD,
        postgresql_where=HELD,
    )
    op.create_index("ix_role_grants_unit_id", "role_grants", ["unit_id"])


def downgrade() -> None:
    op.execute("DELETE FROM role_grants WHERE revoked_at IS NOT NULL")  # without the column they would be valid again
    op.drop_index("ix_role_grants_unit_id", "role_grants")
    op.drop_index("uq_role_grants_held", "role_grants")
    with op.batch_alter_table("role_grants") as batch_op:
        batch_op.drop_column("revoked_at")
        batch_op.create_unique_constraint(
            op.f("uq_role_grants_participant_id_role_unit_id"), ["participant_id", "role", "unit_id"]
        )
    allow_changes("audit_rows")
    op.drop_index("ix_audit_rows_subject", "audit_rows")
    op.drop_index("ix_audit_rows_unit_id", "audit_rows")
    op.drop_table("audit_rows")
