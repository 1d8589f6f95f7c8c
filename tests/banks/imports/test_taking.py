"""Files taken into banks: drafts with their sources, nothing twice, nothing half."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Repair, RepairKind, Where
from quizsvc.banks.files.found import Remark
from quizsvc.banks.imports.errors import BankExists, BankKeptInFiles
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.imports.queries import pictured
from quizsvc.banks.imports.service import Accept, create_bank
from quizsvc.banks.models import Bank, Question, QuestionReview, QuestionVersion
from quizsvc.banks.queries import drawable
from quizsvc.banks.service import BanksRefused, load_banks
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.models import AuditRow
from tests.api.problems import assert_problem
from tests.banks.imports.making import PICTURE, codes_of, count, found_question, outcomes, take
from tests.banks.making import bank, instrument, question
from tests.conftest import NOW
from tests.organizers.people import give, make_person
from tests.world import Player

WRONG = Remark("no-key", Level.ERROR, "không thấy đáp án", Where("de-thi.docx", paragraph=20))


def stored():
    with reading() as session:
        query = select(Question, QuestionVersion).join(QuestionVersion, QuestionVersion.question_id == Question.id)
        return [(row, version) for row, version in session.execute(query.order_by(Question.id))]


def test_questions_become_drafts_of_their_importer(app):
    with transaction() as session:
        author = make_person(session)
    report = take(found_question(1, difficulty=3, topic="Kết hôn"), found_question(2), author=author)
    assert (report.questions, report.accepted, report.rejected, report.count("added")) == (2, 2, 0, 2)
    (first, version), (second, other) = stored()
    assert (first.code, second.code) == ("n1-001", "n1-002")
    assert (version.state, version.author_id, version.number, version.key) == ("draft", author, 1, [2])
    assert (version.topic, version.difficulty, other.topic, other.difficulty) == ("ket-hon", 3, "chua-phan-loai", 2)
    with reading() as session:
        assert drawable(session, bank_code="hon-nhan") == []
        assert session.scalar(select(Bank.topics)) == {"ket-hon": "Kết hôn", "chua-phan-loai": "Chưa phân loại"}
        (batch,) = session.scalars(select(QuestionImport))
        assert (batch.added, batch.imported_by, batch.undone_at) == (2, author, None)


def test_where_everything_stood_is_kept(app):
    citation = "Căn cứ khoản 3 Điều 4 Luật Hòa giải ở cơ sở"
    repair = Repair(RepairKind.TCVN3, Where("de-thi.docx", paragraph=3), "LuËt", "Luật")
    report = take(found_question(7, citation=citation, section="PHẦN I"), repairs=(repair,), title="Bộ đề")
    with reading() as session:
        source = session.get_one(QuestionSource, (report.import_id, 1))
        batch = session.get_one(QuestionImport, report.import_id)
        assert source.question_id == session.scalar(select(Question.id))
    assert source.report == report.rows[0].report
    kept = {
        name: source.report[name] for name in ("where", "number", "found_by", "confidence", "citation", "section", "code")
    }
    assert kept == {
        "where": "de-thi.docx, đoạn 70",
        "number": 7,
        "found_by": "bold",
        "confidence": 0.9,
        "citation": citation,
        "section": "PHẦN I",
        "code": "n1-007",
    }
    assert batch.repairs == [{"kind": "tcvn3", "where": "de-thi.docx, đoạn 3", "before": "LuËt", "after": "Luật"}]
    assert batch.repairs_by_kind == {"tcvn3": 1}


def test_a_citation_that_the_registry_knows_is_stored_as_one(app):
    with transaction() as session:
        load_banks(session, [], [instrument()], now=NOW)
    report = take(
        found_question(1, citation="Điểm a khoản 1 Điều 8 Luật Hôn nhân và gia đình năm 2014."),
        found_question(2, citation="Điều 3 Luật Khám bệnh"),
    )
    versions = [version for _, version in stored()]
    assert versions[0].citations == [{"law": "52/2014/QH13", "article": "8", "clause": "1", "point": "a"}]
    assert versions[1].citations == []
    assert (codes_of(report, 0), codes_of(report, 1)) == ([], ["citation-not-resolved"])
    assert report.rows[1].report["status"] == "accepted"


def test_the_same_again_changes_nothing(app):
    first = take(found_question(1), found_question(2))
    again = take(found_question(1), found_question(2))
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert (again.import_id, count(), count(QuestionImport)) == (first.import_id, 2, 1)
    assert [row.report["code"] for row in again.rows] == ["n1-001", "n1-002"]
    other_order = ("Từ đủ 20 tuổi, xem câu 1.", "từ đủ  18 tuổi, xem câu 1", "Từ đủ 19 tuổi, xem câu 1")
    shuffled = replace(found_question(1), choices=other_order, correct=("A",))
    assert outcomes(take(shuffled, sha256="1" * 64)) == ["unchanged"]
    with reading() as session:
        assert [row.action for row in session.scalars(select(AuditRow))] == ["bank.create", "bank.import"]


def test_only_what_is_new_is_added(app):
    take(found_question(1))
    report = take(found_question(1), found_question(2), sha256="1" * 64)
    assert outcomes(report) == ["unchanged", "added"]
    assert [row.code for row, _ in stored()] == ["n1-001", "n2-002"]


def test_another_key_for_the_same_question_stops(app):
    take(found_question(1))
    report = take(found_question(1, correct=("A",)), found_question(2), accept=Accept.ACCEPTED, sha256="1" * 64)
    assert outcomes(report) == ["rejected", "added"]
    assert codes_of(report) == ["same-text-other-key"]
    assert "n1-001" in report.rows[0].report["detail"]
    assert "20 tuổi" not in report.rows[0].report["detail"]  # the key of the draft stays hidden


def test_a_corrected_wording_is_what_a_key_is_held_against(app):
    """Version 2 has another key: the old file must not pass as «unchanged»."""
    take(found_question(1))
    with transaction() as session:
        (old,) = session.scalars(select(QuestionVersion))
        fields = {column.name: getattr(old, column.name) for column in QuestionVersion.__table__.columns}
        session.add(QuestionVersion(**fields | {"id": None, "number": 2, "key": [0], "content_sha256": "1" * 64}))
    assert codes_of(take(found_question(1)))[0] == "same-text-other-key"
    assert outcomes(take(found_question(1, correct=("A",)))) == ["unchanged"]


@pytest.mark.parametrize("accept", list(Accept))
def test_all_or_nothing_or_what_is_accepted(app, accept):
    report = take(found_question(1), found_question(2, remarks=(WRONG,)), found_question(3), accept=accept)
    assert (report.questions, report.accepted, report.rejected) == (3, 2, 1)
    assert report.is_refused is (accept is Accept.ALL)
    assert (count(), count(QuestionImport)) == ((0, 0) if accept is Accept.ALL else (2, 1))


def test_a_file_with_an_error_of_its_own_or_without_questions_is_refused(app):
    broken = replace(WRONG, code="broken", where=Where("de-thi.docx"))
    for questions, remarks in (((found_question(1),), (broken,)), ((), ()), ((found_question(1, remarks=(WRONG,)),), ())):
        report = take(*questions, remarks=remarks, accept=Accept.ACCEPTED)
        assert report.is_refused
    assert (count(), count(QuestionImport)) == (0, 0)


def test_a_dry_run_says_the_same_and_leaves_nothing(app):
    dry = take(found_question(1), found_question(1), found_question(2), dry_run=True)
    assert (count(Bank), count(), count(QuestionImport), count(AuditRow)) == (0, 0, 0, 0)
    real = take(found_question(1), found_question(1), found_question(2))
    assert [row.report for row in dry.rows] == [row.report for row in real.rows]


def test_a_question_twice_in_the_file_is_taken_once_and_told(app):
    report = take(found_question(1), found_question(1, where=Where("de-thi.docx", paragraph=99)))
    assert outcomes(report) == ["added", "unchanged"]
    assert codes_of(report, 1) == ["repeated-in-file"]
    with reading() as session:
        sources = session.scalars(select(QuestionSource).order_by(QuestionSource.position)).all()
        assert sources[0].question_id == sources[1].question_id


def test_questions_that_differ_by_a_picture_alone_both_stay(app):
    other = replace(PICTURE, sha256="b" * 64)
    report = take(found_question(1, pictures=(PICTURE,)), found_question(1, pictures=(other,)), found_question(1))
    assert outcomes(report) == ["added", "added", "added"]
    assert [codes_of(report, place)[0] for place in (0, 1)] == ["picture-not-shown"] * 2
    again = take(found_question(1, pictures=(PICTURE,)), sha256="1" * 64)
    assert outcomes(again) == ["unchanged"]
    with reading() as session:
        ids = session.scalars(select(Question.id).order_by(Question.id)).all()
        assert pictured(session, ids) == set(ids[:2])


def test_a_question_with_a_picture_cannot_be_approved_until_it_is_written_anew(playground, phone):
    player = Player(phone, 5)
    give(player, "owner")
    take(found_question(1, pictures=(PICTURE,)))
    with transaction() as session:
        (version,) = session.scalars(select(QuestionVersion).where(QuestionVersion.state == "draft"))
        review = {"reviewer_id": make_person(session), "answered": [2], "agrees": True, "comment": "", "made_at": NOW}
        session.add(QuestionReview(question_version_id=version.id, **review))
        version.state = "reviewed"
    answer = player.call("POST", "/manage/banks/hon-nhan/approvals", {"questions": ["n1-001"], "reason": "Đã xem"})
    assert_problem(answer, 409, "question-life", reason="pictures", question="n1-001")


def test_codes_of_the_file_are_kept_and_never_given_twice(app):
    report = take(found_question(1, code="HN 01"), found_question(2, code="HN 01"), accept=Accept.ACCEPTED)
    assert outcomes(report) == ["added", "rejected"]
    assert codes_of(report, 1) == ["code-taken"]
    assert [row.code for row, _ in stored()] == ["hn-01"]


def test_banks_from_yaml_and_from_other_files_never_mix(app):
    with transaction() as session:
        load_banks(session, [bank(question())], [instrument()], now=NOW)
    with pytest.raises(BankKeptInFiles):
        take(found_question(1))
    take(found_question(1), into="khac")
    with pytest.raises(BanksRefused, match="bank-kept-elsewhere"), transaction() as session:
        load_banks(session, [bank(question(), code="khac")], [instrument()], now=NOW)
    assert count() == 2


def test_a_bank_is_made_once(app):
    take(found_question(1))
    named = {"code": "hon-nhan", "title": "x", "topics": {}, "unit_id": None, "reason": "vì thế"}
    with pytest.raises(BankExists), transaction() as session:
        create_bank(session, actor=SYSTEM, now=NOW, **named)
