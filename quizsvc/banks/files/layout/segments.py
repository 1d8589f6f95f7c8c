"""The stretch of lines that belongs to one start, taken apart: question, choices, answer, basis, explanation.

A stretch may hold several questions where their numbers are missing; each row of choices «A. B. C. …» is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizsvc.banks.files.layout import doubts
from quizsvc.banks.files.layout.answers import is_answer_below
from quizsvc.banks.files.layout.doubts import next_letter
from quizsvc.banks.files.layout.headings import NEAR, question_tail
from quizsvc.banks.files.layout.items import Draft, Item, Kind, Option, Part
from quizsvc.banks.files.layout.lettering import with_letters
from quizsvc.banks.files.layout.runs import UPPER

LABEL_MOST = 30


@dataclass(frozen=True)
class Style:
    """What is true of the whole file: ``major`` row style, whether questions have numbers, and answer lines of their own."""

    major: str
    is_numbered: bool
    is_answered: bool = False


@dataclass
class Reader:
    """Reads the items of one stretch in order. ``after``: what follows an answer or a basis in law, until it is assigned."""

    style: Style
    drafts: list[Draft]
    pending: list[Item] = field(default_factory=list)
    after: list[Item] = field(default_factory=list)
    leftover: list[Item] = field(default_factory=list)
    is_after: bool = False
    is_over: bool = False
    awaits_answer: bool = False
    awaits_below_capitals: bool = False
    last_row: int | None = None
    """Where in ``after`` the last row «A.» begins."""
    paragraphs: Counter[int | None] = field(default_factory=Counter)
    """How many starts and choices each paragraph holds."""

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    def read(self, item: Item) -> None:
        self.draft.items.append(item)
        self.paragraphs[item.where.paragraph] += item.kind is Kind.OPTION or item.start is not None
        if self.awaits_answer:
            self.awaits_answer = False
            if is_answer_below(item, self.draft.options):
                self._answer(item)
                return
            self.is_over = self.awaits_below_capitals and item.kind not in (Kind.OPTION, Kind.ANSWER)
            self.is_after = True
        if item.kind is Kind.OPTION:
            self._option(item)
        elif item.kind is Kind.ANSWER or (item.kind is Kind.KEY_HEAD and len(item.whole) <= LABEL_MOST):
            self._answer(item)
        elif item.kind in (Kind.END, Kind.KEY_HEAD):
            self._end_options()
            self.is_over = True
        elif item.kind is Kind.TABLE:
            self._table(item)
        elif item.kind is Kind.JUNK:
            self._junk(item)
        else:
            self._text(item)

    def _answer(self, item: Item) -> None:
        is_label = item.kind is Kind.KEY_HEAD or (item.kind is Kind.ANSWER and not item.text.strip(" .:-–…*_"))
        if is_label:
            self.awaits_answer = bool(self.draft.options)
            self.awaits_below_capitals = item.whole.isupper() and not item.whole.endswith(":")
            if self.draft.options:
                self._end_options()
            return
        row = self._row_behind()
        if row is not None:
            self._out_of_citation(row)
        elif self.draft.answers and self.after:
            self.draft.doubts["question-in-citation"] = item
        if item.kind is not Kind.ANSWER:
            item = replace(item, kind=Kind.ANSWER, answer_at=item.letter_at or 0)
        self.draft.answers.append(item)
        self._end_options()
        self.is_after = bool(self.draft.options) or self.is_after

    def _option(self, item: Item) -> None:
        draft = self.draft
        if self._was_list(item):
            self._into_question(item)
        elif self.is_over and not self._begins_row(item):
            self.leftover.append(item)
        elif not draft.options or (not self.is_after and not self._begins_row(item)):
            self._add(item)
        elif not self.is_after:
            self._new_draft(item, self.pending, is_cited=False)
        elif self._begins_row(item) and self._is_own(item):
            self._new_draft(item, question_tail(self.after), is_cited=True)
        elif not draft.answers and item.letter == next_letter(draft) and item.is_lower == draft.options[-1].item.is_lower:
            if self.after:
                draft.doubts["option-continued"] = self.after[0]
            self._continue_with(self.after)
            self.after, self.is_after, self.last_row = [], False, None
            self._add(item)
        elif (self._is_own(item) or not self.after) and item.letter == next_letter(draft):
            draft.doubts["option-after-answer"] = item
            self._add(item)
        else:
            if item.letter == "A":
                self.last_row = len(self.after)
            self.after.append(item)

    def _was_list(self, item: Item) -> bool:
        """Whether the points a), b) so far are a list inside the question, now that A, B follow."""
        draft = self.draft
        is_upper_row = item.letter == "A" and not item.is_lower and not item.bullet
        is_lower_so_far = bool(draft.options) and all(option.item.is_lower for option in draft.options)
        return is_upper_row and is_lower_so_far and not self.is_after and (draft.start is not None or not self.pending)

    def _into_question(self, item: Item) -> None:
        draft = self.draft
        points = [replace(part, is_whole=True) for option in draft.options for part in option.parts]
        draft.head += [*points, *(Part(each, is_whole=True) for each in self.pending)]
        asks = bool(self.pending) and self.pending[-1].whole.endswith("?") and draft.start is not None
        is_sure = asks and self.style.major == UPPER
        draft.doubts = {} if is_sure else {"list-in-question": draft.options[0].item}
        draft.options, self.pending = [], []
        self._add(item)

    def _begins_row(self, item: Item) -> bool:
        options = self.draft.options
        if item.letter == "A" or not options:
            return True
        asks = any(each.whole.endswith(("?", ":")) for each in (self.after if self.is_after else self.pending)[-NEAR:])
        return item.letter <= options[-1].letter and asks

    def _is_own(self, item: Item) -> bool:
        """Whether a row behind an answer or a basis is a question rather than points of a quoted clause."""
        if not item.is_lower and not item.bullet:
            return True
        last = self.after[-1] if self.after else None
        if last is None or last.whole.rstrip(' "”').endswith("?"):
            return last is not None
        is_quoted = last.kind is not Kind.TEXT or last.whole.endswith((";", "”", '"'))
        return not self.style.is_numbered and not is_quoted

    def _row_behind(self) -> int | None:
        """Where, in what was taken for a citation, a row of choices begins that now has an answer of its own."""
        at, self.last_row = self.last_row, None
        is_row = at and sum(item.kind is Kind.OPTION for item in self.after[at:]) >= 2
        return at if self.draft.answers and is_row else None

    def _out_of_citation(self, at: int) -> None:
        row, self.after = self.after[at:], self.after[:at]
        self._new_draft(row[0], question_tail(self.after), is_cited=True)
        self.draft.doubts["unsure-split"] = row[0]
        for item in row[1:]:
            self.read(item)

    def _add(self, item: Item) -> None:
        draft = self.draft
        if draft.options:
            self._continue_with(self.pending)
            self.pending = []
        else:
            self._doubt(doubts.of_last_line(draft), draft.head[-1].item if draft.head else item)
        option = Option(item, item.letter, [Part(item)] if item.text or item.line.pictures else [])
        option.is_marked_right = item.is_signed
        draft.options.append(option)

    def _new_draft(self, item: Item, head: list[Item], is_cited: bool) -> None:
        """A row of choices without a start before it: its question is the text since the last choice or answer."""
        if not head and not is_cited and not self.draft.answers:
            self._add(item)
            return
        while head and not is_cited and head[0].whole[:1].islower() and len(head) > 1:
            self._continue_with(head[:1])
            head = head[1:]
        taken = {id(each) for each in head}
        if is_cited:
            self.after = [each for each in self.after if id(each) not in taken]
            self._settle()
        self.draft.items = [each for each in self.draft.items if id(each) not in taken and each is not item]
        new = Draft(items=[*head, item])
        new.head = [Part(each, is_whole=True) for each in head]
        if self.style.is_numbered and new.head:
            new.doubts["number-missing"] = head[0]
        if len(head) > 1 or (is_cited and self.draft.citation):
            new.doubts["unsure-split"] = head[0] if head else item
            self.draft.doubts["unsure-split"] = head[0] if head else item
        self.drafts.append(new)
        self.pending, self.after, self.is_after, self.is_over = [], [], False, False
        self._add(item)

    def _text(self, item: Item) -> None:
        if self.is_over:
            self.leftover.append(item)
        elif self.is_after:
            self.after.append(item)
        elif not self.draft.options:
            has_list = any(part.item.start is not None and part.item.start.number == 1 for part in self.draft.head[1:NEAR])
            self._doubt(doubts.of_head(self.draft, item, has_list), item)
            self.draft.head.append(Part(item, is_whole=item is not self.draft.start))
        elif item.kind in (Kind.BASIS, Kind.EXPLANATION) and not item.text[:1].islower():
            self._end_options()
            self._doubt(doubts.of_basis(self.draft.options[-1].text, item), item)
            self.is_after = True
            self.after.append(item)
        else:
            self.pending.append(item)

    def _table(self, item: Item) -> None:
        self.draft.tables.append(item)
        if self.is_over:
            self.leftover.append(item)
        elif self.is_after:
            self.draft.doubts["table-skipped"] = item
        else:
            self.draft.doubts["table-unread"] = item

    def _junk(self, item: Item) -> None:
        options = self.draft.options
        if options and not self.is_after and not options[-1].parts:
            options[-1].parts.append(Part(item, is_whole=True))
        elif any(character.isalnum() for character in item.whole) and not (self.is_over or self.is_after):
            self._doubt(doubts.of_junk(item), item)

    def _end_options(self) -> None:
        if self.draft.options and not self.is_after:
            self._continue_with(self.pending)
            self.pending = []

    def _continue_with(self, items: Sequence[Item]) -> None:
        """Lines below a choice go on with it; unless they plainly do, a person is told."""
        option = self.draft.options[-1]
        for item in items:
            is_first = not option.parts
            is_plain = is_first or doubts.goes_on(option.parts[-1].text, item.whole) or self._is_soft_break(option, item)
            if not is_plain:
                self.draft.doubts.setdefault("option-continued", item)
            if not is_first and (item.whole.endswith("?") or item.start is not None):
                self.draft.doubts["text-in-option"] = item
            option.parts.append(Part(item, is_whole=True))

    def _is_soft_break(self, option: Option, item: Item) -> bool:
        """Whether the line is broken off inside the paragraph of this choice, and of nothing else."""
        paragraph = item.where.paragraph
        return paragraph is not None and option.item.where.paragraph == paragraph and self.paragraphs[paragraph] == 1

    def _settle(self) -> None:
        """What stands behind the answer is the citation, from the first word of explanation on the explanation."""
        explains = False
        if self.after:
            self._doubt(doubts.of_points(self.draft, self.after, self.style.major, self.style.is_answered), self.after[0])
        for item in self.after:
            self._doubt(doubts.of_citation(item), item)
            explains = explains or item.kind is Kind.EXPLANATION
            (self.draft.explanation if explains else self.draft.citation).append(Part(item, is_whole=True))
        self.after, self.last_row = [], None

    def _doubt(self, code: str | None, item: Item) -> None:
        if code is not None:
            self.draft.doubts[code] = item

    def close(self) -> None:
        self._end_options()
        self._settle()


def read_stretch(items: Sequence[Item], start: Item | None, style: Style) -> Reader:
    """The drafts of one stretch, and what behind «HẾT» or the head of an answer list belongs to none."""
    first = Draft(start=start)
    reader = Reader(style, [first])
    for item in with_letters(items):
        reader.read(item)
    reader.close()
    return reader
