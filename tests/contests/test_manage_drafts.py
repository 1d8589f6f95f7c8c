"""Drafts: nobody but their organizers knows of them; publishing, what stands against it, what is worth a look."""

from __future__ import annotations

import re

from sqlalchemy import update

from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api
from quizsvc.sealing.chores import due
from tests.contests.test_manage import HOUR, WHY, log, owner, written
from tests.world import THANH_VINH, Player, round_document

__all__ = ["owner"]
NAMED = {"slug": "thi", "round_id": "thi.r1", "number": "1"}
PUBLISH = "/manage/contests/thi/publish"


def public_addresses(app) -> list[tuple[str, str]]:
    """Every declared call outside of ``/manage`` that names a contest or a round, with those of the draft."""
    found = []
    for blueprint in app.blueprints.values():
        for made in blueprint.operations if isinstance(blueprint, Api) else []:
            path = (blueprint.url_prefix or "") + made.rule
            if "/manage" not in path and re.search("<id:(slug|round_id)>", path):
                found.append((made.method, re.sub("<id:([^>]+)>", lambda part: NAMED[part[1]], path)))
    return found


def test_a_draft_is_nowhere_and_then_everywhere(playground, phone, owner, clock):
    registration = {"opens_at": clock.now.isoformat(), "closes_at": (clock.now + HOUR).isoformat(), "required": False}
    owner.call("POST", "/manage/contests", written(clock, registration=registration))
    addresses = public_addresses(playground)
    assert len(addresses) >= 14
    an = Player(phone, 2, "Bình").in_unit(THANH_VINH)
    for person in (an, owner):
        for method, path in addresses:
            answer = person.call(method, path.removeprefix("/api/v1"), {} if method == "POST" else None)
            assert (answer.status_code, answer.json["type"]) == (404, "/problems/not-found"), path
        for state in ("", "?state=upcoming", "?state=open", "?state=closed"):
            assert person.get(f"/contests{state}").json["items"] == []
    clock.advance(minutes=75)
    for person in (an, owner):
        assert person.refresh().start().status_code == 404
    clock.advance(minutes=-75)
    assert owner.call("POST", PUBLISH, {"reason": WHY}).status_code == 200
    hidden = [path for method, path in addresses if method == "GET" and owner.call(method, path[7:]).status_code == 404]
    assert [path for path in hidden if "/snapshots/1" not in path and "/me" not in path] == [
        "/api/v1/contests/thi/registration"  # she has not registered
    ]
    assert [item["slug"] for item in an.get("/contests").json["items"]] == ["thi"]
    clock.advance(minutes=75)
    assert an.refresh().start().status_code == 201


def test_publishing_is_written_down_and_for_good(owner, clock):
    owner.call("POST", "/manage/contests", written(clock))
    assert owner.call("POST", PUBLISH, {}).status_code == 422
    done = owner.call("POST", PUBLISH, {"reason": WHY})
    assert (done.json["state"], done.json["published_at"], done.json["version"]) == ("published", clock.now.isoformat(), 1)
    assert owner.call("POST", PUBLISH, {"reason": WHY}).json == done.json
    _, row = log()
    assert (row.action, row.reason, row.subject) == ("contest.publish", WHY, "contest:thi")
    assert (row.before["state"], row.after["state"]) == ("draft", "published")
    assert owner.call("POST", "/manage/contests", written(clock)).json["state"] == "published"
    assert owner.call("POST", "/manage/contests/khac/publish", {"reason": WHY}).status_code == 404


def test_a_round_that_should_have_opened_is_not_published(owner, clock):
    later = round_document(clock.now + 3 * HOUR, round="r2")
    owner.call("POST", "/manage/contests", written(clock, rounds=[round_document(clock.now + HOUR), later]))
    clock.advance(hours=1)
    owner.refresh()
    answer = owner.call("POST", PUBLISH, {"reason": WHY})
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/cannot-publish")
    (error,) = answer.json["errors"]
    assert error["pointer"] == "/rounds/0/opens_at"
    assert "đã đến giờ mở" in error["detail"]
    assert "should have opened" in error["detail_en"]
    assert len(log()) == 1
    assert owner.client.get("/api/v1/contests/thi").status_code == 404


