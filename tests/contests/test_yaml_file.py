from __future__ import annotations

import json

import pytest
import yaml

from quizsvc.banks.yaml_tree import LARGEST_FILE
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.contests.yaml_file import read_contest
from quizsvc.core.clock import local_day
from tests.world import QUIZZES

SOUND = """\
contest: thi
title: Cuộc thi
organizer: "40"
eligibility: {min_age: 14}
rounds:
  - round: r1
    title: Vòng 1
    opens_at: 2026-11-23T08:00:00+07:00
    closes_at: "2026-11-30T08:00:00+07:00"
    time_limit_minutes: 15
    attempts: unlimited
    counts: best
    show: {result: at_once, review: after_round, board: at_once}
    paper:
      - {bank: bau-cu, count: 2}
"""


@pytest.fixture
def read(tmp_path):
    def read(text: str, name: str = "thi.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_contest(path)

    return read


def refused(read, text: str, name: str = "thi.yaml") -> list[str]:
    with pytest.raises(ContestDocumentRefused) as raised:
        read(text, name)
    assert all(fault in str(raised.value) for fault in raised.value.faults)
    return [fault.rsplit("/thi.yaml:", 1)[-1] for fault in raised.value.faults]


def test_a_sound_file(read):
    document = read(SOUND)
    assert document.slug == "thi"
    assert document.rounds[0].rules.limits.per_round is None
    assert read(SOUND.replace("title: Cuộc thi", "# nothing new\ntitle:   Cuộc thi")).sha256 == document.sha256


@pytest.mark.parametrize(
    ("written", "instead", "where"),
    [
        ('organizer: "40"', "organizer: 40", "3: wrong-type: "),
        ("min_age: 14", "min_age: 5", "4: too-small: "),
        ("  - round: r1", "  - round: R1", "6: wrong-form: "),
        ("2026-11-23T08:00:00+07:00", "2026-11-23T08:00:00", "8: «2026-11-23T08:00:00» thiếu múi giờ"),
        ("2026-11-30T08:00:00+07:00", "2026-11-20T08:00:00+07:00", "9: Vòng thi phải kết thúc"),
        ("time_limit_minutes: 15", "time_limit_minutes: 0", "10: too-small: "),
        ("time_limit_minutes: 15", "time_limit_minutes: 241", "10: too-large: "),
        ("attempts: unlimited", "attempts: 0", "11: wrong-form: "),
        ("counts: best", "counts: most", "12: not-allowed-value: "),
        ("review: after_round", "review: later", "13: not-allowed-value: "),
        ("result: at_once", "result: after_round", "13: Không thể cho xem bảng xếp hạng"),
        ("count: 2}", "count: 0}", "15: too-small: "),
        ("count: 2}", "count: 2, colour: red}", "15: unknown-field: "),
        ("    counts: best\n", "", "6: missing-field: "),
        ("title: Cuộc thi", "title: Cuộc thi\ntitle: Hai", "3: duplicate-key: "),
        ("title: Cuộc thi", "title: [", "4: not-yaml: "),
    ],
)
def test_each_fault_comes_with_its_line(read, written, instead, where):
    assert SOUND.count(written) == 1
    (fault,) = refused(read, SOUND.replace(written, instead))
    assert fault.startswith(where)


def test_a_second_round_of_the_same_code(read):
    round_text = SOUND[SOUND.index("  - round") :]
    (fault,) = refused(read, SOUND + round_text)
    assert fault.startswith("16: Mã vòng «r1» đã dùng")


def test_the_file_is_named_after_the_contest(read):
    assert refused(read, SOUND, "thi-2026.yaml") == ["mã cuộc thi «thi» phải trùng tên tệp"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ContestDocumentRefused, match="không mở được tệp"):
        read_contest(tmp_path / "thi.yaml")


def test_the_contests_we_ship_are_sound():
    files = sorted((QUIZZES / "contests").glob("*.yaml"))
    documents = [read_contest(file) for file in files]
    assert [document.slug for document in documents] == [file.stem for file in files]
    assert len(documents) >= 2
    for document in documents:
        for earlier, later in zip(document.rounds, document.rounds[1:], strict=False):
            assert earlier.opens_at < later.opens_at, "rounds stand in the order they are played"
        assert all(local_day(made.opens_at).year >= 2026 for made in document.rounds)


def as_json(text: str, **changes: object) -> str:
    document = yaml.load(text, Loader=yaml.BaseLoader) | changes
    document["eligibility"] = {"min_age": 14}
    document["rounds"][0] |= {"time_limit_minutes": 15, "paper": [{"bank": "bau-cu", "count": 2}]}
    return json.dumps(document, ensure_ascii=False)


def test_a_document_in_json_is_the_same_document(read):
    document = read(as_json(SOUND), "thi.json")
    assert document == read(SOUND)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "thi.json:1: không đọc được JSON ở cột 2"),
        ('{\n"a": 1,}', "thi.json:2: không đọc được JSON"),
        ('{"contest": "a", "contest": "b"}', "khóa «contest» lặp lại (the key “contest” is repeated)"),
        ('{"contest": NaN}', "NaN không phải JSON"),
        ("\ud800", "không đọc được JSON"),
        ("[" * 100_000, "không đọc được JSON"),
        ("[]", "thi.json: phải là một nhóm «khóa: giá trị» (must be of type object)"),
        (as_json(SOUND, title="ab"), "cần ít nhất 3 ký tự (needs at least 3 characters) [/title]"),
        (as_json(SOUND, tracks=[{"track": "a", "title": "A"}] * 2), "«a» đã dùng ở bảng thi trước. (The track code “a”"),
    ],
)
def test_faults_in_json(tmp_path, text, said):
    path = tmp_path / "thi.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ContestDocumentRefused) as raised:
        read_contest(path)
    assert said in raised.value.faults[0]


def test_json_that_is_too_large_or_not_there(tmp_path):
    path = tmp_path / "thi.json"
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    with pytest.raises(ContestDocumentRefused, match="tệp lớn hơn 2 MiB"):
        read_contest(path)
    with pytest.raises(ContestDocumentRefused, match="không mở được tệp"):
        read_contest(tmp_path / "khac.json")


def test_a_fault_is_said_in_english_too(read):
    (fault,) = refused(read, SOUND.replace("count: 2}", "count: 0}"))
    assert fault == "15: too-small: không được nhỏ hơn 1 (must not be below 1) [/rounds/0/paper/0/count]"
    (fault,) = refused(read, SOUND.replace("2026-11-30T08:00:00+07:00", "2026-11-20T08:00:00+07:00"))
    said = "Vòng thi phải kết thúc sau khi bắt đầu. (The round must close after it opens.)"
    assert fault == f"9: {said} [/rounds/0/closes_at]"
