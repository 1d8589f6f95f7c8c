"""What can only be seen over the whole file: the order of numbers, the usual count of choices, keys all of one letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FoundBy, FoundKey, FoundQuestion, Remark
from quizsvc.banks.files.layout.items import Draft, Item, Kind
from quizsvc.banks.files.layout.remarks import NAMES, listed

EXCERPT = 60
MOST_TOLD = 50


def of_numbers(drafts: Sequence[Draft]) -> list[list[Remark]]:
    """For each question what its number says beside its neighbours'. A new section may begin again at 1."""
    told: list[list[Remark]] = [[] for _ in drafts]
    before: int | None = None
    section = ""
    seen: set[int] = set()
    for at, draft in enumerate(drafts):
        number = draft.number
        if number is None:
            continue
        if draft.section != section and number == 1:
            before, seen = None, set()
        section = draft.section
        told[at] += _of_number(draft, number, before, seen)
        if told[at] and told[at][-1].code == "number-gap" and at:
            sentence = (
                f"Sau câu này thiếu số câu (câu tiếp theo là {number}): có thể câu bị thiếu đã dính vào đây. Hãy kiểm tra."
            )
            told[at - 1].append(Remark("number-gap", Level.WARNING, sentence, drafts[at - 1].where))
        seen.add(number)
        before = number
    return told


def _of_number(draft: Draft, number: int, before: int | None, seen: set[int]) -> Iterator[Remark]:
    if number in seen:
        yield Remark("number-repeated", Level.WARNING, f"Số câu {number} đã có ở trên. Hãy kiểm tra số câu.", draft.where)
    elif before is not None and number < before:
        sentence = f"Số câu giảm từ {before} xuống {number}. Hãy kiểm tra số câu."
        yield Remark("number-backwards", Level.WARNING, sentence, draft.where)
    elif before is not None and number > before + 1:
        missing = f"câu {before + 1}" + (f"–{number - 1}" if number > before + 2 else "")
        sentence = f"Thiếu {missing} trước câu này: có thể câu đó bị dính vào câu khác. Hãy kiểm tra."
        yield Remark("number-gap", Level.WARNING, sentence, draft.where)


def of_counts(drafts: Sequence[Draft]) -> list[list[Remark]]:
    """For each question whether it has fewer or more choices than nearly all others, as when a letter or a line is lost."""
    counts = Counter(len(draft.options) for draft in drafts)
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    is_regular = len(drafts) >= 5 and times >= 0.9 * len(drafts)
    return [list(_of_count(draft, usual)) if is_regular else [] for draft in drafts]


def _of_count(draft: Draft, usual: int) -> Iterator[Remark]:
    count = len(draft.options)
    if count >= 2 and count != usual:
        code = "fewer-choices" if count < usual else "more-choices"
        sentence = f"Câu có {count} phương án trong khi hầu hết các câu có {usual}. Hãy kiểm tra."
        yield Remark(code, Level.WARNING, sentence, draft.where)


def of_wandered(drafts: Sequence[Draft]) -> list[list[Remark]]:
    """For each question whether the next one begins with the letter that would be its own next: a choice went astray."""
    told: list[list[Remark]] = [[] for _ in drafts]
    for at, (draft, following) in enumerate(pairwise(drafts)):
        if (
            draft.options
            and following.options
            and "A" != following.options[0].letter == chr(ord(draft.options[-1].letter) + 1)
        ):
            sentence = f"Phương án {following.options[0].letter} của câu này có thể đã rơi sang câu sau. Hãy kiểm tra."
            told[at].append(Remark("choice-astray", Level.WARNING, sentence, draft.where))
    return told


def of_first_number(drafts: Sequence[Draft]) -> Iterator[Remark]:
    """A file that does not begin with question 1: a part of a larger bank, or its beginning was lost."""
    first = drafts[0].number if drafts else None
    if first is not None and first > 1:
        sentence = f"Câu đầu tiên mang số {first}. Hãy kiểm tra các câu 1–{first - 1} có nằm trong tệp khác không."
        yield Remark("first-number", Level.WARNING, sentence, drafts[0].where)


def of_keys(unclaimed: Sequence[FoundKey]) -> Iterator[Remark]:
    """Answers for numbers that no question has."""
    for key in unclaimed[:MOST_TOLD]:
        shown = listed(key.letters) or key.text or "trống"
        sentence = f"Đáp án «{key.number}: {shown}» không ghép được với đúng một câu số {key.number}. Hãy kiểm tra số câu."
        yield Remark("key-without-question", Level.WARNING, sentence, key.where)
    if len(unclaimed) > MOST_TOLD:
        sentence = f"Tất cả có {len(unclaimed)} đáp án không ghép được với câu hỏi; {MOST_TOLD} đáp án đầu được nêu ở trên."
        yield Remark("key-without-question", Level.WARNING, sentence, unclaimed[MOST_TOLD].where)


def of_same_letter(questions: Sequence[FoundQuestion]) -> Iterator[Remark]:
    """Keys that are all the same letter: often a mark that means something else."""
    keyed = [question for question in questions if question.correct]
    letters = {question.correct for question in keyed}
    if len(keyed) >= 10 and len(letters) == 1 and keyed[0].found_by not in (FoundBy.POSITION, None):
        way = NAMES[keyed[0].found_by] if keyed[0].found_by else ""
        sentence = (
            f"Cả {len(keyed)} câu đều có đáp án {listed(keyed[0].correct)} (theo {way}). Hãy kiểm tra cách đánh dấu đáp án."
        )
        yield Remark("same-letter", Level.WARNING, sentence, keyed[0].where)


def of_unread(items: Sequence[Item]) -> Iterator[Remark]:
    """Text that belongs to no question, and may be one."""
    left = [item for item in items if item.kind not in (Kind.JUNK, Kind.END, Kind.KEY_HEAD, Kind.SECTION)]
    for item in left[:MOST_TOLD]:
        if item.kind is Kind.TABLE and item.table is not None:
            text = " ".join(cell.text for row in item.table.rows for cell in row)
        else:
            text = item.whole
        shown = text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"
        sentence = f"Nội dung không thuộc câu hỏi nào: «{shown}». Hãy kiểm tra xem đó có phải câu hỏi bị sót không."
        yield Remark("unread-text", Level.WARNING, sentence, item.where)
    if len(left) > MOST_TOLD:
        sentence = f"Tất cả có {len(left)} chỗ không thuộc câu hỏi nào; {MOST_TOLD} chỗ đầu được nêu ở trên."
        yield Remark("unread-text", Level.WARNING, sentence, left[MOST_TOLD].where)
