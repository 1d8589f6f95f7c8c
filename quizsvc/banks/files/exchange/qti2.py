"""QTI 2.1, 2.2 and 3.0 items with one choice interaction. Names of 3.0 (``qti-simple-choice``) are read as those of 2.x."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange.content import Content, Resolve, html_content, joined, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice
from quizsvc.banks.files.exchange.xml_text import (
    Element,
    child,
    children,
    markup,
    name_of,
    own_text,
    place,
    within,
)
from quizsvc.banks.files.found import Remark

NUMBER = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})")
DEPENDS = {
    "assessmentStimulusRef": ("stimulus", "Câu dựa vào một đoạn chữ ở tệp khác, không được đọc kèm: hãy viết lại câu."),
    "templateDeclaration": ("template", "Câu có giá trị thay đổi theo lượt thi (template): hãy viết lại câu."),
}


def renamed(root: Element) -> Element:
    """The same tree with the names of QTI 2.x.

    >>> from lxml import etree
    >>> etree.tostring(renamed(etree.fromstring('<qti-simple-choice show-hide="show"/>')))
    b'<simpleChoice showHide="show"/>'
    """
    for element in root.iter():
        name = name_of(element)
        if name.startswith("qti-"):
            element.tag = _camel(name.removeprefix("qti-"))
            for key, value in list(element.attrib.items()):
                if isinstance(key, str) and "-" in key and not key.startswith(("data-", "aria-", "{")):
                    del element.attrib[key]
                    element.set(_camel(key), value)
    return root


def draft_of(root: Element, file: str, resolve: Resolve) -> Draft:
    """The question of an ``assessmentItem``."""
    return _Item(root, file, resolve).draft()


class _Item:
    def __init__(self, root: Element, file: str, resolve: Resolve) -> None:
        self._root, self._file, self._resolve = root, file, resolve
        self._where = place(root, file)
        self._remarks: list[Remark] = []

    def draft(self) -> Draft:
        body = child(self._root, "itemBody")
        interactions = [] if body is None else [each for each in body.iter() if name_of(each).endswith("Interaction")]
        kinds = [name_of(each) for each in interactions]
        for element in within(self._root, *DEPENDS):
            code, sentence = DEPENDS[name_of(element)]
            self._tell(code, sentence, element)
        explanation = joined([self._html(each) for each in within(self._root, "modalFeedback")], self._where)
        choices, is_multiple, pinned = (
            self._answers(interactions[0]) if kinds == ["choiceInteraction"] else ((), False, False)
        )
        return Draft(
            text=self._text(body, interactions),
            where=self._where,
            choices=choices,
            is_multiple=is_multiple,
            pinned=pinned,
            explanation=explanation,
            code=self._root.get("label", "").strip() or None,
            key_where=None,
            unsupported="" if kinds == ["choiceInteraction"] else _other_kind(kinds),
            remarks=tuple(self._remarks),
        )

    def _text(self, body: Element | None, interactions: list[Element]) -> Content:
        """The item body, each interaction replaced by its prompt."""
        if body is None:
            return plain_content("", self._where)
        replaced = {}
        for interaction in interactions:
            prompt = child(interaction, "prompt")
            replaced[interaction] = " " if prompt is None else f"<div>{markup(prompt)}</div>"
        for rubric in within(body, "rubricBlock"):
            if "candidate" not in rubric.get("view", "candidate").split():
                replaced[rubric] = " "
        return html_content(markup(body, replaced=replaced), place(body, self._file), self._resolve)

    def _answers(self, interaction: Element) -> tuple[tuple[DraftChoice, ...], bool, bool]:
        """The choices, whether several may be marked, and whether their order must stay."""
        written = list(within(interaction, "simpleChoice"))
        declaration = self._declaration(interaction)
        is_multiple = declaration is not None and declaration.get("cardinality") == "multiple"
        if interaction.get("maxChoices", "1" if not is_multiple else "0").strip() == "1":
            is_multiple = False
        pinned = interaction.get("shuffle", "").strip().lower() in ("false", "0")
        if not pinned and any(choice.get("fixed") in ("true", "1") for choice in written):
            pinned = True
            sentence = "Có phương án không được đổi chỗ (fixed) nên thứ tự cả câu được giữ nguyên."
            self._remarks.append(Remark("pinned", Level.NOTICE, sentence, place(interaction, self._file)))
        shares = self._shares(declaration, [choice.get("identifier", "") for choice in written], is_multiple)
        choices = tuple(self._choice(choice, share) for choice, share in zip(written, shares, strict=True))
        return choices, is_multiple, pinned

    def _declaration(self, interaction: Element) -> Element | None:
        identifier = interaction.get("responseIdentifier", "RESPONSE")
        found = [each for each in children(self._root, "responseDeclaration") if each.get("identifier") == identifier]
        if len(found) == 1 and found[0].get("cardinality", "single") in ("single", "multiple"):
            return found[0]
        sentence = f"Không có đúng một responseDeclaration (single hoặc multiple) cho «{identifier[:40]}»: hãy sửa lại."
        self._tell("response-declaration", sentence, interaction)
        return None

    def _choice(self, choice: Element, share: float) -> DraftChoice:
        inline = list(within(choice, "feedbackInline"))
        content = html_content(markup(choice, replaced=dict.fromkeys(inline, " ")), place(choice, self._file), self._resolve)
        feedback = joined([self._html(each) for each in inline], content.where) if inline else None
        return DraftChoice(content, share, feedback)

    def _shares(self, declaration: Element | None, names: list[str], is_multiple: bool) -> list[float]:
        """What each choice earns in percent, by the correct response and the mapping."""
        if declaration is None:
            return [0.0] * len(names)
        if len(set(names)) < len(names) or "" in names:
            self._tell(
                "choice-identifiers", "Mã (identifier) của các phương án thiếu hoặc trùng nhau: hãy sửa lại.", declaration
            )
            return [0.0] * len(names)
        right, points = set(self._correct(declaration, names)), self._mapped(declaration, names)
        earning = {name for name, point in points.items() if point > 0}
        best = {name for name in earning if points[name] == max(points.values())}
        if right and earning and right != (earning if is_multiple else best):
            sentence = "Đáp án (correctResponse) và bảng điểm (mapping) chỉ các phương án khác nhau: hãy sửa lại."
            self._tell("key-contradiction", sentence, declaration)
            return [0.0] * len(names)
        if not earning:
            return [(100 / len(right) if is_multiple else 100.0) if name in right else 0.0 for name in names]
        whole = sum(points[name] for name in earning) if is_multiple else max(points.values())
        return [max(points.get(name, 0.0), 0.0) / whole * 100 for name in names]

    def _correct(self, declaration: Element, names: list[str]) -> Iterator[str]:
        correct = child(declaration, "correctResponse")
        for value in children(correct, "value") if correct is not None else ():
            if self._is_choice(own_text(value), names, value):
                yield own_text(value)

    def _mapped(self, declaration: Element, names: list[str]) -> dict[str, float]:
        points = {}
        mapping = child(declaration, "mapping")
        for entry in children(mapping, "mapEntry") if mapping is not None else ():
            name, written = entry.get("mapKey", "").strip(), entry.get("mappedValue", "").strip()
            if not NUMBER.fullmatch(written):
                self._tell("invalid-fraction", f"mappedValue «{written[:40]}» không phải số: hãy sửa lại.", entry)
            elif self._is_choice(name, names, entry):
                points[name] = float(written)
        return points

    def _is_choice(self, name: str, names: list[str], element: Element) -> bool:
        if name not in names:
            sentence = f"Đáp án «{name[:40]}» không phải một phương án ({', '.join(names)[:120]}): hãy sửa lại."
            self._tell("key-not-a-choice", sentence, element)
        return name in names

    def _html(self, element: Element) -> Content:
        return html_content(markup(element), place(element, self._file), self._resolve)

    def _tell(self, code: str, sentence: str, element: Element) -> None:
        self._remarks.append(Remark(code, Level.ERROR, sentence, place(element, self._file)))


def _other_kind(kinds: list[str]) -> str:
    if not kinds:
        return "mục không có câu trả lời (không có interaction)"
    if len(kinds) > 1:
        return f"câu gồm nhiều phần trả lời ({', '.join(kinds)[:80]})"
    return f"câu kiểu «{kinds[0][:40]}» của QTI"


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)
