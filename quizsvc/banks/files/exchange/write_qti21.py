"""Writes a QTI 2.1 package: a manifest, a test that keeps order and topics, and one item a question.

Source: IMS QTI 2.1 Assessment Test, Section and Item Information Model; IMS Content Packaging 1.1.4.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from lxml import etree

from quizsvc.banks.files.exchange.losses import common_losses, fit, fitted, remainder
from quizsvc.banks.files.exchange.qti_package import MANIFEST
from quizsvc.banks.files.exchange.xml_text import Element
from quizsvc.banks.files.found import LETTERS
from quizsvc.banks.files.writing.written import Exported, Loss, WrittenBank, WrittenItem

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LOCATIONS = {
    QTI: f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    PACKAGING: f"{PACKAGING} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
TEST = "assessment.xml"
SPACES = re.compile(r"[ \t]{2,}|\t|[ \t]\n|\n[ \t]|\n\n")


def write_qti21(bank: WrittenBank) -> Exported:
    """The bank as a zip package."""
    items = [fitted(item) for item in bank.items]
    parts = {MANIFEST: _manifest(items), TEST: _test(bank, items)}
    parts |= {_path(item): _item(item) for item in items}
    return Exported(_zipped(parts), f"{bank.code}-qti21.zip", "application/zip", tuple(_losses(bank)))


def _item(item: WrittenItem) -> Element:
    is_multiple, feedback = item.kind == "multiple", remainder(item)
    title = item.code or f"Câu {item.number}"
    root = _root(QTI, "assessmentItem", identifier=_name(item), title=title, adaptive="false", timeDependent="false")
    if item.code:
        root.set("label", item.code)
    declared = _declare(root, "response", "RESPONSE", "multiple" if is_multiple else "single", "identifier")
    correct = _add(declared, "correctResponse")
    for position in item.correct:
        _add(correct, "value").text = LETTERS[position]
    _declare(root, "outcome", "SCORE", "single", "float")
    if feedback:
        _declare(root, "outcome", "FEEDBACK", "single", "identifier")
    _interaction(_add(root, "itemBody"), item, "0" if is_multiple else "1")
    _processing(root, feedback)
    if feedback:
        shown = _add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="EXPLANATION", showHide="show")
        _fill(_add(shown, "p"), feedback)
    return root


def _interaction(body: Element, item: WrittenItem, most: str) -> None:
    shuffle = "false" if item.pinned else "true"
    interaction = _add(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle=shuffle, maxChoices=most)
    _fill(_add(interaction, "prompt"), item.text)
    for letter, choice in zip(LETTERS, item.choices, strict=False):
        _fill(_add(interaction, "simpleChoice", identifier=letter), choice)


def _processing(root: Element, feedback: str) -> None:
    if not feedback:
        _add(root, "responseProcessing", template=MATCH_CORRECT)
        return
    processing = _add(root, "responseProcessing")
    condition = _add(_add(processing, "responseCondition"), "responseIf")
    match = _add(condition, "match")
    _add(match, "variable", identifier="RESPONSE")
    _add(match, "correct", identifier="RESPONSE")
    for parent, outcome, kind, value in (
        (condition, "SCORE", "float", "1"),
        (processing, "FEEDBACK", "identifier", "EXPLANATION"),
    ):
        _add(_add(parent, "setOutcomeValue", identifier=outcome), "baseValue", baseType=kind).text = value


def _test(bank: WrittenBank, items: Sequence[WrittenItem]) -> Element:
    root = _root(QTI, "assessmentTest", identifier="TEST", title=fit(bank.title) or bank.code)
    part = _add(root, "testPart", identifier="PART", navigationMode="nonlinear", submissionMode="simultaneous")
    for number, (topic, members) in enumerate(groupby(items, key=lambda item: item.topic), start=1):
        section = _add(part, "assessmentSection", identifier=f"SECTION-{number}", title=topic, visible="true")
        for item in members:
            _add(section, "assessmentItemRef", identifier=_name(item), href=_path(item))
    return root


def _manifest(items: Sequence[WrittenItem]) -> Element:
    root = _root(PACKAGING, "manifest", identifier="MANIFEST")
    metadata = _add(root, "metadata")
    _add(metadata, "schema").text = "QTIv2.1 Package"
    _add(metadata, "schemaversion").text = "1.0.0"
    _add(root, "organizations")
    resources = _add(root, "resources")
    test = _resource(resources, "TEST", "imsqti_test_xmlv2p1", TEST)
    for item in items:
        _add(test, "dependency", identifierref=_name(item))
        _resource(resources, _name(item), "imsqti_item_xmlv2p1", _path(item))
    return root


def _resource(resources: Element, name: str, kind: str, path: str) -> Element:
    resource = _add(resources, "resource", identifier=name, type=kind, href=path)
    _add(resource, "file", href=path)
    return resource


def _root(namespace: str, name: str, **attributes: str) -> Element:
    prefixes: Any = {None: namespace, "xsi": INSTANCE}
    root = etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes)
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATIONS[namespace])
    for key, value in attributes.items():
        root.set(key, value)
    return root


def _add(parent: Element, name: str, **attributes: str) -> Element:
    """A child in the namespace of its parent."""
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)


def _declare(root: Element, what: str, name: str, cardinality: str, base_type: str) -> Element:
    return _add(root, f"{what}Declaration", identifier=name, cardinality=cardinality, baseType=base_type)


def _fill(element: Element, text: str) -> None:
    """Text with ``br`` for line ends."""
    first, *others = text.split("\n")
    element.text = first
    for line in others:
        _add(element, "br").tail = line


def _name(item: WrittenItem) -> str:
    return f"ITEM-{item.number}"


def _path(item: WrittenItem) -> str:
    return f"items/{item.number}.xml"


def _zipped(parts: Mapping[str, Element]) -> bytes:
    """Always the same bytes for the same bank: no time of making."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    return buffer.getvalue()


def _losses(bank: WrittenBank) -> Iterator[Loss]:
    for loss in common_losses(bank, "QTI 2.1"):
        # The test of the package has a title.
        if loss.code != "bank-title":
            yield loss
    for item in bank.items:
        if item.difficulty is not None:
            yield Loss("difficulty", "QTI 2.1 không ghi được mức độ khó.", item.number)
        if any(SPACES.search(fit(text)) for text in (item.text, *item.choices, remainder(item))):
            yield Loss("spacing", "khoảng trắng liền nhau và dòng trống trong câu bị gộp lại.", item.number)
