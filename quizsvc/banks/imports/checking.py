"""What every question must be before it is taken, whichever reader it comes from: the last look before a bank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FEWEST_CHOICES, MOST_CHOICES, FoundQuestion, Remark
from quizsvc.banks.imports.identity import Identity, Keyed, keyed, plain
from quizsvc.core.fields import CONTROL_CHARACTERS

LONGEST_TEXT = 2_000
LONGEST_CHOICE = 1_000
LONGEST_BASIS = 20_000


def checked(questions: Sequence[FoundQuestion]) -> list[FoundQuestion]:
    """The questions with a remark for whatever a bank cannot hold; each by itself, then all against each other."""
    looked_at = [_with(question, *_faults(question)) for question in questions]
    return _against_each_other(looked_at)


def keyed_question(question: FoundQuestion) -> Keyed:
    """The question as it is compared with others; letters that name no choice count for nothing."""
    places = [ord(letter) - ord("A") for letter in question.correct]
    return keyed(
        question.text, question.choices, [place for place in places if place < len(question.choices)], pictures_of(question)
    )


def pictures_of(question: FoundQuestion) -> list[str]:
    """SHA-256 of all pictures, those of the text first, then choice by choice."""
    groups = (question.pictures, *question.choice_pictures)
    return [picture.sha256 for pictures in groups for picture in pictures]


def with_remark(question: FoundQuestion, code: str, level: Level, sentence: str) -> FoundQuestion:
    """The question with one more remark, about the whole of it."""
    return _with(question, Remark(code, level, sentence, question.where))


def _with(question: FoundQuestion, *remarks: Remark) -> FoundQuestion:
    return replace(question, remarks=(*question.remarks, *remarks)) if remarks else question


def _faults(question: FoundQuestion) -> Iterator[Remark]:
    where, is_accepted, has_pictures = question.where, question.is_accepted, bool(pictures_of(question))
    for code, sentence in _unstorable(question):
        yield Remark(code, Level.ERROR, sentence, where)
    if is_accepted:  # a reader that stopped it has said why
        for code, sentence in _incomplete(question, has_pictures=has_pictures):
            yield Remark(code, Level.ERROR, sentence, where)
    if has_pictures:
        sentence = (
            "câu có hình, mà đề thi chưa hiện được hình: câu được nhận làm bản nháp nhưng chưa duyệt được; "
            "hãy viết lại bằng chữ, hoặc bỏ câu này"
        )
        yield Remark("picture-not-shown", Level.WARNING, sentence, where)


def _unstorable(question: FoundQuestion) -> Iterator[tuple[str, str]]:
    for text in (question.text, *question.choices):
        strange = CONTROL_CHARACTERS.search(text)
        if strange:
            yield "control-character", f"có ký tự điều khiển U+{ord(strange[0]):04X}: hãy gõ lại đoạn đó"
            break
    longest = max((len(choice) for choice in question.choices), default=0)
    if len(question.text) > LONGEST_TEXT or longest > LONGEST_CHOICE:
        sentence = f"dài quá {LONGEST_TEXT} ký tự (hoặc phương án quá {LONGEST_CHOICE}): có thể nhiều câu dính vào nhau"
        yield "too-long", sentence
    if len(question.explanation) + len(question.citation) > LONGEST_BASIS:
        yield "too-long", f"giải thích và căn cứ dài quá {LONGEST_BASIS} ký tự: hãy rút gọn"


def _incomplete(question: FoundQuestion, *, has_pictures: bool) -> Iterator[tuple[str, str]]:
    count = len(question.choices)
    if not re.search(r"\w", question.text):
        yield "no-text", "không có nội dung câu hỏi: hãy kiểm tra lại chỗ này"
    if not FEWEST_CHOICES <= count <= MOST_CHOICES:
        yield "choices-count", f"có {count} phương án, cần từ {FEWEST_CHOICES} đến {MOST_CHOICES}"
    if not question.correct:
        yield "no-key", "không tìm thấy đáp án: hãy ghi đáp án, hoặc gửi kèm tệp đáp án"
    if any(ord(letter) - ord("A") >= count for letter in question.correct):
        yield "key-not-a-choice", f"đáp án {', '.join(question.correct)} nhưng chỉ có {count} phương án"
    if not has_pictures:
        if any(not choice.strip() for choice in question.choices):
            yield "empty-choice", "có phương án không có chữ nào: hãy bổ sung hoặc bỏ phương án đó"
        elif len({plain(choice) or choice for choice in question.choices}) < count:
            yield "equal-choices", "có hai phương án giống hệt nhau: hãy sửa một trong hai"


def _against_each_other(questions: Sequence[FoundQuestion]) -> list[FoundQuestion]:
    """Questions of one file that ask the same: told when keyed alike, stopped when keyed otherwise."""
    same: dict[Identity, list[int]] = defaultdict(list)
    keys = [keyed_question(question) for question in questions]
    for place, key in enumerate(keys):
        if questions[place].is_accepted:
            same[key.identity].append(place)
    told = list(questions)
    for places in same.values():
        first, others = places[0], places[1:]
        differ = len({keys[place].right for place in places}) > 1
        for place in places if differ else others:
            other = questions[first if place != first else others[0]]
            if differ:
                sentence = f"cùng nội dung với câu ở {other.where} nhưng đáp án khác: hãy xác định đáp án đúng"
                told[place] = with_remark(told[place], "same-text-other-key", Level.ERROR, sentence)
            else:
                sentence = f"trùng hoàn toàn với câu ở {other.where}: chỉ nạp một lần"
                told[place] = with_remark(told[place], "repeated-in-file", Level.WARNING, sentence)
    return told
