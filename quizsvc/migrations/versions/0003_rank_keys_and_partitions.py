"""Rank keys instead of fixed columns, one entry a person and board, attempts partitioned by round.

Ids of attempts carry their round since, and receipts vouch for ids, so older attempts cannot be carried over: a database
that holds some is refused. Contests are loaded again from their documents.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DERIVED = ("leaderboard_entries", "rank_cells", "tallies")
PLAYED = ("receipts", "attempts", "round_questions")
DESCRIBED = ("rounds", "contests", "boards")
DECIDED = ("committee_places", "make_up_people", "make_up_sessions", "rulings", "disqualifications")

MAKE_PARTITION = """
CREATE FUNCTION make_attempts_partition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS attempts_%s PARTITION OF attempts FOR VALUES IN (%s)', NEW.id, NEW.id);
    RETURN NEW;
END $$
"""
DROP_PARTITION = """
CREATE FUNCTION drop_attempts_partition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('attempts_' || OLD.id) IS NOT NULL THEN
        EXECUTE format('ALTER TABLE attempts DETACH PARTITION attempts_%s', OLD.id);
        EXECUTE format('DROP TABLE attempts_%s', OLD.id);
    END IF;
    RETURN OLD;
END $$
"""


def upgrade() -> None:
    _refuse_attempts()
    _drop(*DERIVED, "score_cells", *PLAYED, *DESCRIBED)
    _create()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(MAKE_PARTITION)
        op.execute(DROP_PARTITION)
        op.execute(
            "CREATE TRIGGER make_attempts_partition AFTER INSERT ON rounds "
            "FOR EACH ROW EXECUTE FUNCTION make_attempts_partition()"
        )
        op.execute(
            "CREATE TRIGGER drop_attempts_partition AFTER DELETE ON rounds "
            "FOR EACH ROW EXECUTE FUNCTION drop_attempts_partition()"
        )


def downgrade() -> None:
    _refuse_attempts()
    _drop(*DECIDED, *DERIVED, *PLAYED, "boards", "rounds", "contests")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION make_attempts_partition")
        op.execute("DROP FUNCTION drop_attempts_partition")
    _create_old()


def _refuse_attempts() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM attempts")).scalar():
        raise RuntimeError("the database holds attempts of another form; keep it for reading and begin with an empty one")


def _drop(*tables: str) -> None:
    for table in tables:
        op.drop_table(table)


def _create() -> None:
    op.create_table(
        "contests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("organizer_unit_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organizer_unit_id"], ["units.id"], name=op.f("fk_contests_organizer_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
        sa.UniqueConstraint("slug", name=op.f("uq_contests_slug")),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=120), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_rounds_window")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_rounds_contest_id_contests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rounds_public_id")),
    )
    op.create_index("ix_rounds_contest_id", "rounds", ["contest_id", "position"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("predicted", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("track", sa.String(length=60), nullable=True),
        sa.Column("is_ranked", sa.Boolean(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extra_ms", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("max_score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=True),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_attempts_ended")),
        sa.CheckConstraint("state IN ('open', 'submitted', 'expired', 'void')", name=op.f("ck_attempts_state")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_attempts_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_attempts_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attempts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", "round_id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("round_id", "participant_id", "number", name=op.f("uq_attempts_round_id_participant_id_number")),
        postgresql_partition_by="LIST (round_id)",
    )
    op.create_index(
        "ix_attempts_due",
        "attempts",
        ["deadline_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_attempts_participant_id", "attempts", ["participant_id", "round_id"], unique=False)
    op.create_index(
        "ix_attempts_ungraded",
        "attempts",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
        postgresql_where=sa.text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
    )
    op.create_index(
        "uq_attempts_one_open",
        "attempts",
        ["round_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "boards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("track", sa.String(length=60), nullable=True),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_boards_contest_id_contests")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_boards_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("subject", name=op.f("uq_boards_subject")),
    )
    op.create_index("ix_boards_contest_id", "boards", ["contest_id"], unique=False)
    op.create_table(
        "disqualifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_disqualifications_contest_id_contests")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_disqualifications_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_disqualifications_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disqualifications")),
    )
    op.create_index("ix_disqualifications_contest_id", "disqualifications", ["contest_id", "participant_id"], unique=False)
    op.create_table(
        "make_up_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_make_up_sessions_window")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_make_up_sessions_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_make_up_sessions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_make_up_sessions")),
    )
    op.create_index("ix_make_up_sessions_round_id", "make_up_sessions", ["round_id"], unique=False)
    op.create_table(
        "round_questions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_round_questions_question_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_questions_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", "quota", "question_version_id", name=op.f("pk_round_questions")),
    )
    op.create_table(
        "rulings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("effect IN ('rekey', 'accept_all', 'drop')", name=op.f("ck_rulings_effect")),
        sa.ForeignKeyConstraint(
            ["question_version_id"], ["question_versions.id"], name=op.f("fk_rulings_question_version_id_question_versions")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_rulings_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
    )
    op.create_index("ix_rulings_round_id", "rulings", ["round_id", "question_version_id"], unique=False)
    op.create_table(
        "committee_places",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_committee_places_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_committee_places_participant_id_participants")
        ),
        sa.PrimaryKeyConstraint("board_id", "participant_id", name=op.f("pk_committee_places")),
    )
    op.create_table(
        "leaderboard_entries",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("rank_key", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("perfect_attempts", sa.Integer(), nullable=False),
        sa.Column("predicted", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_leaderboard_entries_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_leaderboard_entries_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_leaderboard_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("board_id", "participant_id", name=op.f("pk_leaderboard_entries")),
    )
    op.create_index(
        "ix_leaderboard_entries_order", "leaderboard_entries", ["board_id", "rank_key", "participant_id"], unique=False
    )
    op.create_index(
        "ix_leaderboard_entries_unit",
        "leaderboard_entries",
        ["board_id", "unit_id", "rank_key", "participant_id"],
        unique=False,
    )
    op.create_table(
        "make_up_people",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_make_up_people_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["make_up_sessions.id"], name=op.f("fk_make_up_people_session_id_make_up_sessions")
        ),
        sa.PrimaryKeyConstraint("session_id", "participant_id", name=op.f("pk_make_up_people")),
    )
    op.create_table(
        "rank_cells",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("prefix", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_rank_cells_board_id_boards")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "level", "prefix", "shard", name=op.f("pk_rank_cells")),
    )
    op.create_table(
        "receipts",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("result_visible", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("max_score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "round_id"], ["attempts.id", "attempts.round_id"], name="fk_receipts_attempt"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code", name=op.f("uq_receipts_code")),
    )
    op.create_table(
        "tallies",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("perfect", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_tallies_board_id_boards")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "shard", name=op.f("pk_tallies")),
    )


def _create_old() -> None:
    op.create_table(
        "boards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("subject", name=op.f("uq_boards_subject")),
    )
    op.create_table(
        "contests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("organizer_unit_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_contests_board_id_boards")),
        sa.ForeignKeyConstraint(["organizer_unit_id"], ["units.id"], name=op.f("fk_contests_organizer_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
        sa.UniqueConstraint("slug", name=op.f("uq_contests_slug")),
    )
    op.create_table(
        "rank_cells",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_rank_cells_board_id_boards")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "score", "second", name=op.f("pk_rank_cells")),
    )
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
    op.create_table(
        "tallies",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_tallies_board_id_boards")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "shard", name=op.f("pk_tallies")),
    )
    op.create_table(
        "leaderboard_entries",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_leaderboard_entries_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_leaderboard_entries_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_leaderboard_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("board_id", "scope_id", "participant_id", name=op.f("pk_leaderboard_entries")),
    )
    op.create_index(
        "ix_leaderboard_entries_order",
        "leaderboard_entries",
        ["board_id", "scope_id", sa.literal_column("score DESC"), "duration_ms", "submitted_at", "participant_id"],
        unique=False,
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=120), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_rounds_window")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_rounds_board_id_boards")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_rounds_contest_id_contests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rounds_public_id")),
    )
    op.create_index("ix_rounds_contest_id", "rounds", ["contest_id", "position"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("predicted", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("max_score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=True),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_attempts_ended")),
        sa.CheckConstraint("state IN ('open', 'submitted', 'expired', 'void')", name=op.f("ck_attempts_state")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_attempts_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_attempts_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attempts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("round_id", "participant_id", "number", name=op.f("uq_attempts_round_id_participant_id_number")),
    )
    op.create_index(
        "ix_attempts_due",
        "attempts",
        ["deadline_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_attempts_participant_id", "attempts", ["participant_id", "round_id"], unique=False)
    op.create_index(
        "ix_attempts_ungraded",
        "attempts",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
        postgresql_where=sa.text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
    )
    op.create_index(
        "uq_attempts_one_open",
        "attempts",
        ["round_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "round_questions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_round_questions_question_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_questions_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", "quota", "question_version_id", name=op.f("pk_round_questions")),
    )
    op.create_table(
        "receipts",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("result_visible", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_receipts_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code", name=op.f("uq_receipts_code")),
    )
