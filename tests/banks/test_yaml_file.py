from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.faults import Source
from quizsvc.banks.service import SCHEMAS
from quizsvc.banks.versions import Content, content_of
from quizsvc.banks.yaml_export import bank_text, instrument_text
from quizsvc.banks.yaml_file import read_bank, read_instrument
from quizsvc.core.fields import CONTROL_CHARACTERS
from tests.banks.making import BANK_YAML, INSTRUMENT_YAML


@pytest.fixture
def read(tmp_path: Path):
    def read_text(text: str, name: str = "hon-nhan.yaml", reader=read_bank):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return reader(path, SCHEMAS)

    return read_text


def test_a_bank(read):
    bank, faults = read(BANK_YAML)
    assert faults == []
    assert (bank.code, bank.title, bank.topics) == ("hon-nhan", "Luật Hôn nhân", {"ket-hon": "Kết hôn"})
    single, truth, multiple = bank.questions
    assert single.choices == (("a", "18"), ("b", "19.50"), ("c", "Từ đủ 20 tuổi")), "numbers stay as written"
    assert (single.kind, truth.kind, multiple.kind) == ("single", "true_false", "multiple")
    assert (single.right_letters, truth.right_letters, multiple.right_letters) == (("c",), (), ("c", "a"))
    assert single.cites[0].to_json() == {"law": "52/2014/QH13", "article": "8", "clause": "1", "point": "a"}
    assert truth.cites[0].to_json() == {"law": "52/2014/QH13", "article": "8"}
    assert single.source.at("choices", "b").line == 12
    assert single.cites[0].source.at("clause").line == 17


BROKEN = [
    ("topic: ket-hon", "topic: Kết hôn", "wrong-form", 7, "/questions/0/topic"),
    ("difficulty: 1", "difficulty: 4", "not-allowed-value", 8, "/questions/0/difficulty"),
    ("    answer: c\n", "", "missing-field", 6, "/questions/0"),
    ("    answer: c\n", "    answer: C\n", "wrong-form", 14, "/questions/0/answer"),
    ("    answer: c\n", "    answer: c\n    colour: red\n", "unknown-field", 15, "/questions/0/colour"),
    ("text: Nam đủ bao nhiêu tuổi thì được kết hôn?", "text: Nam?", "too-short", 9, "/questions/0/text"),
    ("text: Nam đủ bao nhiêu tuổi thì được kết hôn?", "text: 123456789012", "wrong-type", 9, "/questions/0/text"),
    ("answer: [c, a]", "answer: [c, c]", "wrong-form", 30, "/questions/2/answer"),
    ("      a: 18\n", "      z: 18\n", "wrong-form", 11, "/questions/0/choices/z"),
    ("title: Luật Hôn nhân", "title: X", "too-short", 2, "/title"),
    ("article: 8, clause: 1, point: a", "article: 8, clause: 1, point: A", "wrong-form", 17, "/questions/0/cites/0/point"),
    ("article: 8, clause: 1, point: a", "article: true", "wrong-type", 17, "/questions/0/cites/0/article"),
    ("bank: hon-nhan", 'bank: "hon-nhan\\n"', "wrong-form", 1, "/bank"),
]


@pytest.mark.parametrize(("good", "bad", "code", "line", "pointer"), BROKEN)
def test_faults_have_file_line_path_and_a_vietnamese_sentence(read, good, bad, code, line, pointer):
    assert good in BANK_YAML
    _, faults = read(BANK_YAML.replace(good, bad, 1))
    assert [(fault.code, fault.place.line, fault.place.pointer) for fault in faults] == [(code, line, pointer)]
    text = str(faults[0])
    assert f"hon-nhan.yaml:{line}: {code}: " in text
    assert not any(word in text for word in ("is not", "should", "required", "property", "does not"))


def test_all_faults_at_once_and_sound_questions_are_kept(read):
    text = (
        BANK_YAML.replace("difficulty: 1", "difficulty: 9")
        .replace("answer: true", "answer: maybe")
        .replace("ket-hon:", "Ket:")
    )
    bank, faults = read(text)
    assert {fault.place.pointer for fault in faults} == {"/questions/0/difficulty", "/questions/1/answer", "/topics/Ket"}
    assert [question.code for question in bank.questions] == ["hn-003"]


def test_two_hundred_broken_questions_give_two_hundred_reasons(read):
    one = (
        "  - {{id: q-{0}, topic: t, difficulty: 1, text: Câu hỏi thứ {0} của tệp, explanation: Vì luật nói vậy, "
        "cites: [{{law: 1/2020/QH1, article: 1}}]}}\n"
    )
    head = "bank: x\ntitle: Tên\ntopics: {t: Chủ đề}\nquestions:\n"
    bank, faults = read(head + "".join(one.format(number) for number in range(200)), "x.yaml")
    assert bank.questions == ()
    assert [fault.place.line for fault in faults] == list(range(5, 205))
    assert {fault.sentence for fault in faults} == {"thiếu mục «answer»"}


