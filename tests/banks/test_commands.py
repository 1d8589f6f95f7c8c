from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from quizsvc.banks.commands import banks, load_folder
from quizsvc.banks.models import Question, QuestionVersion
from quizsvc.banks.service import read_folder
from quizsvc.banks.versions import content_of
from quizsvc.core.db import reading
from tests.banks.making import BANK_YAML, folder


def run(*words: object) -> Result:
    result = CliRunner().invoke(banks, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def count(kind=QuestionVersion) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def broken(path: Path) -> Path:
    text = BANK_YAML.replace("answer: [c, a]", "answer: [a, h]").replace("difficulty: 2", "difficulty: 7")
    return folder(path, bank_yaml=text)


def test_imports_a_folder_and_repeats_without_change(app, tmp_path):
    first = run("import", folder(tmp_path))
    assert first.exit_code == 0, first.output
    assert "Ngân hàng «hon-nhan»: thêm 3, phiên bản mới 0, giữ nguyên 0, rút 0, dùng lại 0." in first.output
    assert "giữ nguyên 3" in run("import", tmp_path).output
    assert count() == 3


def test_a_dry_run_does_the_same_and_writes_nothing(app, tmp_path):
    result = run("import", folder(tmp_path), "--dry-run")
    assert result.exit_code == 0
    assert "thêm 3" in result.output
    assert "chưa ghi gì" in result.output
    assert count() == 0


def test_an_error_writes_nothing_and_every_fault_is_said(app, tmp_path):
    for more in ([], ["--dry-run"]):
        result = run("import", broken(tmp_path), *more)
        assert result.exit_code == 1
        assert "banks/hon-nhan.yaml:20: not-allowed-value: " in result.output
        assert "banks/hon-nhan.yaml:30: key-not-a-choice: " in result.output
        assert "Chưa nạp gì: có 2 lỗi." in result.output
    assert count() == 0


def test_json_of_an_import(app, tmp_path):
    document = json.loads(run("import", folder(tmp_path), "--json", "--dry-run").stdout)
    assert (document["questions"], document["accepted"], document["rejected"]) == (3, 3, 0)
    assert (document["format"], document["dry_run"], document["loaded"]) == ("quizsvc-yaml", True, False)
    assert [row["status"] for row in document["rows"]] == ["accepted"] * 3
    assert document["banks"][0]["added"] == 3
    file = tmp_path / "banks" / "hon-nhan.yaml"
    document = json.loads(run("import", file, "--json").stdout)
    assert document["loaded"] is True
    assert document["file_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_json_of_a_refused_import(app, tmp_path):
    result = run("import", broken(tmp_path), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert (document["questions"], document["accepted"], document["rejected"], document["loaded"]) == (3, 1, 2, False)
    rows = [(row["where"].rsplit("/", 1)[1], row["status"], row["codes"]) for row in document["rows"]]
    assert rows == [
        ("hon-nhan.yaml:6", "accepted", []),
        ("hon-nhan.yaml:18", "rejected", ["not-allowed-value"]),
        ("hon-nhan.yaml:25", "rejected", ["key-not-a-choice"]),
    ]


def test_imports_one_file_with_the_registry_beside_it_or_in_the_database(app, tmp_path):
    file = folder(tmp_path / "quizzes") / "banks" / "hon-nhan.yaml"
    loose = tmp_path / "loose" / "hon-nhan.yaml"
    loose.parent.mkdir()
    loose.write_text(BANK_YAML.replace("hn-003", "hn-004"), encoding="utf-8")
    assert "unknown-instrument" in run("import", loose).output
    assert run("import", file).exit_code == 0
    assert "thêm 1, phiên bản mới 0, giữ nguyên 2, rút 1" in run("import", loose).output
    assert run("check", loose).exit_code == 0


@pytest.mark.parametrize("name", ["cau-hoi.docx", "cau-hoi.xlsx", "cau-hoi.gift", "cauhoi"])
def test_only_yaml_can_be_checked_and_the_way_for_other_files_is_named(app, tmp_path, name):
    (tmp_path / name).write_bytes(b"PK")
    result = run("check", tmp_path / name)
    assert result.exit_code == 1
    assert "import --dry-run" in result.output
    assert result.output.count("\n") == 1


def test_check_says_every_fault_as_file_line_code_sentence(app, tmp_path):
    result = run("check", broken(tmp_path))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.split(" ")[0].rsplit("/", 1)[1] for line in lines] == ["hon-nhan.yaml:20:", "hon-nhan.yaml:30:"]
    assert lines[1].split(": ")[1] == "key-not-a-choice"
    assert count() == 0


def test_check_of_sound_banks(app, tmp_path):
    result = run("check", folder(tmp_path))
    assert (result.exit_code, result.output) == (0, "Không có lỗi trong 3 câu hỏi.\n")


def test_exports_what_reads_back_equal(app, tmp_path):
    source = folder(tmp_path / "one")
    run("import", source)
    assert run("export", tmp_path / "two").exit_code == 0
    before, after = read_folder(source), read_folder(tmp_path / "two")
    assert after[2] == []
    assert after[1] == before[1]
    assert [(bank.code, bank.title, bank.topics) for bank in after[0]] == [
        (bank.code, bank.title, bank.topics) for bank in before[0]
    ]
    contents = [[(each.code, content_of(each)) for each in found[0][0].questions] for found in (before, after)]
    assert contents[0] == contents[1]
    assert "phiên bản mới 0, giữ nguyên 3" in run("import", tmp_path / "two").output


def test_an_exported_file_has_the_order_of_a_written_one(app, tmp_path):
    run("import", folder(tmp_path / "one"))
    run("export", tmp_path / "two")
    head, written = (tmp_path / "two" / "instruments" / "52-2014-qh13.yaml").read_text(encoding="utf-8").split("\n", 1)
    assert head == "# yaml-language-server: $schema=../schema/instrument.schema.json"
    keys = [line.split(":")[0].strip(" '\"") for line in written.splitlines() if ":" in line]
    wanted = ["number", "kind", "title", "issued_on", "in_force_from", "amendments", "repealed", "outline", "7", "8"]
    assert keys == wanted
    bank = (tmp_path / "two" / "banks" / "hon-nhan.yaml").read_text(encoding="utf-8")
    assert "- {law: 52/2014/QH13, article: 8, clause: 1, point: a}" in bank


def test_exports_one_bank_without_withdrawn_questions(app, tmp_path):
    run("import", folder(tmp_path))
    run("import", folder(tmp_path, bank_yaml=BANK_YAML.split("  - id: hn-003")[0]))
    assert count(Question) == 3
    file = tmp_path / "out" / "hon-nhan.yaml"
    assert run("export", "--bank", "hon-nhan", file).exit_code == 0
    assert "hn-002" in file.read_text(encoding="utf-8")
    assert "hn-003" not in file.read_text(encoding="utf-8")
    assert run("check", file).exit_code == 0


def test_exporting_nothing_is_one_clear_line(app, tmp_path):
    assert run("export", tmp_path).output == "Chưa có ngân hàng nào.\n"
    result = run("export", "--bank", "khac", tmp_path)
    assert (result.exit_code, result.output) == (1, "Không có ngân hàng nào mang mã khac.\n")


def test_the_start_loads_a_folder(app, tmp_path):
    assert load_folder(folder(tmp_path))[1].startswith("Ngân hàng «hon-nhan»: thêm 3")
    with pytest.raises(ClickException, match="key-not-a-choice"):
        load_folder(broken(tmp_path))
