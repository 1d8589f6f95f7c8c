"""Banks handed out as files: by command and over HTTP, with what is lost, and who has seen which key by that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from quizsvc.banks.commands import banks
from quizsvc.banks.export import FORMATS, material_of
from quizsvc.banks.files.found import letters_of
from quizsvc.banks.files.reading import read_file
from quizsvc.banks.imports.models import QuestionSource
from quizsvc.banks.models import Bank, KeySeen, Question, QuestionVersion
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.models import AuditRow
from tests.api.problems import assert_faults, assert_problem
from tests.banks.imports.uploading import REASON, TYPED, Author
from tests.banks.making import folder
from tests.organizers.people import give

NAMED = {"format": "docx-key", "reason": REASON}
NAMES = {name: "hon-nhan.docx" for name in FORMATS if name.startswith("docx")} | {
    "xlsx": "hon-nhan.xlsx",
    "gift": "hon-nhan.gift",
    "moodle-xml": "hon-nhan.xml",
    "qti21": "hon-nhan-qti21.zip",
}


def organizer(phone: Any, number: int, role: str = "author") -> Author:
    made = Author(phone, number, "Lê Thị Hoa")
    give(made, role, "40")
    return made


@pytest.fixture
def hoa(phone):
    """An author whose bank holds two drafts that she imported."""
    made = organizer(phone, 900)
    assert made.make_bank(topics={"ket-hon": "Kết hôn"}).status_code == 201
    assert made.import_("hon-nhan", TYPED.encode()).status_code == 200
    return made


def export(caller: Author, **more: str) -> Any:
    return caller.call("POST", "/manage/banks/hon-nhan/exports", NAMED | more)


def material(code: str = "hon-nhan") -> Any:
    with reading() as session:
        return material_of(session, session.scalars(select(Bank).where(Bank.code == code)).one())


def keys_seen() -> set[tuple[int, UUID]]:
    with reading() as session:
        return {(row.question_version_id, row.participant_id) for row in session.scalars(select(KeySeen))}


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "yaml"])
def test_every_format_comes_back_as_the_questions_of_the_bank(hoa, format_name):
    answer = export(hoa, format=format_name)
    assert answer.status_code == 200, answer.text
    name = NAMES[format_name]
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    found = read_file(answer.data, name)
    expected = [(item.text, item.choices, letters_of(item.correct)) for item in material().bank.items]
    assert [(each.text, each.choices, each.correct) for each in found.questions] == expected


def test_the_author_has_not_seen_anything_new_and_others_have(hoa, phone):
    assert (export(hoa).status_code, keys_seen()) == (200, set())
    binh = organizer(phone, 901)
    assert export(binh).status_code == 200
    with reading() as session:
        versions = set(session.scalars(select(QuestionVersion.id).where(QuestionVersion.state == "draft")))
    assert keys_seen() == {(version, UUID(binh.id)) for version in versions}
    assert export(binh).status_code == 200, "a second time changes nothing"
    give(binh, "reviewer")
    code = material().contents[0][0]
    refused = binh.call("POST", f"/manage/banks/hon-nhan/questions/{code}/reviews", {"answered": ["A"], "comment": ""})
    assert (refused.status_code, refused.json["reason"]) == (409, "key-already-seen")


def test_an_export_is_in_the_audit_log(hoa):
    export(hoa, format="xlsx")
    with reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.number.desc())).first()
    assert (row.action, row.subject, row.reason) == ("bank.export", "bank:hon-nhan", REASON)
    assert row.after == {"format": "xlsx", "questions": 2, "keys_first_seen": 0}


def test_who_may_not_write_the_bank_gets_nothing(hoa, phone):
    reviewer = organizer(phone, 902, "reviewer")
    assert_problem(export(reviewer), 403, "forbidden")
    assert_problem(reviewer.get("/manage/banks/hon-nhan/exports/losses"), 403, "forbidden")
    assert keys_seen() == set()
    assert_problem(hoa.call("POST", "/manage/banks/khac/exports", NAMED), 404, "not-found")
    assert_faults(export(hoa, format="pdf"), "/format")
    assert_faults(hoa.call("POST", "/manage/banks/hon-nhan/exports", {"format": "xlsx"}), "/reason")


def test_losses_are_told_without_a_key_being_seen(hoa, phone):
    binh = organizer(phone, 903)
    shown = binh.get("/manage/banks/hon-nhan/exports/losses?format=docx-key").json
    codes = [code for code, _ in material().contents]
    lost = [(loss["code"], loss["number"], loss["question"]) for loss in shown["losses"]]
    assert sorted(lost) == [("code", 1, codes[0]), ("code", 2, codes[1])]
    assert (shown["format"], shown["questions"], shown["totals"]) == ("docx-key", 2, {"code": 2})
    assert (shown["truncated"], keys_seen()) == (False, set())


def test_a_draft_that_yaml_cannot_take_back_is_told(hoa):
    assert export(hoa, format="yaml").text.startswith("# yaml-language-server")
    shown = hoa.get("/manage/banks/hon-nhan/exports/losses?format=yaml").json
    assert shown["totals"].keys() == {"stopped-on-reading"}, "an author's file needs an explanation and a citation"


def test_retired_and_withdrawn_questions_stay_out_and_pictures_are_counted(hoa):
    first, second = (code for code, _ in material().contents)
    with transaction() as session:
        source = session.scalars(select(QuestionSource).join(Question).where(Question.code == first)).one()
        source.has_pictures, source.report = True, source.report | {"pictures": [{"sha256": "a"}, {"sha256": "b"}]}
        session.execute(update(Question).where(Question.code == second).values(withdrawn=True))
    [item] = material().bank.items
    assert (item.code, item.pictures) == (first, 2)
    with transaction() as session:
        session.execute(update(QuestionVersion).values(state="retired"))
    assert material().bank.items == ()


def run(*words: object) -> Any:
    return CliRunner().invoke(banks, [str(word) for word in words])


def test_the_command_writes_the_file_and_says_what_is_lost(app, tmp_path):
    run("import", folder(tmp_path))
    done = run("export", "--bank", "hon-nhan", "--format", "docx-exam", tmp_path / "ra" / "de.docx")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"Đã ghi 3 câu vào {tmp_path / 'ra' / 'de.docx'}\n"
    assert "Câu 1: căn cứ pháp lý không được giữ nguyên vẹn." in done.stderr
    found = read_file((tmp_path / "ra" / "de.docx").read_bytes(), "de.docx")
    assert [question.correct for question in found.questions] == [("C",), ("A",), ("A", "C")]


def test_the_command_writes_into_a_folder_under_the_bank_s_name(app, tmp_path):
    run("import", folder(tmp_path))
    assert run("export", "--bank", "hon-nhan", "--format", "xlsx", tmp_path).exit_code == 0
    found = read_file((tmp_path / "hon-nhan.xlsx").read_bytes(), "hon-nhan.xlsx")
    citations = [question.citation for question in found.questions]
    assert citations[0] == "điểm a khoản 1 Điều 8 Luật Hôn nhân và gia đình (số 52/2014/QH13)"
    assert [question.topic for question in found.questions] == ["Kết hôn"] * 3


def test_the_command_needs_a_bank_that_is_there_and_has_questions(app, tmp_path):
    assert "cần --bank CODE" in run("export", "--format", "gift", tmp_path).output
    assert "Không có ngân hàng nào mang mã khac." in run("export", "--bank", "khac", "--format", "gift", tmp_path).output
    with transaction() as session:
        session.add(Bank(code="trong", title="Ngân hàng trống", topics={}))
    assert "chưa có câu hỏi nào" in run("export", "--bank", "trong", "--format", "gift", tmp_path).output
