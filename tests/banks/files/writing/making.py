"""Banks to be written, and what must come back of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from quizsvc.banks.files.found import FoundFile, FoundQuestion, letters_of
from quizsvc.banks.files.writing.written import Exported, WrittenBank, WrittenItem

NASTY = (
    *("1. Có", "A. sai", "b) đúng một phần", "=1+1", "=SUM(A1:A9)", "@lệnh", "-5 độ", "+84 912 345 678", "0912345678"),
    *("02/3/2019", "1/2", "1.10", "100%", "1.500.000 đồng", "TRUE", "12", "B", "1-A", "Cả A, B, C", "A và B đều đúng"),
    *("Tất cả các phương án trên", "- gạch đầu dòng", "Điều 5", "khoản 2 Điều 4", "Đáp án: B", "Căn cứ Điều 5", "Phần I"),
    *("Giải thích: gì", "HẾT", "http://vbpl.vn", "“Trích” «dẫn»", "(đúng)", "a) b) c)", "Không; chưa: có"),
)
"""Texts that look like something else to a reader or a spreadsheet."""

USUAL = (
    "Quốc hội",
    "Chính phủ",
    "Ủy ban nhân dân cấp tỉnh",
    "Tòa án nhân dân",
    "Viện kiểm sát",
    "Hội đồng nhân dân",
    "Mặt trận",
)


def item(number: int = 1, **more: Any) -> WrittenItem:
    fields: dict[str, Any] = {
        "number": number,
        "code": f"q-{number}",
        "kind": "single",
        "text": f"Cơ quan nào giải quyết việc số {number} theo quy định của pháp luật?",
        "choices": USUAL[:4],
        "correct": (number % 4,),
        "topic": "Tổ chức bộ máy",
        "difficulty": number % 3 + 1,
        "explanation": "Luật đã quy định rõ thẩm quyền này.",
        "citation": "khoản 2 Điều 15 Luật Tổ chức chính quyền địa phương (số 77/2015/QH13)",
    }
    return WrittenItem(**fields | more)


def bank(*items: WrittenItem) -> WrittenBank:
    """The items numbered from 1; without any, five usual ones."""
    given = items or tuple(item(number) for number in range(1, 6))
    numbered = tuple(replace(each, number=number) for number, each in enumerate(given, start=1))
    return WrittenBank("bo-may", "Ngân hàng câu hỏi tìm hiểu pháp luật", numbered)


def among_usual(odd: WrittenItem) -> WrittenBank:
    """The question as the third of five: a file of nothing but oddities has no layout to be recognised."""
    return bank(item(1), item(2), odd, item(4), item(5))


def content(found: FoundFile) -> list[tuple[object, ...]]:
    return [(each.number, each.text, each.choices, each.correct) for each in found.questions]


def written(bank: WrittenBank) -> list[tuple[object, ...]]:
    return [(each.number, each.text, each.choices, letters_of(each.correct)) for each in bank.items]


def codes(exported: Exported, number: int) -> set[str]:
    return {loss.code for loss in exported.losses if loss.number == number}


@st.composite
def odd_items(draw: st.DrawFn) -> WrittenItem:
    """A question of any kind whose texts are nasty, usual, or both."""
    kind = draw(st.sampled_from(["single", "multiple", "true_false"]))
    texts = st.one_of(st.sampled_from(NASTY), st.builds("{} {}".format, st.sampled_from(USUAL), st.sampled_from(NASTY)))
    choices: tuple[str, ...] = ("Đúng", "Sai")
    if kind != "true_false":
        choices = tuple(
            draw(st.lists(st.one_of(texts, st.sampled_from(USUAL)), min_size=2, max_size=8, unique_by=str.casefold))
        )
    most = len(choices) - 1 if kind == "multiple" else 1
    right = draw(st.sets(st.integers(0, len(choices) - 1), min_size=1, max_size=max(1, most)))
    return item(
        3,
        kind=kind,
        text=draw(st.one_of(texts, st.just("Nội dung nào sau đây đúng với quy định của pháp luật?"))),
        choices=choices,
        correct=tuple(sorted(right)),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        explanation=draw(st.sampled_from(["", "vì luật quy định như vậy", "Luật quy định.\nXem thêm điều sau."])),
        citation=draw(st.sampled_from(["", "Điều 5 Luật Hộ tịch", "Hiến pháp năm 2013"])),
        pinned=draw(st.booleans()),
    )


def lost_silently(item: WrittenItem, found: list[FoundQuestion], told: set[str]) -> list[str]:
    """What was read otherwise than it was written, and is not among the losses ``told``."""
    if len(found) != 1:
        return [] if "not-read-back" in told else ["not-read-back"]
    [question] = found
    pairs = {
        "text": (item.text, question.text),
        "choices": (item.choices, question.choices),
        "key": (letters_of(item.correct), question.correct),
        "topic": (item.topic, question.topic or ""),
        "difficulty": (item.difficulty, question.difficulty),
        "explanation": (item.explanation, question.explanation.removeprefix("Giải thích: ")),
        "citation": (item.citation, question.citation.removeprefix("Căn cứ: ")),
    }
    silent = [name for name, (before, after) in pairs.items() if before != after and name not in told]
    return silent + ([] if question.is_accepted or "stopped-on-reading" in told else ["stopped-on-reading"])
