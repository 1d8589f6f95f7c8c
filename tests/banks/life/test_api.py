"""A question from draft to retirement, over HTTP, by people with different roles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from quizsvc.banks.life.service import new_version
from quizsvc.banks.life.states import State
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.banks.queries import drawable
from quizsvc.banks.service import content_of_version
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from tests.organizers.people import give
from tests.world import Player, make_contest, round_document

WHY = "Theo phân công của tổ soạn câu hỏi"
BANK = "moi"


@pytest.fixture
def people(phone: Any) -> dict[str, Player]:
    """An author and three reviewers, all for the whole province."""
    made = {name: Player(phone, number, name) for number, name in enumerate(("author", "first", "second", "third"), 11)}
    for name, player in made.items():
        give(player, "author" if name == "author" else "reviewer")
    return made


@pytest.fixture
def draft(people: dict[str, Player], clock: Any) -> str:
    """The path of a question that the author has uploaded: its right choices are those of a shipped one."""
    with transaction() as session:
        shipped = session.scalars(select(QuestionVersion).where(QuestionVersion.kind == "single")).first()
        assert shipped is not None
        bank = Bank(code=BANK, title="Ngân hàng mới", topics={})
        session.add(bank)
        session.flush()
        question = Question(bank_id=bank.id, code="q1", withdrawn=False)
        session.add(question)
        session.flush()
        author = UUID(people["author"].id)
        content = content_of_version(shipped)
        session.add(new_version(question.id, 1, content, state=State.DRAFT, author_id=author, now=clock.now))
    return f"/manage/banks/{BANK}/questions/q1"


def key_of() -> list[str]:
    with reading() as session:
        version = session.scalars(
            select(QuestionVersion)
            .join(Question)
            .join(Bank)
            .where(Bank.code == BANK)
            .order_by(QuestionVersion.number.desc())
        ).first()
        assert version is not None
        return ["ABCDEFGH"[position] for position in version.key]


def wrong_key() -> list[str]:
    return ["B"] if key_of() == ["A"] else ["A"]


def can_be_drawn() -> int:
    with reading() as session:
        return len(drawable(session, bank_code=BANK))


def review(player: Player, path: str, answered: list[str]) -> Any:
    return player.call("POST", f"{path}/reviews", {"answered": answered})


def approve(player: Player, *codes: str) -> Any:
    return player.call("POST", f"/manage/banks/{BANK}/approvals", {"questions": list(codes or ("q1",)), "reason": WHY})


def test_two_people_look_before_a_question_can_be_drawn(people, draft):
    assert can_be_drawn() == 0
    assert approve(people["first"]).json["reason"] == "not-reviewed"
    seen = review(people["first"], draft, key_of())
    assert (seen.status_code, seen.json["state"], seen.json["correct"]) == (200, "reviewed", key_of())
    assert can_be_drawn() == 0
    assert approve(people["author"]).status_code == 403
    assert approve(people["first"]).json == {"approved": ["q1"]}
    assert can_be_drawn() == 1
    with reading() as session:
        assert check_chain(session) == []
        actions = list(session.scalars(select(AuditRow.action).order_by(AuditRow.number)))
    assert actions == ["question.review", "question.approve"]


def test_the_key_is_hidden_until_one_has_answered(people, draft):
    for path in (draft, f"/manage/banks/{BANK}/questions"):
        shown = people["first"].get(path).json
        shown = shown["items"][0] if "items" in shown else shown
        assert [shown[name] for name in ("correct", "explanation", "citations", "reviews")] == [None] * 4
        assert len(shown["choices"]) >= 2
    assert people["author"].get(draft).json["correct"] == key_of()


def test_a_disagreement_blocks_until_a_third_person_settles_it(people, draft):
    assert review(people["first"], draft, key_of()).json["state"] == "reviewed"
    objected = review(people["second"], draft, wrong_key())
    assert (objected.json["state"], objected.json["disputed"]) == ("draft", True)
    assert approve(people["first"]).json["reason"] == "disputed"
    settle = {"reason": "Đã đối chiếu điều luật, đáp án đúng"}
    assert people["second"].call("POST", f"{draft}/settlement", settle).json["reason"] == "not-a-third-person"
    assert people["third"].call("POST", f"{draft}/settlement", settle).json["state"] == "reviewed"
    assert approve(people["third"]).status_code == 200


def test_who_has_seen_the_key_cannot_review(people, draft):
    seen = people["first"].call("POST", f"{draft}/key", {"reason": WHY})
    assert seen.json["correct"] == key_of()
    refused = review(people["first"], draft, key_of())
    assert (refused.status_code, refused.json["reason"]) == (409, "key-already-seen")


def test_an_answer_cannot_be_given_twice(people, draft):
    review(people["first"], draft, wrong_key())
    assert review(people["first"], draft, key_of()).json["reason"] == "already-reviewed"


def test_many_answers_at_once_of_one_person_count_once(phone, people, draft):
    key, path = key_of(), f"/api/v1{draft}/reviews"

    def answer(_: int) -> int:
        headers = people["first"].headers
        return int(phone.application.test_client().post(path, json={"answered": key}, headers=headers).status_code)

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(answer, range(6)))
    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]


def test_an_author_is_not_a_reviewer_of_their_own(people, draft):
    give(people["author"], "reviewer")
    assert review(people["author"], draft, key_of()).json["reason"] == "own-question"


def test_a_new_version_waits_while_the_approved_one_is_drawn(people, draft):
    review(people["first"], draft, key_of())
    approve(people["first"])
    with reading() as session:
        [before] = drawable(session, bank_code=BANK)
    changed = people["author"].call("POST", f"{draft}/versions", {"text": "Câu hỏi viết lại thế nào?", "reason": WHY})
    assert (changed.json["state"], changed.json["version"]) == ("draft", 2)
    with reading() as session:
        assert drawable(session, bank_code=BANK) == [before]
    review(people["second"], draft, key_of())
    approve(people["second"])
    with reading() as session:
        [after] = drawable(session, bank_code=BANK)
    assert after != before
    assert [each["state"] for each in people["author"].get(draft).json["versions"]] == ["retired", "approved"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"correct": ["H"]}, "no-such-choice"),
        ({"citation": "Điều 5 Luật không có trong danh mục"}, "unknown-citation"),
        ({"citation": "xem sách"}, "unknown-citation"),
    ],
)
def test_a_new_version_that_makes_no_sense_is_refused(people, draft, body, reason):
    refused = people["author"].call("POST", f"{draft}/versions", body | {"reason": WHY})
    assert (refused.status_code, refused.json["reason"]) == (409, reason)
    assert people["author"].get(draft).json["version"] == 1


def test_a_citation_is_read_as_it_is_written(people, draft):
    written = {"citation": "khoản 1 Điều 3 Luật Hòa giải ở cơ sở năm 2013", "reason": WHY}
    shown = people["author"].call("POST", f"{draft}/versions", written).json
    assert shown["citations"] == ["khoản 1 Điều 3 Luật Hòa giải ở cơ sở (số 35/2013/QH13)"]


def test_the_same_again_is_no_new_version(people, draft):
    refused = people["author"].call("POST", f"{draft}/versions", {"reason": WHY})
    assert refused.json["reason"] == "unchanged"


def test_a_retired_question_is_drawn_no_more(people, draft):
    review(people["first"], draft, key_of())
    approve(people["first"])
    assert people["author"].call("POST", f"{draft}/retirement", {"reason": WHY}).json["state"] == "retired"
    assert can_be_drawn() == 0
    assert people["author"].call("POST", f"{draft}/retirement", {"reason": WHY}).json["reason"] == "retired"


def test_an_open_round_holds_on_to_its_questions(people, draft, clock):
    make_contest(clock.now, round_document(clock.now))
    with reading() as session:
        name = session.execute(
            select(Bank.code, Question.code).join(Question).where(Bank.code != BANK).order_by(Question.id)
        ).first()
    assert name is not None
    path = f"/manage/banks/{name[0]}/questions/{name[1]}"
    open_rounds = people["author"].get(path).json["open_rounds"]
    refused = people["author"].call("POST", f"{path}/retirement", {"reason": WHY})
    assert (bool(open_rounds), refused.json["reason"]) == (True, "frozen")
    clock.advance(days=2)
    people["author"].refresh()
    assert people["author"].call("POST", f"{path}/retirement", {"reason": WHY}).status_code == 200


def test_a_check_against_the_law_is_dated(people, draft, clock):
    shown = people["first"].call("POST", f"{draft}/law-check", {"reason": WHY}).json
    assert shown["law_checked_on"] == f"{clock.now:%Y-%m-%d}"


def test_approving_is_all_or_nothing(people, draft):
    review(people["first"], draft, key_of())
    assert approve(people["first"], "q1", "nothing").status_code == 404
    assert can_be_drawn() == 0


def test_questions_by_state(people, draft):
    path = f"/manage/banks/{BANK}/questions"
    assert [each["question"] for each in people["first"].get(f"{path}?state=draft").json["items"]] == ["q1"]
    assert people["first"].get(f"{path}?state=approved").json["items"] == []


@pytest.mark.parametrize("role", ["organizer", "viewer"])
def test_other_roles_see_nothing(phone, people, draft, role):
    other = Player(phone, 50, "Khác")
    give(other, role)
    assert other.get(draft).status_code == 403
    assert review(other, draft, ["A"]).status_code == 403
