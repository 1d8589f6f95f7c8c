"""What a person has to look at in a file, in its order, as marked copies and lists tell it."""

from __future__ import annotations

from dataclasses import dataclass

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Remark, Where
from quizsvc.banks.files.exchange.losses import NO_TEXT
from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.sheets.grid import LONGEST_CELL

AUTHOR = "Kiểm tra câu hỏi"
LEVELS = {Level.ERROR: "Lỗi", Level.WARNING: "Cần xem lại"}


@dataclass(frozen=True)
class Complaint:
    """``question``: the number as printed of the question that it is about, ``None`` when it is about the file.

    ``near``: where that question stands, for a place that is in no file or in the key file.
    """

    remark: Remark
    question: int | None
    near: Where

    @property
    def is_error(self) -> bool:
        return self.remark.level is Level.ERROR

    @property
    def sentence(self) -> str:
        """What is wrong, without signs that no file can hold."""
        return NO_TEXT.sub("\ufffd", self.remark.sentence)

    @property
    def text(self) -> str:
        """``Câu 3 [no-key] Không thấy đáp án …``"""
        named = "" if self.question is None else f"Câu {self.question} "
        return f"{named}[{self.remark.code}] {self.sentence}"


def cut(text: str) -> str:
    """The text as far as a cell of a workbook holds it."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def complaints_of(found: FoundFile) -> list[Complaint]:
    """Errors and warnings: those about the file first, then question by question."""
    told = [Complaint(remark, None, Where(found.name)) for remark in found.remarks]
    told += [Complaint(remark, each.number, each.where) for each in found.questions for remark in each.remarks]
    return [complaint for complaint in told if complaint.remark.level in LEVELS]
