"""Pain 15: imports that stop at the first error, or take half of a file and say «complete».

Two hundred broken rows: two hundred reasons, each with its cell, and not one write, in the preview and in the commit alike.
"""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.models import Question, QuestionVersion
from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from tests.api.problems import assert_problem
from tests.banks.imports.uploading import REASON, Author
from tests.organizers.people import give
from tests.registers.making import xlsx

HEADER = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
KEYS = "ABCD"
TABLES = (Question, QuestionVersion, QuestionImport, QuestionSource, AuditRow)


def good(number):
    asked = f"Theo quy định, hồ sơ loại {number} được giải quyết trong bao nhiêu ngày?"
    return [number, asked, "5", "10", "15", "20", KEYS[number % 4]]


def without_key(number):
    return [*good(number)[:-1], None]


def without_text(number):
    return [number, None, *good(number)[2:]]


def key_beyond(number):
    return [*good(number)[:-1], "G"]


def twice_the_same_choice(number):
    return [*good(number)[:3], "5", *good(number)[4:]]


WAYS = (without_key, without_text, key_beyond, twice_the_same_choice)
BROKEN = [WAYS[number % len(WAYS)](number) for number in range(1, 201)]
SOUND = [good(number) for number in range(201, 251)]


@pytest.fixture
def author(phone):
    made = Author(phone, 1, "Lê Thị Hoa")
    give(made, "author")
    assert made.make_bank().status_code == 201
    return made


def written():
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_two_hundred_broken_rows_give_two_hundred_reasons_and_no_write(author):
    data, before = xlsx(HEADER, *BROKEN, *SOUND), written()
    preview = author.preview("hon-nhan", data).json
    assert (preview["questions"], preview["accepted"], preview["rejected"], preview["refused"]) == (250, 50, 200, True)
    stopped = [row for row in preview["rows"] if row["status"] == "rejected"]
    assert [row["number"] for row in stopped] == list(range(1, 201))
    for place, row in enumerate(stopped, start=2):
        assert row["codes"]
        assert len(row["detail"]) > 20
        assert "Sheet1" in row["where"]
        assert str(place) in row["where"]
    assert len({tuple(row["codes"]) for row in stopped}) >= len(WAYS)
    answer = author.commit("hon-nhan", data, preview["file_sha256"])
    assert_problem(answer, 409, "bank-import-refused", questions=250, rejected=200)
    assert written() == before


def test_those_that_are_sound_are_taken_only_when_the_organizer_says_so(author):
    data = xlsx(HEADER, *BROKEN, *SOUND)
    report = author.import_("hon-nhan", data, accept="accepted").json
    assert (report["added"], report["rejected"], report["rows_total"]) == (50, 200, 250)
    with reading() as session:
        outcomes = dict(session.execute(select(QuestionSource.outcome, func.count()).group_by(QuestionSource.outcome)).all())
    assert outcomes == {"added": 50, "rejected": 200}


def test_a_long_list_is_cut_with_its_true_length_and_every_row_is_on_a_page(author):
    data = xlsx(HEADER, *(good(number) for number in range(1, 1201)), without_key(1201))
    preview = author.preview("hon-nhan", data).json
    assert (preview["questions"], preview["rejected"], preview["rows_total"], preview["truncated"]) == (1201, 1, 1201, True)
    assert len(preview["rows"]) == 1000
    assert preview["rows"][-1]["number"] == 1201  # what stops is never cut off


def test_the_same_file_committed_twice_at_once_is_one_batch(playground, author):
    data = xlsx(HEADER, *SOUND)
    sha256 = author.preview("hon-nhan", data).json["file_sha256"]
    answers = []

    def commit():
        other = Author(playground.test_client(), 1)
        answers.append(other.commit("hon-nhan", data, sha256, reason=REASON).json)

    threads = [threading.Thread(target=commit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["added"] for answer in answers) == [0, 50]
    assert len({answer["import_id"] for answer in answers}) == 1
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(QuestionImport)) == 1
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.number)).all()
    assert actions == ["bank.create", "bank.import"]
