from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from quizsvc.banks.checking import check
from quizsvc.banks.citations import Citation
from quizsvc.banks.faults import Level, Source, errors
from tests.banks.making import CHOICES, LAW, TODAY, bank, instrument, question, truth


def found(*questions, on=TODAY, law=None, **more):
    return [(fault.code, fault.level.value) for fault in check([bank(*questions, **more)], [law or instrument()], on=on)]


def cites(*parts, law=LAW):
    return {"cites": (Citation(law, *parts),)}


def test_nothing_wrong():
    assert found(question(), truth(), question("hn-002", answer=("a", "b"))) == []


@pytest.mark.parametrize(
    ("more", "code", "level"),
    [
        ({"answer": "d"}, "key-not-a-choice", "error"),
        ({"answer": ("a", "e")}, "key-not-a-choice", "error"),
        ({"answer": True}, "choices-on-true-false", "error"),
        ({"choices": ()}, "no-choices", "error"),
        ({"choices": (("b", "Một"), ("a", "Hai"), ("c", "Ba"))}, "choice-letters", "error"),
        ({"choices": (("a", "Một"), ("c", "Ba"))}, "choice-letters", "error"),
        ({"choices": (*CHOICES, ("d", "từ đủ  18 tuổi."))}, "equal-choices", "error"),
        ({"topic": "khac"}, "unknown-topic", "error"),
        ({"text": unicodedata.normalize("NFD", "Nữ đủ bao nhiêu tuổi?")}, "not-nfc", "error"),
        ({"explanation": unicodedata.normalize("NFD", "Luật nói vậy")}, "not-nfc", "error"),
        ({"text": "Nữ\u00a0đủ bao nhiêu tuổi?"}, "odd-character", "warning"),
        ({"text": "Cơ quan nhà nƣớc là gì?"}, "odd-character", "warning"),
        ({"explanation": " " * 20}, "empty-text", "error"),
        ({"answer": ("a", "b", "c")}, "every-choice-right", "warning"),
        ({"choices": (*CHOICES, ("d", "Cả A và B"))}, "refers-to-letters", "notice"),
        (cites("8", law="1/2020/QH14"), "unknown-instrument", "error"),
        (cites("11"), "unknown-article", "error"),
        (cites("9"), "repealed-article", "error"),
        (cites("8", "7"), "unknown-clause", "error"),
        (cites("8", "2", "a"), "unknown-point", "error"),
    ],
)
def test_one_fault(more, code, level):
    assert found(question(**more)) == [(code, level)]


@pytest.mark.parametrize(
    "choices",
    [("Bố", "Bộ", "Bổ"), ("Dưới 5 m", "Dưới 5,0 m", "Trên 5 m"), ("< 5", "> 5", "5")],
)
def test_choices_that_differ_by_an_accent_or_a_sign_are_not_equal(choices):
    assert found(question(choices=tuple(zip("abc", choices, strict=True)))) == []


def test_pinned_by_the_author_needs_no_notice():
    assert found(question(choices=(*CHOICES, ("d", "Cả A và B")), pinned=True)) == []


def test_faults_stand_at_their_line():
    lines = {(): 1, ("questions", 0): 5, ("questions", 0, "answer"): 9}
    wrong = question(answer="h", source=Source("hon-nhan.yaml", lines).within("questions", 0))
    faults = check([bank(wrong)], [instrument()], on=TODAY)
    assert str(faults[0]).startswith("hon-nhan.yaml:9: key-not-a-choice: đáp án «h»")
    assert str(faults[0]).endswith("[/questions/0/answer]")


def test_a_law_binds_from_its_day_to_its_last():
    assert found(question(), on=date(2014, 12, 31)) == [("instrument-not-in-force", "error")]
    assert found(question(), on=date(2015, 1, 1)) == []
    ended = instrument(in_force_to="2026-11-23")
    assert found(question(), law=ended) == [("instrument-not-in-force", "error")]
    assert found(question(), law=ended, on=date(2026, 11, 22)) == []


def test_an_amendment_that_the_outline_lacks_is_a_warning_once_an_instrument():
    amendment = {"number": "97/2025/QH15", "in_force_from": "2025-07-01", "in_outline": False}
    law = instrument(amendments=[amendment])
    assert found(question(), question("hn-002"), law=law) == [("amendment-not-in-outline", "warning")]
    assert found(question(), law=law, on=date(2025, 6, 30)) == []
    assert found(question(), law=instrument(amendments=[amendment | {"in_outline": True}])) == []


def test_repeated_ids_within_and_across_banks():
    twice = check([bank(question(), question(text="Một câu khác hẳn?"))], [instrument()], on=TODAY)
    assert [(fault.code, fault.level) for fault in twice] == [("duplicate-id", Level.ERROR)]
    across = check([bank(question()), bank(question(text="Một câu khác hẳn?"), code="khac")], [instrument()], on=TODAY)
    assert [(fault.code, fault.level) for fault in across] == [("duplicate-id", Level.WARNING)]


def test_repeated_texts_across_banks_are_found_without_accents_and_signs():
    one = question("hn-001", text="Nam từ đủ bao nhiêu tuổi được kết hôn?", source=Source("a.yaml"))
    two = question("kh-001", text="NAM TU DU BAO NHIEU TUOI, duoc ket hon", source=Source("b.yaml"))
    faults = check([bank(one), bank(two, code="khac")], [instrument()], on=TODAY)
    assert [(fault.code, fault.place.file) for fault in faults] == [("duplicate-text", "b.yaml")]
    assert "a.yaml:1" in faults[0].sentence


def test_repeated_banks_and_instruments():
    faults = check([bank(question()), bank(truth())], [instrument(), instrument()], on=TODAY)
    assert [fault.code for fault in faults] == ["duplicate-instrument", "duplicate-bank"]


def test_a_bank_is_named_as_its_file():
    assert found(question(), source=Source("x/hon-nhan.yaml")) == []
    assert found(question(), source=Source("x/khac.yaml")) == [("bank-not-file-name", "warning")]


def test_all_faults_of_all_questions_come_at_once():
    wrong = [
        question(f"hn-{number}", answer="h", topic="khac", text=f"Câu hỏi số {number} thế nào?", **cites("99"))
        for number in range(50)
    ]
    assert len(errors(check([bank(*wrong)], [instrument()], on=TODAY))) == 150