def test_a_paper_that_can_no_longer_be_drawn_is_not_published(owner, clock):
    owner.call("POST", "/manage/contests", written(clock))
    withdraw = update(Question).values(withdrawn=True).where(Question.bank_id == Bank.id, Bank.code == "bau-cu")
    with transaction() as session:
        session.execute(withdraw)
    answer = owner.call("POST", PUBLISH, {"reason": WHY})
    assert (answer.status_code, [error["pointer"] for error in answer.json["errors"]]) == (409, ["/rounds/0/paper/0"])
    with transaction() as session:
        session.execute(withdraw.values(withdrawn=False))
    assert owner.call("POST", PUBLISH, {"reason": WHY}).status_code == 200


def test_what_is_published_draws_from_the_banks_as_they_are_then(owner, clock):
    rounds = [round_document(clock.now + HOUR, paper=[{"bank": "bau-cu", "count": 1}])]
    owner.call("POST", "/manage/contests", written(clock, rounds=rounds))
    with transaction() as session:
        session.execute(
            update(Question)
            .values(withdrawn=True)
            .where(Question.bank_id == Bank.id, Bank.code == "bau-cu", Question.code != "bc-001")
        )
    assert owner.call("POST", PUBLISH, {"reason": WHY}).status_code == 200
    clock.advance(hours=1)
    texts = {owner.refresh().start().json["questions"][0]["text"] for _ in range(3)}
    assert len(texts) == 1
    assert owner.get("/manage/contests/thi").json["version"] == 1


def test_what_is_worth_a_look(owner, clock):
    document = written(
        clock,
        participation=[{"class": "mandatory", "when": {"lists": ["can-bo"]}, "reason": "Cán bộ"}],
        groups=[{"group": "xa", "title": "Xã, phường", "keys": [{"metric": "rate"}], "kinds": ["commune", "ward"]}],
        registration={
            "opens_at": (clock.now - 2 * HOUR).isoformat(),
            "closes_at": (clock.now - HOUR).isoformat(),
            "required": True,
        },
    )
    assert owner.call("POST", "/manage/contests", document).status_code == 201
    with transaction() as session:
        of_bank = Question.bank_id == Bank.id, Bank.code == "bau-cu", QuestionVersion.question_id == Question.id
        gone = [{"law": "1/1900/L", "article": "1"}]
        session.execute(update(QuestionVersion).values(citations=[]).where(*of_bank, Question.code == "bc-001"))
        session.execute(update(QuestionVersion).values(citations=gone).where(*of_bank, Question.code == "bc-002"))
    shown = owner.get("/manage/contests/thi").json["warnings"]
    said = {warned["code"]: warned["detail"] for warned in shown}
    assert set(said) == {"uncited-questions", "doubtful-citations", "registration-over", "empty-list", "missing-headcounts"}
    assert said["uncited-questions"] == "1 câu hỏi không có căn cứ pháp lý: bau-cu.bc-001"
    assert "bau-cu.bc-002 (văn bản số 1/1900/L không có trong danh mục văn bản)" in said["doubtful-citations"]
    assert "«can-bo»" in said["empty-list"]
    assert "130/130" in said["missing-headcounts"]
    assert owner.call("POST", PUBLISH, {"reason": WHY}).json["warnings"] == shown


def test_nothing_to_say_about_a_contest_in_order(owner, clock):
    owner.call("POST", "/manage/contests", written(clock))
    assert owner.get("/manage/contests/thi").json["warnings"] == []


def test_a_draft_that_nobody_could_play_is_not_sealed(owner, clock):
    prediction = {"prompt": "Bao nhiêu người trả lời đúng hết?"}
    ranking = [{"key": "score"}, {"key": "prediction_error"}]
    made = round_document(clock.now + HOUR, prediction=prediction, ranking=ranking)
    for slug in ("thi", "nhap"):
        answer = owner.call("POST", "/manage/contests", written(clock, rounds=[made], contest=slug))
        assert answer.status_code == 201, answer.text
    assert owner.call("POST", PUBLISH, {"reason": WHY}).status_code == 200
    with reading() as session:
        (published,) = {each.contest_id for each in due(session, now=clock.now + 9 * HOUR)}
        assert contest_by_slug(session, "thi").id == published
