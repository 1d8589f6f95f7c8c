"""Writes Moodle XML that Moodle and ``read_moodle_xml`` read to the same questions. Texts are ``plain_text``."""

from __future__ import annotations

from lxml import etree

from quizsvc.banks.files.exchange.losses import common_losses, fitted, remainder
from quizsvc.banks.files.exchange.topics import category_of, difficulty_tag
from quizsvc.banks.files.exchange.xml_text import Element
from quizsvc.banks.files.writing.written import Exported, WrittenBank, WrittenItem

PLAIN = "plain_text"


def write_moodle_xml(bank: WrittenBank) -> Exported:
    """The bank as one ``quiz``."""
    quiz, topic = etree.Element("quiz"), ""
    for item in map(fitted, bank.items):
        if item.topic != topic:
            topic = item.topic
            _text(etree.SubElement(quiz, "question", type="category"), "category", category_of(topic))
        _question(quiz, item)
    data = etree.tostring(quiz, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Exported(data, f"{bank.code}.xml", "application/xml", tuple(common_losses(bank, "Moodle XML")))


def _question(quiz: Element, item: WrittenItem) -> None:
    is_true_false = item.kind == "true_false"
    question = etree.SubElement(quiz, "question", type="truefalse" if is_true_false else "multichoice")
    _text(question, "name", item.code or f"Câu {item.number}")
    _text(question, "questiontext", item.text, PLAIN)
    _text(question, "generalfeedback", remainder(item), PLAIN)
    for name, value in (("defaultgrade", "1"), ("hidden", "0"), ("idnumber", item.code)):
        _plain(question, name, value)
    if not is_true_false:
        _plain(question, "single", "true" if item.kind == "single" else "false")
        _plain(question, "shuffleanswers", "false" if item.pinned else "true")
        _plain(question, "answernumbering", "ABCD")
    shown = ("true", "false") if is_true_false else item.choices
    for position, choice in enumerate(shown):
        answer = _text(question, "answer", choice, "moodle_auto_format" if is_true_false else PLAIN)
        answer.set("fraction", _fraction(item, position))
    if item.difficulty:
        _text(etree.SubElement(question, "tags"), "tag", difficulty_tag(item.difficulty))


def _fraction(item: WrittenItem, position: int) -> str:
    """In Moodle's own five digits. A wrong mark takes everything away, so that marking all earns nothing."""
    if position in item.correct:
        return f"{100 / len(item.correct):.5f}".rstrip("0").rstrip(".")
    return "-100" if item.kind == "multiple" else "0"


def _text(parent: Element, name: str, text: str, text_format: str | None = None) -> Element:
    element = etree.SubElement(parent, name)
    if text_format is not None:
        element.set("format", text_format)
    _plain(element, "text", text)
    return element


def _plain(parent: Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
