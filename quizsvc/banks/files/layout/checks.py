"""What is odd about a question's text, choices and number: each with a stable code, a Vietnamese sentence and a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import Remark
from quizsvc.banks.files.layout import glued
from quizsvc.banks.files.layout.items import Draft, Option
from quizsvc.banks.files.text_checks import QuestionText, remarks_of_text

DOUBTS = {
    "number-missing": (
        Level.WARNING,
        "Câu không có số thứ tự trong khi tệp đánh số câu: có thể số câu đã bị mất. Hãy kiểm tra.",
    ),
    "other-numbering": (
        Level.WARNING,
        "Số câu viết khác kiểu của các câu khác. Hãy kiểm tra câu hỏi có bắt đầu đúng dòng không.",
    ),
    "unsure-split": (
        Level.WARNING,
        "Không chắc câu hỏi bắt đầu từ dòng nào vì phía trước không có số câu. Hãy kiểm tra nội dung câu hỏi.",
    ),
    "ambiguous-start": (Level.WARNING, "Có nhiều dòng cùng số đều có thể là câu hỏi này. Hãy kiểm tra nội dung câu hỏi."),
    "option-continued": (
        Level.WARNING,
        "Có dòng không mang chữ cái nằm dưới một phương án và đã được ghép vào phương án đó. Hãy kiểm tra.",
    ),
    "text-in-option": (
        Level.ERROR,
        "Một phương án chứa dòng giống câu hỏi khác: có thể câu sau bị mất số hoặc mất phương án. Hãy sửa tệp.",
    ),
    "option-after-answer": (Level.WARNING, "Có phương án nằm sau dòng đáp án. Hãy kiểm tra."),
    "table-unread": (
        Level.ERROR,
        "Trong câu có bảng không đọc được. Hãy chuyển nội dung bảng thành dòng chữ hoặc nhập câu này bằng tay.",
    ),
    "table-skipped": (Level.WARNING, "Sau đáp án có bảng không đọc được và đã bỏ qua. Hãy kiểm tra."),
    "junk-removed": (Level.NOTICE, "Đã bỏ dòng số trang hoặc địa chỉ trang mạng nằm giữa câu."),
    "number-line-removed": (
        Level.WARNING,
        "Đã bỏ dòng chỉ có số (có thể là số trang, cũng có thể là phương án mất chữ cái). Hãy kiểm tra.",
    ),
    "question-continued": (
        Level.WARNING,
        "Câu hỏi gồm nhiều dòng; dòng sau có thể là chữ lạ lọt vào. Hãy kiểm tra nội dung câu hỏi.",
    ),
    "digit-options": (Level.WARNING, "Phương án đánh số 1, 2, 3… thay cho chữ cái; đã hiểu là A, B, C… Hãy kiểm tra."),
    "letters-sorted": (Level.WARNING, "Phương án xếp thành cột nên đã được sắp lại theo chữ cái. Hãy kiểm tra."),
    "glued-line": (Level.WARNING, "Hai câu viết liền trên một dòng đã được tách ra. Hãy kiểm tra."),
    "repeated-line": (Level.NOTICE, "Đã bỏ dòng lặp lại nhiều lần trong tệp (đầu trang hoặc chân trang)."),
    "mixed-bullets": (Level.WARNING, "Các phương án dùng dấu đầu dòng khác nhau; dấu khác có thể chỉ đáp án. Hãy kiểm tra."),
    "list-in-question": (
        Level.WARNING,
        "Danh sách a), b)… trước các phương án A, B… đã được coi là phần của câu hỏi. Hãy kiểm tra.",
    ),
    "points-in-citation": (
        Level.WARNING,
        "Các điểm a), b)… sau đáp án đã được coi là trích dẫn luật. Hãy kiểm tra xem đó có phải câu hỏi bị mất số không.",
    ),
    "question-in-citation": (
        Level.WARNING,
        "Phần sau đáp án có dòng giống câu hỏi, phương án hoặc đáp án khác: có thể một câu bị mất số. Hãy kiểm tra.",
    ),
    "basis-or-choice": (
        Level.WARNING,
        "Dòng «Điều», «khoản», «điểm» ngay dưới phương án cuối đã được coi là căn cứ, không phải phương án. Hãy kiểm tra.",
    ),
    "struck-text": (Level.WARNING, "Có chữ bị gạch ngang. Hãy kiểm tra xem phần đó có còn dùng không."),
    "truth-added": (Level.NOTICE, "Câu không ghi phương án; đã hiểu là câu Đúng/Sai vì đáp án là Đúng hoặc Sai."),
}
"""What ``segments.py`` and the others noted while they took the file apart."""


@dataclass(frozen=True)
class Text(QuestionText):
    """A question's texts with the choices as they stood in the file."""

    options: tuple[Option, ...] = ()


def remarks_of(draft: Draft, text: Text) -> list[Remark]:
    """Everything odd about one question by itself; numbers and the usual count of choices are the file's matter."""
    told = [Remark(code, *DOUBTS[code], item.where) for code, item in draft.doubts.items()]
    told += [*_of_letters(text), *remarks_of_text(text)]
    parts = [(text.question, text.where), *zip(text.choices, text.places, strict=True)]
    told += glued.remarks_of(
        parts,
        [option.letter for option in text.options],
        [option.item.bullet for option in text.options],
        are_capital=not any(option.item.is_lower or option.item.bullet for option in text.options),
    )
    return _once(told)


def _once(told: Sequence[Remark]) -> list[Remark]:
    return list({(remark.code, remark.sentence): remark for remark in told}.values())


def _of_letters(text: Text) -> Iterator[Remark]:
    letters = [option.letter for option in text.options]
    expected = [chr(ord("A") + at) for at in range(len(letters))]
    if letters == expected:
        return
    where = next(
        (option.item.where for option, letter in zip(text.options, expected, strict=True) if option.letter != letter),
        text.where,
    )
    shown = ", ".join(letters)
    if len(set(letters)) < len(letters):
        sentence = f"Chữ cái phương án bị lặp ({shown}): có thể hai câu dính vào nhau. Hãy tách hoặc sửa chữ cái."
        yield Remark("letters-repeated", Level.ERROR, sentence, where)
    elif letters == sorted(letters):
        sentence = f"Chữ cái phương án bị thiếu ({shown}): có thể một phương án mất chữ cái. Hãy sửa."
        yield Remark("letters-gap", Level.ERROR, sentence, where)
    else:
        yield Remark("letters-order", Level.ERROR, f"Chữ cái phương án không theo thứ tự ({shown}). Hãy sắp lại.", where)
