"""A good paper in which a typist then makes one mistake: whatever is read wrong must be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from tests.banks.files.corpus.case import Asked, Case
from tests.banks.files.corpus.facts import CIVIC, LONG
from tests.banks.files.corpus.judging import Verdict, judge

FILES = 8
STRAY = (
    *(
        "Trang 3",
        "Cuộc thi tìm hiểu pháp luật năm 2025",
        "www.sotuphap.gov.vn",
        "3",
        "Họ và tên:",
        "II. PHẦN HAI",
        "Ghi chú",
    ),
    *(
        "Điều 5. Phạm vi điều chỉnh",
        "1. Công dân có quyền khiếu nại.",
        "a) Theo quy định;",
        "Đáp án",
        "(Xem tiếp trang sau)",
    ),
)
CHOICE = re.compile(r"\*?([A-D])[.)] ")
NUMBER = re.compile(r"(?:Câu )?(\d+)[.:] ")
Mistake = Callable[[list[str], int, Random], None]


def _without_marker(lines: list[str], at: int, random: Random) -> None:
    found = CHOICE.match(lines[at]) or NUMBER.match(lines[at])
    lines[at] = lines[at][found.end() :] if found else lines[at]


def _without_sign(lines: list[str], at: int, random: Random) -> None:
    found = CHOICE.match(lines[at]) or NUMBER.match(lines[at])
    lines[at] = f"{lines[at][: found.end() - 2]} {lines[at][found.end() :]}" if found else lines[at]


def _joined(lines: list[str], at: int, random: Random) -> None:
    lines[at] = lines[at] + random.choice((" ", "")) + lines.pop(at + 1)


def _broken_in_two(lines: list[str], at: int, random: Random) -> None:
    words = lines[at].split(" ")
    cut = random.randrange(1, len(words) + 1)
    lines[at : at + 1] = [" ".join(words[:cut]), " ".join(words[cut:])]


def _twice(lines: list[str], at: int, random: Random) -> None:
    lines.insert(at, lines[at])


def _stray_line(lines: list[str], at: int, random: Random) -> None:
    lines.insert(at, random.choice(STRAY))


def _exchanged(lines: list[str], at: int, random: Random) -> None:
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def _small_letter(lines: list[str], at: int, random: Random) -> None:
    lines[at] = lines[at][:1].lower() + lines[at][1:] if CHOICE.match(lines[at]) else lines[at]


def _other_letter(lines: list[str], at: int, random: Random) -> None:
    lines[at] = re.sub(r"^(\*?)[A-D]", rf"\g<1>{random.choice('ABCDE')}", lines[at])


def _other_number(lines: list[str], at: int, random: Random) -> None:
    lines[at] = re.sub(r"^((?:Câu )?)\d+(?=[.:] )", rf"\g<1>{random.randrange(1, 8)}", lines[at])


MISTAKES: tuple[Mistake, ...] = (
    *(_without_marker, _without_sign, _joined, _broken_in_two, _twice, _stray_line, _exchanged, _small_letter),
    *(_other_letter, _other_number),
)


def _paper(random: Random) -> tuple[list[str], tuple[Asked, ...]]:
    facts = tuple(random.sample((*CIVIC, *LONG), 6))
    head, sign = random.choice(("Câu {}. ", "Câu {}: ", "{}. ")), random.choice(".)")
    keys = random.choice(("line", "list", "star", "law"))
    lines = ["BỘ CÂU HỎI TÌM HIỂU PHÁP LUẬT", ""]
    for number, fact in enumerate(facts, 1):
        lines.append(head.format(number) + fact.texts[0])
        star = "*" if keys == "star" else ""
        lines += [f"{star if letter == fact.correct else ''}{letter}{sign} {text}" for letter, text in fact.lettered]
        lines += [f"Đáp án: {fact.correct}"] if keys in ("line", "law") else []
        if keys == "law":
            lines += [f"Căn cứ {fact.basis}", "“1. Công dân có quyền theo luật.", "2. Nhà nước bảo đảm quyền đó.”"]
    if keys == "list":
        lines += ["ĐÁP ÁN", " ".join(f"{number}.{fact.correct}" for number, fact in enumerate(facts, 1))]
    return lines, facts


@pytest.mark.parametrize("seed", range(FILES))
@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.__name__.strip("_") for mistake in MISTAKES])
def test_a_mistake_is_never_read_wrong_in_silence(mistake: Mistake, seed: int) -> None:
    random = Random(f"{mistake.__name__} {seed}")
    lines, facts = _paper(random)
    mistake(lines, random.randrange(2, len(lines) - 1), random)
    text = "\n".join(lines)
    found = judge(Case("mistake", "de-thi.txt", text.encode, facts))
    assert found.count(Verdict.SILENTLY_WRONG) + found.count(Verdict.LOST) == 0, "\n".join([*found.wrongs, text])
