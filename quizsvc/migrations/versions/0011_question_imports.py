"""Imported batches of questions; banks of units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("banks") as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_banks_unit_id_units"), "units", ["unit_id"], ["id"])
    op.create_table(
        "question_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("key_name", sa.String(length=200), nullable=True),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("accept", sa.String(length=10), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("repairs_by_kind", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint("accept IN ('all', 'accepted')", name=op.f("ck_question_imports_accept")),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_reason IS NULL)", name=op.f("ck_question_imports_undone")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_question_imports_bank_id_banks")),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["participants.id"], name=op.f("fk_question_imports_imported_by_participants")
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["participants.id"], name=op.f("fk_question_imports_undone_by_participants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_imports")),
    )
    op.create_index("ix_question_imports_bank_id", "question_imports", ["bank_id", "content_sha256"])
    op.create_table(
        "question_sources",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("has_pictures", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('added', 'unchanged', 'rejected', 'remark')", name=op.f("ck_question_sources_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["question_imports.id"], name=op.f("fk_question_sources_import_id_question_imports")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_question_sources_question_id_questions")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_question_sources")),
    )
    op.create_index("ix_question_sources_question_id", "question_sources", ["question_id"])


def downgrade() -> None:
    op.drop_index("ix_question_sources_question_id", "question_sources")
    op.drop_table("question_sources")
    op.drop_index("ix_question_imports_bank_id", "question_imports")
    op.drop_table("question_imports")
    with op.batch_alter_table("banks") as batch_op:
        batch_op.drop_constraint(op.f("fk_banks_unit_id_units"), type_="foreignkey")
        batch_op.drop_column("unit_id")
