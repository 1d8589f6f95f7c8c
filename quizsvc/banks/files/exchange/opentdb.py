"""Open Trivia DB: JSON with one right answer and the wrong ones, in three encodings. The order of choices is not in it.

Source: https://opentdb.com/api_config.php.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, unquote_plus

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Content, from_base64, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice, Findings
from quizsvc.banks.files.exchange.html_text import unescaped
from quizsvc.banks.files.found import FileRefused, FoundFile, Remark
from quizsvc.banks.files.guards import check_size
from quizsvc.banks.files.text import decoded

RESULTS = re.compile(r'"results"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
TRUE_FALSE = {"true": "Đúng", "false": "Sai"}
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")

Decode = Callable[[str], str | None]


def read_opentdb(data: bytes, name: str) -> FoundFile:
    """The questions of a reply of Open Trivia DB, or of its list alone. Raises ``FileRefused`` if it is no such JSON."""
    check_size(data, name)
    text = decoded(data, name)
    whole = _parsed(text, name)
    results = whole.get("results") if isinstance(whole, dict) else whole
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        raise FileRefused(
            "not-opentdb", f"Tệp «{name}» không phải JSON của Open Trivia: phải có mục «results» là danh sách."
        )
    findings = Findings(name, "opentdb")
    if isinstance(whole, dict) and whole.get("response_code", 0) != 0:
        sentence = f"Open Trivia báo lỗi {str(whole['response_code'])[:20]} trong tệp: tệp có thể thiếu câu, hãy tải lại."
        findings.tell("response-code", Level.WARNING, sentence)
    decode = _encoding(results)
    for each, line in zip(results, _lines(text, len(results)), strict=True):
        findings.add(_Result(each, Where(name, line=line), decode).draft())
    if results:
        sentence = "Open Trivia không nói thứ tự các phương án: phương án đúng được xếp đầu, đề thi sẽ xáo trộn."
        findings.tell("order-unknown", Level.NOTICE, sentence)
    return findings.finished()


class _Result:
    """One object of the list."""

    def __init__(self, fields: dict[str, Any], where: Where, decode: Decode) -> None:
        self._fields, self._where, self._decode = fields, where, decode
        self._remarks: list[Remark] = []

    def draft(self) -> Draft:
        kind = self._said("type").lower()
        right, wrong = self._said("correct_answer"), self._wrong()
        text = self._content(self._said("question"))
        if kind == "boolean":
            choices = self._true_false(right, wrong)
        else:
            choices = tuple(
                DraftChoice(self._content(answer), 0.0 if position else 100.0)
                for position, answer in enumerate([right, *wrong])
            )
        difficulty = self._said("difficulty", needed=False).lower()
        return Draft(
            text=text,
            where=self._where,
            choices=choices,
            topic=self._content(self._said("category", needed=False)).text or None,
            difficulty=DIFFICULTIES.get(difficulty),
            unsupported="" if kind in ("multiple", "boolean", "") else f"câu kiểu «{kind[:40]}»",
            remarks=tuple(self._remarks),
            is_order_known=kind == "boolean",
        )

    def _true_false(self, right: str, wrong: list[str]) -> tuple[DraftChoice, ...]:
        if {right.lower(), *(each.lower() for each in wrong)} != set(TRUE_FALSE) or len(wrong) != 1:
            self._tell("true-false-choices", "Câu boolean phải có một đáp án True và một đáp án False: hãy sửa lại.")
            return ()
        return tuple(
            DraftChoice(plain_content(word, self._where), 100.0 if key == right.lower() else 0.0)
            for key, word in TRUE_FALSE.items()
        )

    def _wrong(self) -> list[str]:
        written = self._fields.get("incorrect_answers")
        if not isinstance(written, list) or not all(isinstance(each, str) for each in written):
            self._tell("missing-field", "Mục «incorrect_answers» phải là danh sách chữ: hãy sửa lại.")
            return []
        return [self._decoded(each) for each in written]

    def _said(self, field: str, *, needed: bool = True) -> str:
        written = self._fields.get(field)
        if isinstance(written, str):
            return self._decoded(written)
        if needed or written is not None:
            self._tell("missing-field", f"Mục «{field}» thiếu hoặc không phải chữ: hãy bổ sung.")
        return ""

    def _decoded(self, written: str) -> str:
        text = self._decode(written)
        if text is None:
            self._tell("broken-encoding", f"Chữ «{written[:40]}» không giải mã được: hãy tải lại tệp.")
        return text or ""

    def _content(self, text: str) -> Content:
        content = plain_content(text, self._where)
        if ENTITY.search(text):
            sentence = f"Còn ký hiệu HTML «{ENTITY.findall(text)[0]}» trong chữ, để nguyên: hãy xem lại."
            return content.with_remark("html-entity", Level.WARNING, sentence)
        return content

    def _tell(self, code: str, sentence: str) -> None:
        self._remarks.append(Remark(code, Level.ERROR, sentence, self._where))


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats)
    except RecursionError:
        raise FileRefused("json-too-deep", f"Tệp «{name}»: JSON lồng quá sâu, không đọc.") from None
    except json.JSONDecodeError as error:
        sentence = f"Tệp «{name}»: JSON sai ở dòng {error.lineno}, cột {error.colno}. Hãy tải lại tệp."
        raise FileRefused("json-broken", sentence, Where(name, line=error.lineno)) from error
    except ValueError as error:
        raise FileRefused("json-broken", f"Tệp «{name}»: JSON không đọc được ({error}).") from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("một mục có hai lần trong cùng một câu")
    return fields


def _lines(text: str, count: int) -> Iterator[int]:
    """The line where each object of the list begins. The text is known to be sound; only an earlier list may mislead."""
    found = RESULTS.search(text)
    at = found.end() if found and not text.lstrip().startswith("[") else text.index("[") + 1
    decoder, line, seen = json.JSONDecoder(), 1, 0
    for _ in range(count):
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
        line, seen = line + text.count("\n", seen, at), at
        yield line
        with suppress(ValueError):
            _, at = decoder.raw_decode(text, at)


def _encoding(results: list[dict[str, Any]]) -> Decode:
    """How the texts of this file are written; one reply has one encoding throughout."""
    kinds = {each.get("type") for each in results}
    if kinds & {"bXVsdGlwbGU=", "Ym9vbGVhbg=="}:
        return _of_base64
    written = [value for each in results for value in each.values() if isinstance(value, str)]
    if any(PERCENT.search(value) for value in written) and not any(" " in value for value in written):
        return unquote if any("%20" in value for value in written) else unquote_plus
    return unescaped


def _of_base64(written: str) -> str | None:
    data = from_base64(written)
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
