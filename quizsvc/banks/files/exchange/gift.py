"""GIFT: choice and true/false questions, missing words with choices; every other kind is told with its line."""

from __future__ import annotations

import re
from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Content, html_content, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice, Findings
from quizsvc.banks.files.exchange.gift_grammar import (
    FORMAT,
    Answer,
    Block,
    Piece,
    Question,
    answers_of,
    blocks_of,
    question_of,
)
from quizsvc.banks.files.exchange.topics import difficulty_of, topic_of
from quizsvc.banks.files.found import FileRefused, FoundFile, Remark
from quizsvc.banks.files.guards import check_size
from quizsvc.banks.files.repair import suspected_encoding
from quizsvc.banks.files.text import FONTS, LOOKED_AT, MOST_LINES, decoded

TRUE_FALSE = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?:#|$)", re.IGNORECASE)
GAP = "_____"
FAULTS = {
    "brace-unpaired": "Dấu ngoặc nhọn { } không đủ cặp (mỗi câu một cặp, không có dòng trống bên trong): hãy sửa lại.",
    "several-braces": "Câu có nhiều cặp ngoặc nhọn { }: hãy tách thành nhiều câu, hoặc ghi \\{ \\} nếu đó là chữ.",
}


class _Reader:
    """One file: ``topic`` is that of the last category; ``font`` the legacy font that the whole text was typed for."""

    def __init__(self, name: str, font: str | None) -> None:
        self._name, self._font = name, font
        self._topic: str | None = None

    def draft(self, block: Block) -> Draft | None:
        if block.category is not None:
            self._topic = topic_of(block.category)
        if block.body is None:
            return None
        question = question_of(block.body)
        draft = self._of_kind(question, self._where(block.body))
        explanation = self._content(question.general, question.text_format) if question.general else None
        return replace(
            draft,
            explanation=explanation,
            topic=self._topic,
            code=block.code,
            difficulty=difficulty_of(block.tags),
        )

    def _of_kind(self, question: Question, where: Where) -> Draft:
        text = self._content(question.before, question.text_format)
        if question.fault:
            remark = Remark(question.fault, Level.ERROR, FAULTS[question.fault], where)
            return Draft(text, where, remarks=(remark,))
        if question.answers is None:
            return Draft(text, where, unsupported="đoạn chữ không có câu trả lời (description)")
        shape = question.answers.shape.strip()
        if shape and not shape.startswith("#"):
            if "~" in shape:
                return self._choices(question, where)
            if TRUE_FALSE.match(shape):
                return self._true_false(question, where)
        return Draft(self._with_gap(question), where, unsupported=_other_kind(shape))

    def _choices(self, question: Question, where: Where) -> Draft:
        assert question.answers is not None
        lead, answers = answers_of(question.answers)
        is_multiple = not any(answer.mark == "=" for answer in answers)
        choices = tuple(self._choice(answer, question.text_format) for answer in answers)
        remarks = list(self._doubts(answers))
        if lead.shape.strip():
            sentence = f"Có chữ «{lead.plain.strip()[:80]}» trước phương án đầu tiên, không rõ là gì: hãy sửa lại."
            remarks.append(Remark("text-before-choices", Level.ERROR, sentence, self._where(lead)))
        text = self._with_gap(question)
        return Draft(text, where, choices, is_multiple, remarks=tuple(remarks))

    def _choice(self, answer: Answer, default: str | None) -> DraftChoice:
        share = 100.0 if answer.mark == "=" else answer.weight or 0.0
        feedback = self._content(answer.feedback, default) if answer.feedback else None
        return DraftChoice(self._content(answer.text, default), share, feedback)

    def _doubts(self, answers: list[Answer]) -> list[Remark]:
        """Marks that may be signs of a text, and weights that Moodle would not take."""
        remarks = []
        lined = any(answer.mark == "~" and answer.is_line_start for answer in answers)
        for answer in answers:
            where = self._where(answer.text)
            if answer.mark == "=" and not answer.is_line_start and (answer.is_glued or lined):
                sentence = "Dấu «=» giữa dòng được hiểu là đầu phương án đúng; nếu nó là chữ hãy ghi «\\=»: hãy xem lại."
                remarks.append(Remark("mark-in-line", Level.WARNING, sentence, where))
            if answer.mark == "=" and answer.weight is not None:
                sentence = f"Phương án ghi «=» lại có trọng số {answer.weight:g}%: hãy ghi «~%…%» hoặc bỏ trọng số."
                remarks.append(Remark("weight-after-equals", Level.ERROR, sentence, where))
            if answer.weight is not None and not -100 <= answer.weight <= 100:
                sentence = f"Trọng số {answer.weight:g}% nằm ngoài -100% đến 100%: hãy sửa lại."
                remarks.append(Remark("invalid-fraction", Level.ERROR, sentence, where))
        return remarks

    def _true_false(self, question: Question, where: Where) -> Draft:
        assert question.answers is not None
        said, rest = question.answers.split("#")
        is_true = said.plain.strip().upper().startswith("T")
        of_wrong, of_right = rest.split("#") if rest else (None, None)
        feedback = [self._content(piece, question.text_format) if piece else None for piece in (of_wrong, of_right)]
        place = self._where(question.answers)
        choices = tuple(
            DraftChoice(plain_content(word, place), 100.0 if is_right else 0.0, feedback[is_right])
            for word, is_right in (("Đúng", is_true), ("Sai", not is_true))
        )
        remarks: tuple[Remark, ...] = ()
        if question.after:
            shown = question.after.plain.strip()
            level = Level.ERROR if any(sign.isalnum() for sign in shown) else Level.WARNING
            sentence = f"Sau ngoặc nhọn của câu đúng/sai còn «{shown[:80]}», không đưa vào câu hỏi: hãy xem lại."
            remarks = (Remark("text-after-answers", level, sentence, self._where(question.after)),)
        text = self._content(question.before, question.text_format)
        return Draft(text, where, choices, remarks=remarks)

    def _with_gap(self, question: Question) -> Content:
        """The text, with a line to fill in where the braces stand in its middle."""
        before, after = question.before, question.after
        if after is None:
            return self._content(before, question.text_format)
        whole = Piece(before.plain + GAP + after.plain, before.shape + GAP + after.shape, before.lines + after.lines[1:])
        return self._content(whole, question.text_format)

    def _content(self, piece: Piece, default: str | None) -> Content:
        found = FORMAT.match(piece.shape)
        text_format = found[1].lower() if found else default
        plain, where = (piece.plain[found.end() :] if found else piece.plain), self._where(piece)
        if text_format == "plain":
            return plain_content(plain, where, self._font)
        if text_format == "markdown":
            sentence = "Chữ viết theo Markdown, để nguyên các dấu: hãy xem lại."
            return plain_content(plain, where, self._font).with_remark("markdown", Level.WARNING, sentence)
        return html_content(plain, where, keep_newlines=text_format != "html", font=self._font)

    def _where(self, piece: Piece) -> Where:
        return Where(self._name, line=piece.line)


def read_gift(data: bytes, name: str) -> FoundFile:
    """The questions of a GIFT file. Raises ``FileRefused`` only if it is no text or holds nothing."""
    check_size(data, name)
    text = decoded(data, name)
    if text.count("\n") > MOST_LINES:
        raise FileRefused("too-many-lines", f"Tệp «{name}» có hơn {MOST_LINES:_} dòng: hãy chia thành nhiều tệp.")
    kind = suspected_encoding(text[:LOOKED_AT])
    reader = _Reader(name, None if kind is None else FONTS[kind])
    findings = Findings(name, "gift")
    for block in blocks_of(text):
        draft = reader.draft(block)
        if draft is not None:
            findings.add(draft)
    return findings.finished()


def _other_kind(shape: str) -> str:
    if not shape:
        return "câu tự luận (essay)"
    if shape.startswith("#"):
        return "câu trả lời bằng số (numerical)"
    if shape.startswith("="):
        return "câu ghép cặp (matching)" if "->" in shape else "câu trả lời ngắn (short answer)"
    return f"câu có phần trả lời không đọc được «{shape[:80]}»"
