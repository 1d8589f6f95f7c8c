"""Word documents (.docx): what a person sees in them, with what Word computes: numbers, inherited looks, merged cells."""

from __future__ import annotations

from dataclasses import dataclass

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Document, Where
from quizsvc.banks.files.docx.blocks import BlockReader, Paragraph
from quizsvc.banks.files.docx.context import Around, Context, Place
from quizsvc.banks.files.docx.names import Element, W
from quizsvc.banks.files.docx.package import Package
from quizsvc.banks.files.found import FileRefused

__all__ = ["Paragraph", "Reading", "read_docx", "read_with_elements"]

_ASIDE = (
    ("tracked-changes", ("del", "moveFrom"), "chỗ xoá đang được theo dõi (Track Changes) được coi như đã xoá"),
    ("notes-not-read", ("footnoteReference", "endnoteReference"), "chú thích cuối trang hoặc cuối tài liệu không được đọc"),
    ("comments-not-read", ("commentReference",), "lời bình (Comment) không được đọc"),
)
"""What stands beside the text: code of the remark, elements that show it, what is said of it."""


@dataclass(frozen=True)
class Reading:
    """A document, its XML, and every ``w:p`` with its place: what is needed to write into a copy."""

    document: Document
    root: Element
    document_part: str
    paragraphs: tuple[Paragraph, ...]


def read_docx(data: bytes, name: str) -> Document:
    """The document in the bytes of a .docx or .dotx. ``name``: the file's, for places and sentences.

    Paragraphs are counted in reading order outside tables, text boxes after the paragraph that holds them; inside a table
    anew in each cell. Raises ``FileRefused``.
    """
    return read_with_elements(data, name).document


def read_with_elements(data: bytes, name: str) -> Reading:
    """As ``read_docx``, with the XML that the places mean."""
    try:
        return _read(data, name)
    except RecursionError as error:
        raise FileRefused(
            "docx-too-deep", f"Tệp «{name}» lồng bảng hoặc khung quá sâu: hãy chép chữ sang tệp mới."
        ) from error


def _read(data: bytes, name: str) -> Reading:
    package = Package(data, name)
    root, body = package.document()
    context = Context(package, root)
    context.check_amount(sum(1 for _ in body.iter(W + "p")))
    reader = BlockReader(context)
    blocks = tuple(reader.blocks(body, Place(Where(name)), Around()))
    for code, elements, said in _ASIDE:
        amount = sum(1 for element in elements for _ in body.iter(W + element))
        if amount:
            context.tell(code, f"{name}: {amount} {said}. Hãy xem lại nếu câu hỏi cần đến.", Where(name), Level.NOTICE)
    document = Document(name, "docx", blocks, tuple(context.repairs), tuple(context.remarks))
    return Reading(document, root, package.document_part, tuple(reader.paragraphs))
