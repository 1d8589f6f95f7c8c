"""The look of exported Word files: official paper of Vietnam — A4, Times New Roman 14, black headings, page numbers."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")
TITLE, HEADING, END = "Title", "Heading 1", "End"
QUESTION, CHOICE, ANSWER = "Question", "Choice", "Answer"
A4 = (Cm(21.0), Cm(29.7))
MARGINS = {"top_margin": Cm(2), "bottom_margin": Cm(2), "left_margin": Cm(3), "right_margin": Cm(1.5)}
"""Decree 30/2020/NĐ-CP, annex I: 20–25 mm above and below, 30–35 mm on the left, 15–20 mm on the right."""


def new_document(title: str, *, is_wide: bool = False) -> Any:
    """An empty document with its styles, a footer «Trang 1/9» and its title. ``is_wide``: landscape."""
    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = reversed(A4) if is_wide else A4
    if is_wide:
        section.orientation = WD_ORIENTATION.LANDSCAPE
    for name, size in MARGINS.items():
        setattr(section, name, MARGINS["right_margin"] if is_wide and name == "left_margin" else size)
    _style(document, "Normal", size=12 if is_wide else 14)
    _style(document, TITLE, size=16, bold=True, centred=True, after=12)
    _style(document, HEADING, size=14, bold=True, before=12, after=6, keeps=True)
    _style(document, QUESTION, before=8, after=2, keeps=True)
    _style(document, CHOICE, indent=0.75)
    _style(document, ANSWER, indent=0.75, after=2)
    _style(document, END, centred=True, before=12, after=12)
    _page_numbers(section.footer.paragraphs[0])
    return document


def _style(
    document: Any,
    name: str,
    *,
    size: int | None = None,
    bold: bool = False,
    centred: bool = False,
    before: int = 0,
    after: int = 0,
    indent: float = 0,
    keeps: bool = False,
) -> None:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in ("Normal", TITLE, HEADING):
        style.base_style, style.quick_style = styles["Normal"], True
    if size is not None:
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(0, 0, 0)
        _use_font(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), keeps
    layout.line_spacing, layout.left_indent, layout.widow_control = 1.1, Cm(indent), True
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _use_font(properties: Any) -> None:
    fonts = properties.get_or_add_rFonts()
    for slot in FONT_SLOTS:
        fonts.set(qn(slot), FONT)
    for slot in THEME_SLOTS:
        fonts.attrib.pop(qn(slot), None)


def _page_numbers(paragraph: Any) -> None:
    """«Trang 3/12», computed by Word."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("Trang ")
    _field(paragraph, "PAGE")
    paragraph.add_run("/")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    run.text = "1"
    element.append(run)
    paragraph._p.append(element)
