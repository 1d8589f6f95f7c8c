"""Pain 18: deleting a user must not delete results: rows refer to people who cannot go, erasure empties the person only."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from quizsvc.attempts.models import Attempt
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Participant
from quizsvc.participants.service import PERSONAL
from tests.corrections.hall import rebuilt, snapshot
from tests.organizers.people import PROVINCE, REASON, give
from tests.world import Player, make_contest, right_answers


@pytest.fixture
def organizer(phone, clock):
    """An organizer who has played, corrected, and disqualified somebody."""
    make_contest(clock.now)
    organizer, other = Player(phone, 1, "Nguyễn Văn An"), Player(phone, 2, "Trần Thị Bình")
    give(organizer, "owner", PROVINCE)
    for player in (organizer, other):
        attempt = player.start().json
        player.submit(attempt, answers=right_answers(attempt))
    body = {"grounds": "other", "participants": [other.id], "reason": REASON}
    assert organizer.call("POST", "/manage/rounds/thi.r1/disqualifications", body).status_code == 201
    return organizer


def log():
    with reading() as session:
        assert check_chain(session) == []
        return [(row.number, str(row.actor_id), row.sha256) for row in session.scalars(select(AuditRow))]


def test_results_corrections_and_the_log_stay(phone, organizer):
    before, rows = snapshot(), log()
    assert organizer.call("DELETE", "/me").status_code == 204
    assert snapshot() == before == rebuilt()
    assert log() == rows
    assert rows[0][1] == organizer.id
    with reading() as session:
        person = session.scalars(select(Participant).where(Participant.id == before_id(organizer))).one()
        assert [getattr(person, name) for name in PERSONAL] == [None] * len(PERSONAL)
    page = phone.get("/api/v1/rounds/thi.r1/leaderboard").json
    assert [(row["rank"], row["score"], row["display_name"]) for row in page["items"]] == [(1, 3, "Người dự thi")]


def test_who_is_erased_corrects_nothing_any_more(phone, organizer):
    organizer.call("DELETE", "/me")
    assert organizer.call("POST", "/manage/corrections/1/undo", {"reason": REASON}).status_code == 401
    again = Player(phone, 1, "Nguyễn Văn An")
    assert again.id != organizer.id
    assert again.call("POST", "/manage/corrections/1/undo", {"reason": REASON}).status_code == 403


def test_another_organizer_takes_over(phone, organizer):
    organizer.call("DELETE", "/me")
    heir = Player(phone, 3)
    give(heir, "owner", PROVINCE)
    assert heir.call("POST", "/manage/corrections/1/undo", {"reason": REASON}).status_code == 201
    assert phone.get("/api/v1/rounds/thi.r1/leaderboard").json["total"] == 2


def test_the_database_itself_refuses_to_delete_anybody(organizer):
    for person in people():
        with pytest.raises(IntegrityError), transaction() as session:
            session.execute(delete(Participant).where(Participant.id == person))
    with reading() as session:
        assert len(session.scalars(select(Attempt)).all()) == 2


def people():
    with reading() as session:
        return session.scalars(select(Participant.id)).all()


def before_id(player):
    return next(person for person in people() if str(person) == player.id)
