"""Word files made part by part from raw XML, since Word writes much that python-docx cannot."""

from __future__ import annotations

import io
import zipfile

from quizsvc.banks.files.documents import Document, Line, Table
from quizsvc.banks.files.docx import read_docx

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
EMPTY_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def make_docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    theme: str = "",
    main: str = MAIN,
    extra: dict[str, bytes] | None = None,
    relations: str = "",
) -> bytes:
    """A .docx of a body and the inner XML of its other parts. ``extra``: further parts; ``relations``: their entries."""
    parts = {
        "[Content_Types].xml": HEAD
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": HEAD
        + f'<Relationships xmlns="{EMPTY_RELATIONS}">'
        + f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": HEAD + f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": HEAD
        + f'<Relationships xmlns="{EMPTY_RELATIONS}">'
        + f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        + f'<Relationship Id="n" Type="{RELATIONS}/numbering" Target="numbering.xml"/>'
        + f'<Relationship Id="t" Type="{RELATIONS}/theme" Target="theme/theme1.xml"/>{relations}</Relationships>',
    }
    if styles:
        parts["word/styles.xml"] = HEAD + f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    if numbering:
        parts["word/numbering.xml"] = HEAD + f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    if theme:
        parts["word/theme/theme1.xml"] = HEAD + f"<a:theme {NAMESPACES}><a:themeElements>{theme}</a:themeElements></a:theme>"
    return zipped({name: text.encode() for name, text in parts.items()} | (extra or {}))


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    """A ``w:p``; an inner text without a tag becomes a run."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(inner: str, properties: str = "") -> str:
    """A ``w:tc``; a text without a tag becomes a paragraph."""
    content = inner if inner.startswith("<") else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def read(body: str, **parts: object) -> Document:
    return read_docx(make_docx(body, **parts), "de.docx")  # type: ignore[arg-type]


def lines(body: str, **parts: object) -> list[Line]:
    return list(read(body, **parts).lines)


def texts(body: str, **parts: object) -> list[str]:
    return [line.text for line in lines(body, **parts)]


def only_table(body: str, **parts: object) -> Table:
    (found,) = read(body, **parts).tables
    return found
