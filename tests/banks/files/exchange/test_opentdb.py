import base64
import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from quizsvc.banks.files.exchange.opentdb import read_opentdb
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.exchange.making import codes, only

QUESTION = {
    "type": "multiple",
    "difficulty": "hard",
    "category": "Luật & đời",
    "question": 'Bộ luật "nào" + nay?',
    "correct_answer": "Bộ luật 100%",
    "incorrect_answers": ["A < B", "C'est"],
}
BOOLEAN = QUESTION | {"type": "boolean", "correct_answer": "False", "incorrect_answers": ["True"]}


def file(*questions: dict[str, Any], code: int = 0) -> bytes:
    return json.dumps({"response_code": code, "results": questions}, indent=1, ensure_ascii=False).encode()


def encoded(question: dict[str, Any], encode: Any) -> dict[str, Any]:
    return {
        name: [encode(each) for each in value] if isinstance(value, list) else encode(value)
        for name, value in question.items()
    }


def entities(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("'", "&#039;")


@pytest.mark.parametrize(
    "encode",
    [entities, lambda text: base64.b64encode(text.encode()).decode(), lambda text: quote(text, safe=""), quote_plus],
)
def test_the_same_question_in_every_encoding(encode: Any) -> None:
    found = read_opentdb(file(encoded(QUESTION, encode)), "a.json")

    question = only(found)
    assert question.text == 'Bộ luật "nào" + nay?'
    assert question.choices == ("Bộ luật 100%", "A < B", "C'est")
    assert (question.correct, question.topic, question.difficulty) == (("A",), "Luật & đời", 3)
    assert (question.status, question.where.line) == ("accepted", 4)
    assert [remark.code for remark in found.remarks] == ["order-unknown"]


@pytest.mark.parametrize("encode", [entities, lambda text: base64.b64encode(text.encode()).decode()])
def test_true_and_false(encode: Any) -> None:
    question = only(read_opentdb(file(encoded(BOOLEAN, encode)), "a.json"))

    assert (question.kind, question.choices, question.correct) == ("true_false", ("Đúng", "Sai"), ("B",))


def test_the_list_alone_and_the_lines_of_its_questions() -> None:
    data = json.dumps([QUESTION, BOOLEAN], indent=1).encode()

    assert [question.where.line for question in read_opentdb(data, "a.json").questions] == [2, 13]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"correct_answer": None}, "missing-field"),
        ({"question": ""}, "empty-question"),
        ({"incorrect_answers": "x"}, "missing-field"),
        ({"incorrect_answers": []}, "too-few-choices"),
        ({"incorrect_answers": ["bộ luật 100%."]}, "equal-choices"),
        ({"type": "text"}, "unsupported-kind"),
        ({"type": "boolean"}, "true-false-choices"),
        ({"incorrect_answers": ["Tất cả các phương án trên"]}, "order-unknown"),
    ],
)
def test_what_is_wrong_stops_the_question(change: dict[str, Any], code: str) -> None:
    question = only(read_opentdb(file(QUESTION | change), "a.json"))

    assert code in codes(question)
    assert not question.is_accepted


def test_broken_base64_is_told() -> None:
    written = encoded(QUESTION, lambda text: base64.b64encode(text.encode()).decode()) | {"question": "!!"}

    assert "broken-encoding" in codes(only(read_opentdb(file(written), "a.json")))


def test_signs_of_html_that_are_left_are_told() -> None:
    written = encoded(QUESTION | {"question": "A &amp;quot; B"}, entities)

    assert codes(only(read_opentdb(file(written), "a.json"))) == ["html-entity"]


def test_an_error_of_the_service_is_told() -> None:
    assert [remark.code for remark in read_opentdb(file(code=1), "a.json").remarks] == ["response-code"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"results": [\n{"a": }]}', "json-broken"),
        (b'{"results": [{"type": "x", "type": "y"}]}', "json-broken"),
        (b"[" * 100_000, "json-too-deep"),
        (b'{"results": 5}', "not-opentdb"),
        (b'{"results": [1]}', "not-opentdb"),
        (b'"x"', "not-opentdb"),
        (b'{"response_code": 0, "results": []}', "no-questions"),
        (b'{"results": [' + b"9" * 5000 + b"]}", "json-broken"),
    ],
)
def test_other_json_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_opentdb(data, "a.json")

    assert refused.value.code == code


def test_a_refusal_of_broken_json_names_the_line() -> None:
    with pytest.raises(FileRefused, match="dòng 2"):
        read_opentdb(b'{"results": [\n{"a": }]}', "a.json")