@pytest.mark.parametrize("text", ["[]", "questions: 5", "3", "~", "bank: [1]\nquestions: [1, [], {}]"])
def test_any_shape_is_a_fault_and_never_a_crash(read, text):
    _, faults = read(text)
    assert faults


def test_a_missing_file_is_a_fault(tmp_path):
    bank, faults = read_bank(tmp_path / "none.yaml", SCHEMAS)
    assert bank is None
    assert [fault.code for fault in faults] == ["unreadable-file"]


def test_an_instrument(read):
    instrument, faults = read(INSTRUMENT_YAML, reader=read_instrument)
    assert faults == []
    assert (instrument.number, instrument.kind) == ("52/2014/QH13", "luật")
    assert (instrument.issued_on, instrument.in_force_from, instrument.in_force_to) == (
        date(2014, 6, 19),
        date(2015, 1, 1),
        None,
    )
    assert instrument.repealed == {"9"}
    assert instrument.articles["8"].clauses == {"1": ("a", "b", "c", "d"), "2": ()}
    again, faults = read(instrument_text(instrument.document), reader=read_instrument)
    assert faults == []
    assert again == instrument


@pytest.mark.parametrize(
    ("good", "bad", "code", "line"),
    [
        ("2014-06-19", "2014-06-31", "wrong-form", 4),
        ("2014-06-19", "19/06/2014", "wrong-form", 4),
        ("amendments: []", "amendments: [{number: 1/2020/QH1}]", "missing-field", 6),
        ('"1(a b c d) 2"', '"1(a b c d 2"', "wrong-form", 10),
        ('"1(a b c d) 2"', '"1 1"', "outline", 10),
        ('"1(a b c d) 2"', '"1 "', "wrong-form", 10),
    ],
)
def test_instrument_faults(read, good, bad, code, line):
    instrument, faults = read(INSTRUMENT_YAML.replace(good, bad), reader=read_instrument)
    assert instrument is None
    assert {(fault.code, fault.place.line) for fault in faults} == {(code, line)}


def storable(text: str) -> bool:
    return text == text.strip() and not CONTROL_CHARACTERS.search(text)


def words(least: int) -> st.SearchStrategy[str]:
    return (
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#-'\"[]{}&*!%@`~010.5"),
            min_size=least,
            max_size=40,
        )
        .map(lambda text: unicodedata.normalize("NFC", text))
        .filter(lambda text: storable(text) and len(text) >= least)
    )


@st.composite
def contents(draw) -> Content:
    kind = draw(st.sampled_from(["single", "multiple", "true_false"]))
    choices = draw(
        st.lists(words(1) | st.sampled_from(["010", "1.50", "no", "12:30", "7", "2015-06-09"]), min_size=3, max_size=8)
    )
    if kind == "true_false":
        choices, key = ["Đúng", "Sai"], [draw(st.integers(0, 1))]
    else:
        places = st.sets(st.integers(0, len(choices) - 1), min_size=2 if kind == "multiple" else 1, max_size=len(choices))
        key = sorted(draw(places))[: None if kind == "multiple" else 1]
    cite = st.fixed_dictionaries(
        {"law": st.just("52/2014/QH13"), "article": st.sampled_from(["8", "8a", "08", "112"])},
        optional={"clause": st.sampled_from(["1", "2a"]), "point": st.sampled_from(["a", "đ", "e1"])},
    )
    return Content(
        kind=kind,
        topic="ket-hon",
        difficulty=draw(st.integers(1, 3)),
        text=draw(words(10)),
        choices=choices,
        key=key,
        pinned=True,
        explanation=draw(words(10)),
        citations=draw(st.lists(cite, min_size=1, max_size=3)),
    )


@settings(max_examples=60)
@given(st.lists(contents(), min_size=1, max_size=3), words(3))
def test_what_is_written_reads_back_equal(tmp_path_factory, written, title):
    path = tmp_path_factory.mktemp("bank") / "hon-nhan.yaml"
    questions = [(f"hn-{number}", content) for number, content in enumerate(written)]
    path.write_text(bank_text("hon-nhan", title, {"ket-hon": title}, questions), encoding="utf-8", newline="")
    bank, faults = read_bank(path, SCHEMAS)
    assert faults == []
    assert (bank.code, bank.title, bank.topics) == ("hon-nhan", title, {"ket-hon": title})
    assert [(each.code, content_of(each)) for each in bank.questions] == questions


def test_a_source_without_lines_still_names_its_place():
    assert str(Source("x.yaml").at("a", "b/c").pointer) == "/a/b~1c"
