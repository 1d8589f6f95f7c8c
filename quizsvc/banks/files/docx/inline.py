"""What stands inside a paragraph, in reading order: text with its looks, soft breaks, pictures, boxes.

Read: runs in hyperlinks, content controls, smart tags and insertions; what fields show. Left out: deletions, the
instructions of fields, marks of footnotes. Hidden text is left out and told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from quizsvc.banks.files.documents import Picture
from quizsvc.banks.files.docx import equations, symbols
from quizsvc.banks.files.docx.context import Around, Context, OpenField, Untold
from quizsvc.banks.files.docx.names import (
    MC,
    OFFICE,
    VML,
    WP,
    A,
    Element,
    M,
    R,
    W,
    child_value,
    chosen,
    number,
    value,
)
from quizsvc.banks.files.docx.properties import Look, combine, look_of, read_properties
from quizsvc.banks.files.docx.styles import switched_on

NO_RESULT = ("EQ", "SYMBOL", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM")
"""Fields whose outcome stands nowhere in the file: Word computes it when it draws them."""
LONGEST_INSTRUCTION = 200
MOST_OPEN_FIELDS = 50
"""Word nests twenty."""
TICKED, UNTICKED = "☒", "☐"
_NOT_READ = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "del", "moveFrom", "delText", "delInstrText", "rt",
        "footnoteRef", "endnoteRef", "annotationRef", "pgNum",
    )
)  # fmt: skip
_DIAGRAMS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)

_RELATION_IDS = (R + "embed", R + "id", R + "link", OFFICE + "relid")


@dataclass
class Draft:
    """A line in the making. ``page`` is that of its first sign."""

    pieces: list[tuple[str, Look]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    page: int | None = None
    is_begun: bool = False


@dataclass
class Content:
    """What a paragraph holds. ``boxes``: text boxes, to be read after it."""

    drafts: list[Draft]
    boxes: list[Element]
    untold: Untold


class InlineReader:
    """Reads one paragraph."""

    def __init__(self, context: Context, around: Around) -> None:
        self._context, self._around = context, around
        self._drafts = [Draft()]
        self._boxes: list[Element] = []
        self._untold = Untold()
        self._look = self._look_of(None)
        self._alt = ""

    def read(self, paragraph: Element) -> Content:
        """The content of a ``w:p``, or of an equation that stands alone."""
        handler = _HANDLERS.get(str(paragraph.tag), InlineReader._walk)
        handler(self, paragraph)
        for opened in self._context.fields:
            opened.is_result = True  # an instruction ends in its paragraph; else a broken field would swallow the rest
        for draft in self._drafts:
            draft.page = draft.page if draft.is_begun else self._context.pages.current
        return Content(self._drafts, self._boxes, self._untold)

    def _walk(self, parent: Element) -> None:
        for element in parent:
            tag = str(element.tag)
            handler = _HANDLERS.get(tag)
            if handler is not None:
                handler(self, element)
            elif tag not in _NOT_READ:
                self._walk(element)

    def _look_of(self, properties: Element | None) -> Look:
        character = self._context.styles.find("character", child_value(properties, "rStyle"))
        styles = (self._around.table, self._around.style.run, character.run)
        direct = read_properties(properties, self._context.theme)
        return look_of(combine(self._context.styles.defaults, styles, direct), self._around.ground)

    def _run(self, element: Element) -> None:
        before = self._look
        self._look = self._look_of(element.find(W + "rPr"))
        self._walk(element)
        self._look = before

    def _begin(self) -> Draft:
        draft = self._drafts[-1]
        if not draft.is_begun:
            draft.is_begun, draft.page = True, self._context.pages.current
        return draft

    def _text(self, text: str) -> None:
        if not text or any(not opened.is_result for opened in self._context.fields):
            return
        if self._look.is_hidden:
            self._untold.hidden.append(text)
            return
        self._begin().pieces.append((text, self._look))

    def _written(self, element: Element) -> None:
        self._text(written_text(element))

    def _tab(self, _: Element) -> None:
        self._text("\t")

    def _hyphen(self, _: Element) -> None:
        self._text("-")

    def _soft_hyphen(self, _: Element) -> None:
        # In a TCVN3 font this very sign is the letter ư; elsewhere the repair takes it away.
        self._text("\u00ad")

    def _break(self, element: Element) -> None:
        if value(element, "type") == "page":
            self._context.pages.see(element)
        self._drafts.append(Draft())

    def _new_page(self, element: Element) -> None:
        self._context.pages.see(element)

    def _box(self, element: Element) -> None:
        self._boxes.append(element)

    def _symbol(self, element: Element) -> None:
        code = value(element, "char") or ""
        font = value(element, "font")
        sign = symbols.sign_of(int(code, 16), font) if len(code) <= 6 and _is_hex(code) else symbols.UNKNOWN
        if sign == symbols.UNKNOWN:
            told = f"ký hiệu mã {code[:6]} của phông {font} không đọc được: hãy gõ lại bằng ký tự thường."
            self._untold.remarks.setdefault("unknown-symbol", told)
        self._text(sign)

    def _field(self, element: Element) -> None:
        kind, fields = value(element, "fldCharType"), self._context.fields
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                state = "checked" if box.find(W + "checked") is not None else "default"
                self._text(TICKED if switched_on(box, state) else UNTICKED)
            if len(fields) < MOST_OPEN_FIELDS:
                fields.append(OpenField())
        elif kind == "separate" and fields:
            fields[-1].is_result = True
        elif kind == "end" and fields:
            ended = fields.pop()
            if not ended.is_result:
                self._tell_field(ended.instruction)

    def _instruction(self, element: Element) -> None:
        opened = self._context.fields[-1] if self._context.fields else OpenField()
        if len(opened.instruction) < LONGEST_INSTRUCTION:
            opened.instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        if next(element.iter(W + "t"), None) is None:
            self._tell_field(value(element, "instr") or "")
        self._walk(element)

    def _tell_field(self, instruction: str) -> None:
        words = instruction.split()
        if words and words[0].upper() in NO_RESULT:
            told = f"trường tự động «{' '.join(words)[:60]}» không đọc được: hãy gõ kết quả thành chữ thường."
            self._untold.remarks.setdefault("field-not-read", told)

    def _alternate(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._walk(branch)

    def _equation(self, element: Element) -> None:
        text = equations.linear(element)
        before = self._look
        first = next(element.iter(W + "rPr"), None)
        self._look = self._look_of(first)
        self._text(text)
        if text.strip() and not self._look.is_hidden:
            self._untold.equations.append(text)
        self._look = before

    def _drawing(self, element: Element) -> None:
        described = next(element.iter(WP + "docPr"), None)
        self._with_alt(element, "" if described is None else described.get("descr") or "")

    def _shape(self, element: Element) -> None:
        self._with_alt(element, element.get("alt") or self._alt)

    def _with_alt(self, element: Element, alt: str) -> None:
        before, self._alt = self._alt, alt
        self._walk(element)
        self._alt = before

    def _drawn_text(self, element: Element) -> None:
        self._text(element.get("string") or "")

    def _picture(self, element: Element) -> None:
        relation_id = next((found for name in _RELATION_IDS if (found := element.get(name))), "")
        if self._look.is_hidden:
            self._untold.hidden.append("[hình]")
            return
        picture = self._context.picture(relation_id, self._alt)
        if picture is None:
            told = "một hình chỉ được liên kết hoặc bị mất, không nằm trong tệp: hãy chèn lại hình vào tệp."
            self._untold.remarks.setdefault("picture-missing", told)
            return
        self._begin().pictures.append(picture)

    def _diagram(self, _: Element) -> None:
        told = "biểu đồ hoặc sơ đồ không đọc được: nếu thuộc câu hỏi, hãy chèn thành hình ảnh."
        self._untold.remarks.setdefault("drawing-not-read", told)


def written_text(element: Element) -> str:
    """The text of ``w:t``; line ends and tabs in it come from whoever laid the XML out, and are spaces at most."""
    text = element.text or ""
    if "\n" in text or "\r" in text:
        lines = [line.strip() for line in text.splitlines()]
        text = " ".join(line for line in lines if line)
    return text.replace("\t", " ")


def _is_hex(code: str) -> bool:
    return number(code.translate(str.maketrans("abcdefABCDEF", "0" * 12))) is not None


_HANDLERS: dict[str, Callable[[InlineReader, Element], None]] = {
    W + "r": InlineReader._run,
    W + "t": InlineReader._written,
    W + "tab": InlineReader._tab,
    W + "ptab": InlineReader._tab,
    W + "noBreakHyphen": InlineReader._hyphen,
    W + "softHyphen": InlineReader._soft_hyphen,
    W + "br": InlineReader._break,
    W + "cr": InlineReader._break,
    W + "lastRenderedPageBreak": InlineReader._new_page,
    W + "sym": InlineReader._symbol,
    W + "fldChar": InlineReader._field,
    W + "fldSimple": InlineReader._simple_field,
    W + "instrText": InlineReader._instruction,
    W + "txbxContent": InlineReader._box,
    W + "drawing": InlineReader._drawing,
    MC + "AlternateContent": InlineReader._alternate,
    M + "oMath": InlineReader._equation,
    A + "blip": InlineReader._picture,
    VML + "shape": InlineReader._shape,
    VML + "imagedata": InlineReader._picture,
    VML + "textpath": InlineReader._drawn_text,
    **dict.fromkeys(_DIAGRAMS, InlineReader._diagram),
}
