"""The life of a question: states of its versions, blind reviews, and who has seen a key.

What was loaded before came from files under version control, so it counts as approved; of several versions the newest one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

APPROVED = sa.text("state = 'approved'")


def upgrade() -> None:
    with op.batch_alter_table("question_versions") as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=10), nullable=False, server_default="approved"))
        batch_op.add_column(sa.Column("author_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("law_checked_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_question_versions_state"), "state IN ('draft', 'reviewed', 'approved', 'retired')"
        )
        batch_op.create_foreign_key(
            op.f("fk_question_versions_author_id_participants"), "participants", ["author_id"], ["id"]
        )
    op.execute(
        "UPDATE question_versions SET state = 'retired' WHERE number < "
        "(SELECT max(later.number) FROM question_versions later WHERE later.question_id = question_versions.question_id)"
    )
    with op.batch_alter_table("question_versions") as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=10), existing_nullable=False, server_default=None)
    op.create_index(
        "uq_question_versions_approved",
        "question_versions",
        ["question_id"],
        unique=True,
        sqlite_where=APPROVED,
        postgresql_where=APPROVED,
    )
    op.create_table(
        "question_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_question_reviews_question_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["participants.id"], name=op.f("fk_question_reviews_reviewer_id_participants")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["participants.id"], name=op.f("fk_question_reviews_settled_by_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reviews")),
        sa.UniqueConstraint(
            "question_version_id", "reviewer_id", name=op.f("uq_question_reviews_question_version_id_reviewer_id")
        ),
    )
    op.create_table(
        "keys_seen",
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_keys_seen_question_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_keys_seen_participant_id_participants")
        ),
        sa.PrimaryKeyConstraint("question_version_id", "participant_id", name=op.f("pk_keys_seen")),
    )


def downgrade() -> None:
    op.drop_table("keys_seen")
    op.drop_table("question_reviews")
    op.drop_index("uq_question_versions_approved", "question_versions")
    with op.batch_alter_table("question_versions") as batch_op:
        batch_op.drop_constraint(op.f("fk_question_versions_author_id_participants"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_question_versions_state"), type_="check")
        batch_op.drop_column("law_checked_on")
        batch_op.drop_column("author_id")
        batch_op.drop_column("state")
