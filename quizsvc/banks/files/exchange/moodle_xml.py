"""Moodle XML: multichoice and truefalse questions with categories, tags and pictures; other types are told with their line.

Source: https://docs.moodle.org/en/Moodle_XML_format.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Content, Resolve, from_base64, html_content, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice, Findings
from quizsvc.banks.files.exchange.topics import difficulty_of, topic_of
from quizsvc.banks.files.exchange.xml_text import (
    Element,
    child,
    children,
    markup,
    name_of,
    own_text,
    place,
    within,
)
from quizsvc.banks.files.found import FileRefused, FoundFile, Remark
from quizsvc.banks.files.guards import check_size, parse_xml

FRACTION = re.compile(r"-?\d{1,3}(?:\.\d{1,10})?")
# The only parts of a mark that Moodle itself takes (question/engine: question_bank::fraction_options_full).
FRACTIONS = (
    *(100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0),
    *(16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0),
)
CLOSE = 0.01
PLUGIN_FILE = "@@PLUGINFILE@@/"
KINDS = {
    "essay": "câu tự luận (essay)",
    "shortanswer": "câu trả lời ngắn (shortanswer)",
    "matching": "câu ghép cặp (matching)",
    "numerical": "câu trả lời bằng số (numerical)",
    "description": "đoạn chữ không có câu trả lời (description)",
    "cloze": "câu điền khuyết (cloze)",
}


def read_moodle_xml(data: bytes, name: str) -> FoundFile:
    """The questions of a Moodle XML file. Raises ``FileRefused``: not well-formed (with the line), unsafe, another XML."""
    check_size(data, name)
    root = parse_xml(data, Where(name))
    if name_of(root) != "quiz":
        sentence = f"Tệp «{name}» không phải Moodle XML: thẻ đầu là <{name_of(root)}>, phải là <quiz>."
        raise FileRefused("not-moodle-xml", sentence, place(root, name))
    findings, topic = Findings(name, "moodle_xml"), None
    for element in children(root):
        kind = element.get("type", "").strip().lower()
        if name_of(element) != "question":
            sentence = f"Thẻ <{name_of(element)}> không phải câu hỏi, không đọc: hãy kiểm tra lại tệp."
            findings.tell("unknown-element", Level.WARNING, sentence, place(element, name))
        elif kind == "category":
            topic = topic_of(_text_of(child(element, "category")))
        else:
            findings.add(_Question(element, name).draft(kind, topic))
    return findings.finished()


class _Question:
    """One ``question`` element."""

    def __init__(self, element: Element, file: str) -> None:
        self._element, self._file = element, file
        self._where = place(element, file)
        self._remarks: list[Remark] = []

    def draft(self, kind: str, topic: str | None) -> Draft:
        choices: tuple[DraftChoice, ...] = ()
        if kind == "multichoice":
            choices = tuple(self._choice(answer) for answer in children(self._element, "answer"))
        elif kind == "truefalse":
            choices = self._true_false()
        if self._flag("hidden", default=False):
            sentence = "Câu đã bị ẩn trong Moodle: hãy xem có còn dùng không."
            self._tell("hidden", Level.WARNING, sentence, self._where)
        is_choice = kind == "multichoice"
        is_single, is_shuffled = self._flag("single", default=True), self._flag("shuffleanswers", default=True)
        explanation = child(self._element, "generalfeedback")
        return Draft(
            text=self._content(child(self._element, "questiontext")),
            where=self._where,
            choices=choices,
            is_multiple=is_choice and not is_single,
            pinned=is_choice and not is_shuffled,
            explanation=None if explanation is None else self._content(explanation),
            topic=topic,
            difficulty=difficulty_of(_text_of(tag) for tag in within(self._element, "tag")),
            code=own_text(child(self._element, "idnumber")) or None,
            unsupported="" if is_choice or kind == "truefalse" else KINDS.get(kind, f"câu kiểu «{kind[:40]}» của Moodle"),
            remarks=tuple(self._remarks),
        )

    def _choice(self, answer: Element) -> DraftChoice:
        feedback = child(answer, "feedback")
        return DraftChoice(
            self._content(answer, default="moodle_auto_format"),
            self._share(answer),
            None if feedback is None else self._content(feedback),
        )

    def _share(self, answer: Element) -> float:
        written = answer.get("fraction", "").strip()
        share = float(written) if FRACTION.fullmatch(written) else None
        if share is None or not any(abs(abs(share) - fraction) <= CLOSE for fraction in FRACTIONS):
            sentence = f"Phương án có fraction=«{written[:40]}», không phải phần điểm mà Moodle nhận: hãy sửa lại."
            self._tell("invalid-fraction", Level.ERROR, sentence, place(answer, self._file))
        return share or 0.0

    def _true_false(self) -> tuple[DraftChoice, ...]:
        answers = {_text_of(answer).casefold(): answer for answer in children(self._element, "answer")}
        if set(answers) != {"true", "false"} or len(children(self._element, "answer")) != 2:
            sentence = "Câu đúng/sai phải có đúng hai phương án «true» và «false»: hãy sửa lại."
            self._tell("true-false-choices", Level.ERROR, sentence, self._where)
            return ()
        choices = []
        for word, key in (("Đúng", "true"), ("Sai", "false")):
            choice = self._choice(answers[key])
            choices.append(DraftChoice(plain_content(word, choice.content.where), choice.share, choice.feedback))
        return tuple(choices)

    def _content(self, element: Element | None, default: str = "html") -> Content:
        if element is None:
            return plain_content("", self._where)
        text = child(element, "text")
        where = place(element if text is None else text, self._file)
        written = "" if text is None else markup(text) if len(text) else text.text or ""
        kind = element.get("format", default).strip().lower()
        if kind == "plain_text":
            return plain_content(written, where)
        if kind == "markdown":
            sentence = "Chữ viết theo Markdown, để nguyên các dấu: hãy xem lại."
            return plain_content(written, where).with_remark("markdown", Level.WARNING, sentence)
        return html_content(written, where, _files_of(element), keep_newlines=kind != "html")

    def _flag(self, name: str, *, default: bool) -> bool:
        written = own_text(child(self._element, name)).lower()
        if written in ("", "true", "1", "false", "0"):
            return default if not written else written in ("true", "1")
        sentence = f"Thẻ <{name}> ghi «{written[:40]}», phải là true hoặc false: hãy sửa lại."
        self._tell("unknown-value", Level.ERROR, sentence, self._where)
        return default

    def _tell(self, code: str, level: Level, sentence: str, where: Where) -> None:
        self._remarks.append(Remark(code, level, sentence, where))


def _text_of(element: Element | None) -> str:
    return "" if element is None else own_text(child(element, "text"))


def _files_of(element: Element) -> Resolve:
    """Pictures that stand beside the text, by ``@@PLUGINFILE@@/path/name``; one that is no base64 has no bytes."""
    files = {}
    for file in children(element, "file"):
        path = file.get("path", "/").strip("/")
        files["/".join(part for part in (path, file.get("name", "")) if part)] = file

    def resolve(source: str) -> bytes | None:
        _, sign, rest = source.partition(PLUGIN_FILE)
        found = files.get(unquote(rest.partition("?")[0])) if sign else None
        return None if found is None else from_base64(found.text or "") or b""

    return resolve
