"""``quizsvc banks import`` with files of every kind, and ``banks undo``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, select, text

from quizsvc.banks.commands import banks
from quizsvc.banks.imports.models import QuestionImport
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from quizsvc.units.models import Unit
from tests.banks.imports.making import count
from tests.banks.imports.uploading import TYPED
from tests.banks.making import BANK_YAML, folder

BROKEN = TYPED.replace("Đáp án: C", "")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Đề thi số 1.txt"
    path.write_text(TYPED, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "de-thi.txt"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def run(*words):
    result = CliRunner().invoke(banks, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def report(*words):
    result = run("import", *words, "--json")
    return json.loads(result.stdout), result.exit_code


def all_of(kind):
    with reading() as session:
        return session.scalars(select(kind)).all()


def test_a_file_becomes_drafts_in_a_bank_named_after_it(app, file):
    result = run("import", file)
    assert result.exit_code == 0, result.output
    assert "2 câu, nhận được 2, bị giữ lại 0; đã thêm 2 bản nháp vào ngân hàng «de-thi-so-1»" in result.output
    (bank,), (batch,) = all_of(Bank), all_of(QuestionImport)
    assert (bank.code, bank.title, bank.unit_id) == ("de-thi-so-1", "Đề thi số 1", None)
    assert {version.state for version in all_of(QuestionVersion)} == {"draft"}
    assert [row.action for row in all_of(AuditRow)] == ["bank.create", "bank.import"]
    assert "banks undo 1" in result.output
    again = run("import", file)
    assert (again.exit_code, count(), count(QuestionImport)) == (0, 2, 1)
    assert "đã có sẵn 2" in again.output
    undone = run("undo", batch.id)
    assert (undone.exit_code, count()) == (0, 0)
    assert run("undo", 99).exit_code == 1


def test_the_json_report(app, file):
    document, status = report(file, "--dry-run", "--bank", "ket-hon")
    assert (status, document["questions"], document["accepted"], document["added"]) == (0, 2, 2, 2)
    assert (document["bank"], document["dry_run"], document["refused"], document["import_id"]) == (
        "ket-hon",
        True,
        False,
        None,
    )
    row = document["rows"][1]
    wanted = ("number", "text", "choices", "correct", "found_by", "confidence", "where", "warnings")
    assert [row[name] for name in wanted] == [
        2,
        "Nam từ bao nhiêu tuổi thì được kết hôn?",
        ["18", "19", "20"],
        ["C"],
        "letter_line",
        row["confidence"],
        "Đề thi số 1.txt, dòng 7",
        [],
    ]
    assert 0.5 < row["confidence"] <= 1
    assert (count(Bank), count()) == (0, 0)
    written, _ = report(file, "--bank", "ket-hon")
    assert written | {"dry_run": True, "import_id": None} == document


def test_a_dry_run_fails_as_the_import_would(app, broken):
    for more in (["--dry-run"], []):
        document, status = report(broken, *more)
        assert (status, document["refused"], document["rejected"]) == (1, True, 1)
        result = run("import", broken, *more)
        assert result.exit_code == 1
        assert "Chưa nạp câu nào. Muốn nạp riêng các câu nhận được: --accept accepted." in result.output
        assert "- Câu 2, de-thi.txt, dòng 7 [" in result.output
    assert (count(), count(Bank)) == (0, 0)
    assert run("import", broken, "--accept", "accepted").exit_code == 0
    assert count() == 1


def test_a_key_file_and_the_first_choice(app, tmp_path):
    bare, key = tmp_path / "de.txt", tmp_path / "dap-an.txt"
    bare.write_text(TYPED.replace("Đáp án: A", "").replace("Đáp án: C", ""), encoding="utf-8")
    key.write_text("1. A\n2. C\n", encoding="utf-8")
    document, _ = report(bare, "--key", key, "--dry-run")
    assert [(row["correct"], row["found_by"]) for row in document["rows"]] == [(["A"], "key_file"), (["C"], "key_file")]
    document, _ = report(bare, "--first-is-right", "--dry-run")
    assert [row["correct"] for row in document["rows"]] == [["A"], ["A"]]
    document, status = report(bare, "--dry-run")
    assert (status, document["accepted"]) == (1, 0)


def test_a_file_that_cannot_be_read_has_a_report_too(app, tmp_path):
    picture = tmp_path / "anh.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    document, status = report(picture, "--dry-run")
    assert (status, document["questions"], document["refused"]) == (1, 0, True)
    (row,) = document["rows"]
    assert (row["status"], row["codes"], row["outcome"]) == ("rejected", ["unknown-format"], "remark")
    result = run("import", picture)
    assert result.exit_code == 1
    assert "anh.docx [unknown-format] Tệp «anh.docx» là ảnh PNG" in result.output


def test_yaml_is_approved_as_it_is_and_a_draft_when_a_bank_is_named(app, tmp_path):
    source = folder(tmp_path)
    assert run("import", source).exit_code == 0
    assert {version.state for version in all_of(QuestionVersion)} == {"approved"}
    loose = tmp_path / "banks" / "hon-nhan.yaml"
    result = run("import", loose, "--bank", "nhap")
    assert (result.exit_code, count(), count(QuestionImport)) == (0, 6, 1), result.output
    result = run("import", loose, "--bank", "hon-nhan")
    assert (result.exit_code, result.output.startswith("Error: Ngân hàng «hon-nhan» được nạp từ tệp YAML")) == (1, True)


def test_a_bank_of_a_unit(playground, file):
    assert run("import", file, "--bank", "nghe-an", "--unit", "40").exit_code == 0
    with reading() as session:
        unit_id = session.scalar(select(Bank.unit_id).where(Bank.code == "nghe-an"))
        assert session.get_one(Unit, unit_id).code == "40"
        assert session.scalars(select(AuditRow.unit_id)).all() == [unit_id, unit_id]
    refused = run("import", file, "--bank", "moi", "--unit", "khong-co")
    assert (refused.exit_code, "không có đơn vị nào" in refused.output) == (2, True)
    assert all(row.code != "moi" for row in all_of(Bank))


def test_a_dry_run_needs_no_database(bare_app, file):
    document, status = report(file, "--dry-run")
    assert (status, document["accepted"], document["refused"]) == (0, 2, False)
    assert "not-compared" in document["rows"][0]["codes"]


@pytest.fixture
def bare_app(tmp_path, clock, chance):
    """On a database without a single table."""
    from tests.conftest import running

    url = f"sqlite:///{tmp_path / 'leer.db'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sqlite_master")) == 0
    engine.dispose()
    yield from running(url, clock, chance)


def test_what_yaml_says_of_keys_is_checked_in_other_ways_in_too(app, tmp_path):
    loose = tmp_path / "hon-nhan.yaml"
    loose.write_text(BANK_YAML.replace("answer: [c, a]", "answer: [a, h]"), encoding="utf-8")
    document, status = report(loose, "--bank", "nhap", "--dry-run")
    assert (status, document["rejected"], document["rows"][2]["codes"][0]) == (1, 1, "key-not-a-choice")
    assert all_of(Question) == []
