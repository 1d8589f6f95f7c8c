"""Loading contests through the API: who may, what is refused, what the log keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from tests.organizers.people import PROVINCE, give
from tests.world import THANH_VINH, Player, make_contest, round_document

HOUR = timedelta(hours=1)
WHY = "Theo công văn số 12 của ban tổ chức"


def written(clock, **changes: Any) -> dict[str, Any]:
    """A document whose round opens in an hour."""
    rounds = [round_document(clock.now + HOUR)]
    return {"contest": "thi", "title": "Cuộc thi thử", "organizer": PROVINCE, "rounds": rounds} | changes


def log() -> list[AuditRow]:
    with reading() as session:
        assert check_chain(session) == []
        return list(session.scalars(select(AuditRow).order_by(AuditRow.number)))


@pytest.fixture
def owner(phone):
    made = Player(phone)
    give(made, "owner")
    return made


def test_a_document_is_added_once_and_changed(owner, clock):
    first = owner.call("POST", "/manage/contests", written(clock))
    assert (first.status_code, first.json["loaded"], first.json["state"]) == (201, "added", "draft")
    again = owner.call("POST", "/manage/contests", written(clock))
    assert (again.status_code, again.json) == (200, first.json | {"loaded": "unchanged"})
    changed = owner.call("POST", f"/manage/contests?reason={WHY}", written(clock, title="Tên mới"))
    assert (changed.status_code, changed.json["loaded"], changed.json["version"]) == (200, "changed", 2)
    added, renamed = log()
    assert (added.action, added.subject, added.before) == ("contest.load", "contest:thi", None)
    assert (str(added.actor_id), added.actor_role, renamed.reason) == (owner.id, "owner", WHY)
    assert renamed.before["document_sha256"] == added.after["document_sha256"] == first.json["document_sha256"]
    assert renamed.after["document_sha256"] == changed.json["document_sha256"]


def test_a_draft_may_change_even_when_its_time_has_come(owner, clock):
    owner.call("POST", "/manage/contests", written(clock))
    clock.advance(hours=3)
    owner.refresh()
    later = owner.call("POST", "/manage/contests", written(clock))
    assert (later.status_code, later.json["loaded"], later.json["state"]) == (200, "changed", "draft")


MAY = {"owner": True, "organizer": True, "viewer": False, "author": False, "reviewer": False}


@pytest.mark.parametrize("role", MAY)
def test_which_role_may_what(phone, owner, clock, role):
    owner.call("POST", "/manage/contests", written(clock))
    person = Player(phone, 2, "Bình")
    give(person, role)
    loads = person.call("POST", "/manage/contests", written(clock, title="Tên mới")).status_code
    new = person.call("POST", "/manage/contests", written(clock, contest="moi")).status_code
    publishes = person.call("POST", "/manage/contests/thi/publish", {"reason": WHY}).status_code
    assert (loads, new, publishes) == ((200, 201, 200) if MAY[role] else (403, 403, 403))
    sees = 200 if MAY[role] or role == "viewer" else 403
    assert [person.get(path).status_code for path in ("/manage/contests", "/manage/contests/thi")] == [sees, sees]
    assert len(log()) == (4 if MAY[role] else 1)


def test_nobody_without_a_role(phone, clock):
    person = Player(phone, 2, "Bình")
    assert person.call("POST", "/manage/contests", written(clock)).status_code == 403
    assert person.get("/manage/contests").status_code == 403
    assert phone.post("/api/v1/manage/contests", json=written(clock)).status_code == 401


def test_the_organizer_of_another_unit(phone, owner, clock):
    owner.call("POST", "/manage/contests", written(clock))
    below = Player(phone, 2, "Bình")
    give(below, "owner", THANH_VINH)
    seize = written(clock, organizer=THANH_VINH)
    assert below.call("POST", "/manage/contests", written(clock, title="Tên mới")).status_code == 403
    assert below.call("POST", "/manage/contests", seize).status_code == 403
    assert below.call("POST", "/manage/contests", seize | {"contest": "cua-tinh", "organizer": PROVINCE}).status_code == 403
    assert below.call("POST", "/manage/contests/thi/publish", {"reason": WHY}).status_code == 403
    assert below.get("/manage/contests/thi").status_code == 403
    assert below.get("/manage/contests").json["items"] == []
    assert below.call("POST", "/manage/contests", seize | {"contest": "cua-xa"}).status_code == 201
    assert [item["slug"] for item in below.get("/manage/contests").json["items"]] == ["cua-xa"]
    assert owner.call("POST", "/manage/contests", seize).status_code == 200  # the province is above both
    assert below.get("/manage/contests/thi").status_code == 200
    assert [row.action for row in log()] == ["contest.load"] * 3


def test_who_may_not_write_learns_nothing_of_the_banks(phone, clock):
    below = Player(phone, 2, "Bình")
    give(below, "owner", THANH_VINH)
    made = round_document(clock.now + HOUR, paper=[{"bank": "khong-co", "count": 2}])
    answer = below.call("POST", "/manage/contests", written(clock, rounds=[made]))
    assert answer.status_code == 403
    assert "khong-co" not in answer.text


@pytest.mark.parametrize(
    ("changes", "pointer", "vietnamese", "english"),
    [
        ({"organizer": "99999999"}, "/organizer", "Không có đơn vị mang mã", "There is no unit"),
        ({"eligibility": {"min_age": 30, "max_age": 20}}, "/eligibility/max_age", "Tuổi cao nhất", "max_age is below"),
        ({"titel": "x"}, "/titel", "", ""),
        ({"title": "a\u202eb"}, "/title", "ký tự điều khiển", "control character"),
        ({"reason": WHY}, "/reason", "", ""),
    ],
)
def test_faults_by_their_pointers_in_two_languages(owner, clock, changes, pointer, vietnamese, english):
    body = written(clock, **changes)
    for language, words in (("vi", vietnamese), ("en", english)):
        headers = owner.headers | {"Accept-Language": language}
        answer = owner.client.post("/api/v1/manage/contests", json=body, headers=headers)
        assert (answer.status_code, answer.json["type"]) == (422, "/problems/validation")
        (error,) = answer.json["errors"]
        assert set(error) == {"pointer", "detail"}
        assert error["pointer"] == pointer
        assert words in error["detail"]
        assert error["detail"]
    assert log() == []


def test_what_is_missing_is_named(owner):
    answer = owner.call("POST", "/manage/contests", {})
    assert answer.status_code == 422
    said = " ".join(error["detail"] for error in answer.json["errors"])
    assert all(f"«{name}»" in said for name in ("contest", "title", "organizer", "rounds"))


def test_all_faults_at_once(owner, clock):
    crowded = round_document(clock.now + HOUR, paper=[{"bank": "bau-cu", "count": 2}, {"bank": "khong-co", "count": 3}])
    overlapping = round_document(clock.now + HOUR, round="r2", paper=[{"bank": "bau-cu", "count": 90}] * 9)
    body = written(clock, rounds=[crowded, overlapping])
    answer = owner.call("POST", "/manage/contests", body)
    pointers = [error["pointer"] for error in answer.json["errors"]]
    assert answer.status_code == 422
    assert "/rounds/0/paper/1" in pointers
    assert any(pointer.startswith("/rounds/1/paper") for pointer in pointers)
    assert owner.get("/manage/contests").json["items"] == []


@pytest.mark.parametrize("depth", [50, 300, 900, 980])
def test_a_document_nested_too_deep(owner, depth):
    raw = '{"contest":' + "[" * depth + "]" * depth + "}"
    answer = owner.client.post("/api/v1/manage/contests", data=raw, content_type="application/json", headers=owner.headers)
    assert answer.status_code in (400, 422)


def test_an_amendment_through_the_api_is_public(owner, clock):
    make_contest(clock.now)
    changed = written(clock, rounds=[round_document(clock.now)], title="Tên mới")
    refused = owner.call("POST", "/manage/contests", changed)
    assert [error["pointer"] for error in refused.json["errors"]] == ["/reason"]
    assert owner.call("POST", "/manage/contests?reason=ngắn", changed).json["errors"][0]["pointer"] == "/reason"
    played = changed | {"rounds": [round_document(clock.now, attempts=1)]}
    refused = owner.call("POST", f"/manage/contests?reason={WHY}", played)
    assert [error["pointer"] for error in refused.json["errors"]] == ["/rounds/0/attempts"]
    assert log() == []
    done = owner.call("POST", f"/manage/contests?reason={WHY}", changed)
    assert (done.status_code, done.json["loaded"], done.json["state"]) == (200, "amended", "published")
    (shown,) = owner.client.get("/api/v1/contests/thi/amendments").json["items"]
    assert (shown["reason"], shown["document_sha256"]) == (WHY, done.json["document_sha256"])
    assert owner.client.get("/api/v1/contests/thi").json["title"] == "Tên mới"
    (row,) = log()
    assert (row.action, row.reason) == ("contest.amend", WHY)
    assert (row.before["version"], row.after["version"]) == (1, 2)


def test_my_contests_page_by_page(phone, owner, clock):
    for number in range(5):
        rounds = [round_document(clock.now + HOUR * (1 + number // 2))]
        owner.call("POST", "/manage/contests", written(clock, contest=f"thi-{number}", rounds=rounds))
    found, cursor = [], ""
    while cursor is not None:
        page = owner.get(f"/manage/contests?limit=2{cursor and '&cursor=' + cursor}").json
        found += [(item["slug"], item["state"]) for item in page["items"]]
        cursor = page["next"]
    assert found == [(f"thi-{number}", "draft") for number in (4, 3, 2, 1, 0)]


def test_the_document_is_given_back_as_it_came(owner, clock):
    body = written(clock)
    owner.call("POST", "/manage/contests", body)
    shown = owner.get("/manage/contests/thi").json
    assert (shown["document"], shown["state"], shown["published_at"]) == (body, "draft", None)
    assert owner.get("/manage/contests/khac").status_code == 404
