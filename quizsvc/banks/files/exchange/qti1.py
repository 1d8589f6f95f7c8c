"""QTI 1.2 items with one list of choices (``response_lid``), as Canvas, Blackboard and others write them."""

from __future__ import annotations

from collections.abc import Iterator

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Content, Resolve, from_base64, html_content, joined, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice
from quizsvc.banks.files.exchange.html_text import LOOKS_LIKE_TAG
from quizsvc.banks.files.exchange.qti1_scoring import UnknownScoring, shares_of
from quizsvc.banks.files.exchange.xml_text import (
    Element,
    child,
    children,
    first_within,
    markup,
    name_of,
    place,
    within,
)
from quizsvc.banks.files.found import Remark

RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy", "response_na")
ASIDE = ("mataudio", "matvideo", "matapplet", "matapplication", "matref", "mat_extension")


def items_of(root: Element, file: str, resolve: Resolve) -> Iterator[Draft]:
    """The questions of a ``questestinterop`` in order."""
    return (_Item(item, file, resolve).draft() for item in within(root, "item"))


class _Item:
    def __init__(self, item: Element, file: str, resolve: Resolve) -> None:
        self._item, self._file, self._resolve = item, file, resolve
        self._where = place(item, file)
        self._remarks: list[Remark] = []

    def draft(self) -> Draft:
        presentation = child(self._item, "presentation")
        responses = [] if presentation is None else list(within(presentation, *RESPONSES))
        choice = self._choice_response(responses)
        section = next((each for each in self._item.iterancestors() if name_of(each) == "section"), None)
        choices, is_multiple, pinned = self._answers(choice) if choice is not None else ((), False, False)
        feedback = [self._material(each) for each in children(self._item, "itemfeedback")]
        return Draft(
            text=self._text(presentation),
            where=self._where,
            choices=choices,
            is_multiple=is_multiple,
            pinned=pinned,
            explanation=joined(feedback, self._where) if feedback else None,
            topic=(section.get("title", "").strip() or None) if section is not None else None,
            unsupported="" if choice is not None else _other_kind(responses),
            remarks=tuple(self._remarks),
        )

    def _choice_response(self, responses: list[Element]) -> Element | None:
        if len(responses) != 1 or name_of(responses[0]) != "response_lid":
            return None
        is_known = responses[0].get("rcardinality", "Single").lower() in ("single", "multiple")
        return responses[0] if is_known and first_within(responses[0], "render_choice") is not None else None

    def _text(self, presentation: Element | None) -> Content:
        """All material that belongs to no choice."""
        if presentation is None:
            return plain_content("", self._where)
        materials = [
            each
            for each in within(presentation, "material")
            if not any(name_of(above) == "response_label" for above in each.iterancestors())
        ]
        where = place(materials[0], self._file) if materials else place(presentation, self._file)
        return joined([self._material(each) for each in materials], where)

    def _answers(self, response: Element) -> tuple[tuple[DraftChoice, ...], bool, bool]:
        """The choices, whether several may be marked, and whether their order must stay."""
        is_multiple = response.get("rcardinality", "Single").lower() == "multiple"
        render = first_within(response, "render_choice")
        labels = list(within(response, "response_label"))
        pinned = render is not None and render.get("shuffle", "").lower() == "no"
        pinned = pinned or any(label.get("rshuffle", "").lower() == "no" for label in labels)
        shares = self._shares(response, [label.get("ident", "") for label in labels], is_multiple)
        choices = tuple(DraftChoice(self._material(label), share) for label, share in zip(labels, shares, strict=True))
        return choices, is_multiple, pinned

    def _shares(self, response: Element, names: list[str], is_multiple: bool) -> list[float]:
        if len(set(names)) < len(names) or "" in names:
            sentence = "Mã (ident) của các phương án thiếu hoặc trùng nhau: hãy sửa lại."
            self._tell("choice-identifiers", Level.ERROR, sentence, place(response, self._file))
            return [0.0] * len(names)
        try:
            return shares_of(self._item, response.get("ident", ""), names, is_multiple)
        except UnknownScoring as unknown:
            self._tell("scoring-unknown", Level.ERROR, unknown.sentence, place(unknown.element, self._file))
            return [0.0] * len(names)

    def _material(self, element: Element) -> Content:
        """What the ``mattext`` and ``matimage`` below an element say, one below the other."""
        where = place(element, self._file)
        contents = []
        for each in within(element, "mattext", "matemtext", "matimage", *ASIDE):
            kind = name_of(each)
            if kind == "matimage":
                contents.append(self._image(each))
            elif kind in ASIDE:
                sentence = f"Có phần <{kind}> không phải chữ, không nhập được: hãy xem lại."
                contents.append(Content("", where).with_remark("attachment", Level.WARNING, sentence))
            else:
                contents.append(self._words(each))
        return joined(contents, where)

    def _words(self, element: Element) -> Content:
        where = place(element, self._file)
        if len(element) or "html" in element.get("texttype", "").lower():
            written = markup(element) if len(element) else element.text or ""
            return html_content(written, where, self._resolve)
        content = plain_content(element.text or "", where)
        if LOOKS_LIKE_TAG.search(content.text):
            sentence = "Chữ khai là text/plain nhưng có thẻ HTML, được để nguyên: hãy xem lại."
            return content.with_remark("html-unknown-tag", Level.WARNING, sentence)
        return content

    def _image(self, element: Element) -> Content:
        def embedded(source: str) -> bytes | None:
            if element.get("embedded", "").lower() == "base64" or (element.text or "").strip():
                return from_base64(element.text or "") or b""
            return self._resolve(source)

        source = element.get("uri", "") or "matimage"
        safe = source.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return html_content(f'<img src="{safe}"/>', place(element, self._file), embedded)

    def _tell(self, code: str, level: Level, sentence: str, where: Where) -> None:
        self._remarks.append(Remark(code, level, sentence, where))


def _other_kind(responses: list[Element]) -> str:
    if not responses:
        return "mục không có câu trả lời (không có response)"
    if len(responses) > 1:
        return "câu gồm nhiều phần trả lời hoặc ghép cặp (nhiều response)"
    return f"câu kiểu «{name_of(responses[0])}» của QTI 1.2"
