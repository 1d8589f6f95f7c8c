"""What is known and counted while a document is read: its parts, pages, open fields, and what there is to tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Picture, Remark, Repair, Where
from quizsvc.banks.files.docx.names import Element, W, value
from quizsvc.banks.files.docx.numbering import Numbering
from quizsvc.banks.files.docx.package import Package
from quizsvc.banks.files.docx.properties import Properties
from quizsvc.banks.files.docx.styles import NO_STYLE, Style, Styles
from quizsvc.banks.files.docx.theme import read_theme
from quizsvc.banks.files.found import FileRefused

LONGEST_QUOTE = 80
MOST_LINES = 100_000
LAID_OUT, TYPED = W + "lastRenderedPageBreak", W + "br"


@dataclass
class Place:
    """Where paragraphs are counted: the body of the document, or one cell."""

    where: Where
    paragraphs: int = 0

    def next_paragraph(self) -> Where:
        """The place of the next paragraph, counted from 1; the empty and the dropped ones count too."""
        self.paragraphs += 1
        return replace(self.where, paragraph=self.paragraphs)


@dataclass(frozen=True)
class Around:
    """What a paragraph has from where it stands: the formatting of its table's style, and the shading of its cell."""

    table: Properties = field(default_factory=dict)
    ground: str | None = None
    style: Style = NO_STYLE


@dataclass
class OpenField:
    """A field between its begin and its end; what it shows begins after ``separate``."""

    instruction: str = ""
    is_result: bool = False


@dataclass
class Pages:
    """Counts pages by where Word last broke them; without that, by typed page breaks; without both there is no number."""

    counts: str | None
    current: int | None

    def see(self, element: Element) -> None:
        """Every break is shown to this."""
        if element.tag == self.counts and self.current is not None:
            self.current += 1


class Context:
    """One reading of one document."""

    def __init__(self, package: Package, root: Element) -> None:
        self.package = package
        self.name = package.name
        theme = read_theme(package.related_root("theme"))
        self.theme = theme
        self.styles = Styles(package.related_root("styles"), theme)
        self.numbering = Numbering(package.related_root("numbering"), self.styles, theme)
        self.remarks: list[Remark] = []
        self.repairs: list[Repair] = []
        self.fields: list[OpenField] = []
        self.tables = 0
        self.cells = 0
        self._lines = 0
        self.pages = _pages(root)
        self._pictures: dict[str, tuple[str, str] | None] = {}

    def tell(self, code: str, sentence: str, where: Where, level: Level = Level.WARNING) -> None:
        """Record something that a person should know; the sentence begins with the place."""
        self.remarks.append(Remark(code, level, sentence, where))

    def count_lines(self, more: int) -> None:
        """Counts lines as they are found; raises ``FileRefused`` over the limit."""
        self._lines += more
        self.check_amount(self._lines)

    def check_amount(self, lines: int) -> None:
        """Raises ``FileRefused`` for more lines than are read."""
        if lines > MOST_LINES:
            sentence = f"Tệp «{self.name}» có hơn {MOST_LINES} dòng: hãy chia thành nhiều tệp."
            raise FileRefused("docx-lines", sentence)

    def picture(self, relation_id: str, alt: str) -> Picture | None:
        """The picture behind a relationship; ``None`` if its bytes are not in the file."""
        if relation_id not in self._pictures:
            found = self.package.related_bytes(relation_id)
            self._pictures[relation_id] = None if found is None else (hashlib.sha256(found[0]).hexdigest(), found[1].lower())
        known = self._pictures[relation_id]
        return None if known is None else Picture(*known, alt.strip())


@dataclass
class Untold:
    """What a paragraph has that is told with its place once the place is known."""

    hidden: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)


def quoted(text: str) -> str:
    """A text in quotation marks, shortened.

    >>> quoted("Điều 1")
    '«Điều 1»'
    """
    text = " ".join(text.split())
    return f"«{text[:LONGEST_QUOTE]}…»" if len(text) > LONGEST_QUOTE else f"«{text}»"


def _pages(root: Element) -> Pages:
    if next(root.iter(LAID_OUT), None) is not None:
        return Pages(LAID_OUT, 1)
    is_typed = any(value(each, "type") == "page" for each in root.iter(TYPED))
    return Pages(TYPED, 1) if is_typed else Pages(None, None)
