"""PDF with a sound text layer, as lines; anything else is refused, since the text found may not be the text printed.

A PDF has no bold, colours or tables that could be trusted, only signs at places; it is said so in a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from quizsvc.banks.faults import Level
from quizsvc.banks.files import guards
from quizsvc.banks.files.documents import Document, Line, Remark, Repair, Run, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.repair import looks_broken, repair_run, stray_spaces, suspected_encoding
from quizsvc.banks.files.repair.syllables import count_syllables, words

MOST_PAGES = 300
MOST_SIGNS = 3_000_000
FEWEST_SYLLABLES = 0.25
"""The share of words that can be Vietnamese; laws have 97 %, English 36 %, letters mapped to wrong ones 7 %."""
ENOUGH_WORDS = 20
MOST_STRAY_SPACES = 0.005
STRAY_SPACES_ALLOWED = 3
"""So many, or that share of the words: sound text has none."""
_WAY_OUT = "Hãy gửi tệp Word (.docx) gốc."
_HYPHEN_AT_END = re.compile("[\u0002\ufffe]")
"""What pdfium writes for a hyphen that ends a line."""


@dataclass(frozen=True)
class _Page:
    """``is_scan``: its text is only an invisible layer above a picture. ``lost``: signs that the fonts give no meaning."""

    number: int
    text: str
    pictures: int
    is_scan: bool
    lost: int


def read_pdf(data: bytes, name: str) -> Document:
    """The lines of a PDF, page by page. Raises ``FileRefused`` for one without sound text."""
    guards.check_size(data, name)
    document = _opened(data, name)
    try:
        amount = len(document)
        if amount > MOST_PAGES:
            raise FileRefused("pdf-pages", f"Tệp «{name}» có hơn {MOST_PAGES} trang: hãy chia thành nhiều tệp.")
        pages = list(_pages(document, name))
    except pypdfium2.PdfiumError as error:
        raise _broken(name) from error
    finally:
        document.close()
    _refuse_scan(pages, name)
    _refuse_unsound("\n".join(page.text for page in pages), sum(page.lost for page in pages), name)
    lines, repairs = _lines(pages, name)
    return Document(name, "pdf", lines, repairs, tuple(_remarks(pages, name)))


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise FileRefused("not-pdf", f"Tệp «{name}» không phải PDF: hãy kiểm tra lại tệp.")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise FileRefused("password", f"Tệp «{name}» có mật khẩu. {_WAY_OUT}") from error
        raise _broken(name) from error


def _broken(name: str) -> FileRefused:
    return FileRefused("pdf-broken", f"Tệp PDF «{name}» bị hỏng, không mở được. {_WAY_OUT}")


def _pages(document: pypdfium2.PdfDocument, name: str) -> Iterator[_Page]:
    signs = 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        signs += len(text)
        if signs > MOST_SIGNS:
            raise FileRefused("pdf-text", f"Tệp «{name}» có hơn {MOST_SIGNS} ký tự: hãy chia thành nhiều tệp.")
        lost = sum(pdfium.FPDFText_HasUnicodeMapError(text_page.raw, at) == 1 for at in range(text_page.count_chars()))
        objects = list(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE)))
        texts = [each for each in objects if each.type == pdfium.FPDF_PAGEOBJ_TEXT]
        invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        is_scan = bool(texts) and all(pdfium.FPDFTextObj_GetTextRenderMode(each.raw) == invisible for each in texts)
        yield _Page(number + 1, text, len(objects) - len(texts), is_scan, lost)
        text_page.close()
        page.close()


def _refuse_scan(pages: list[_Page], name: str) -> None:
    if not any(page.text.strip() for page in pages):
        raise FileRefused("pdf-no-text", f"Tệp PDF «{name}» chỉ có hình chụp, không có chữ. {_WAY_OUT}")
    scan = next((page for page in pages if page.is_scan), None)
    if scan is not None:
        where = Where(name, page=scan.number)
        told = f"{where}: trang là ảnh quét, lớp chữ do máy nhận dạng nên có thể sai. {_WAY_OUT}"
        raise FileRefused("pdf-scan", told, where)


def _refuse_unsound(text: str, lost: int, name: str) -> None:
    found = words(text)
    has_no_sense = len(found) >= ENOUGH_WORDS and count_syllables(text) < FEWEST_SYLLABLES * len(found)
    sample = " ".join(text.split())[:60]
    encoding = suspected_encoding(text)
    if encoding is not None:
        sentence = f"Chữ trong tệp PDF «{name}» theo bảng mã cũ ({encoding.upper()}): «{sample}…». {_WAY_OUT}"
        raise FileRefused("pdf-legacy-encoding", sentence)
    if looks_broken(text) or has_no_sense or lost > len(text) * 0.02:
        sentence = f"Chữ trong tệp PDF «{name}» không đọc được (phông thiếu bảng mã): «{sample}…». {_WAY_OUT}"
        raise FileRefused("pdf-garbled", sentence)
    stray = stray_spaces(text)
    if len(stray) > max(STRAY_SPACES_ALLOWED, len(found) * MOST_STRAY_SPACES):
        examples = ", ".join(f"«{each.pieces}»" for each in stray[:3])
        sentence = f"Chữ trong tệp PDF «{name}» bị chèn khoảng trắng giữa từ ở {len(stray)} chỗ, như {examples}. {_WAY_OUT}"
        raise FileRefused("pdf-stray-spaces", sentence)


def _lines(pages: list[_Page], name: str) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    lines: list[Line] = []
    repairs: list[Repair] = []
    for page in pages:
        for number, text in enumerate(_HYPHEN_AT_END.sub("-", page.text).splitlines(), start=1):
            where = Where(name, page=page.number, line=number)
            repaired, done = repair_run(text.rstrip(), None, where)
            lines.append(Line((Run(repaired),) if repaired else (), where))
            repairs += done
    return tuple(lines), tuple(repairs)


def _remarks(pages: list[_Page], name: str) -> Iterator[Remark]:
    told = f"{name}: PDF không cho biết chữ đậm, màu hay bảng; đáp án chỉ nhận được khi viết bằng chữ. {_WAY_OUT}"
    yield Remark("pdf-no-marks", Level.NOTICE, told, Where(name))
    for page in pages:
        where = Where(name, page=page.number)
        if not page.text.strip():
            told = f"{where}: trang không có chữ đọc được, không câu hỏi nào được lấy từ đó. {_WAY_OUT}"
            yield Remark("pdf-page-without-text", Level.WARNING, told, where)
        elif page.pictures:
            told = f"{where}: {page.pictures} hình không được lấy vào câu hỏi. {_WAY_OUT}"
            yield Remark("picture-missing", Level.WARNING, told, where)
