"""Writes GIFT that Moodle and ``read_gift`` read to the same questions. Texts are ``[plain]``: no sign in them is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizsvc.banks.files.exchange.losses import common_losses, fitted, remainder
from quizsvc.banks.files.exchange.topics import category_of, difficulty_tag
from quizsvc.banks.files.writing.written import Exported, Loss, WrittenBank, WrittenItem

SPECIAL = re.compile(r"[~=#{}:\\]")


def write_gift(bank: WrittenBank) -> Exported:
    """The bank as UTF-8 text."""
    blocks, topic = [], ""
    for item in map(fitted, bank.items):
        if item.topic != topic:
            topic = item.topic
            blocks.append(f"$CATEGORY: {category_of(topic)}")
        blocks.append("\n".join(_lines(item)))
    data = ("\n\n".join(blocks) + "\n").encode("utf-8")
    return Exported(data, f"{bank.code}.gift", "text/plain; charset=utf-8", tuple(_losses(bank)))


def _lines(item: WrittenItem) -> Iterator[str]:
    tags = [f"[id:{_bracketed(item.code)}]"] if item.code else []
    tags += [f"[tag:{difficulty_tag(item.difficulty)}]"] if item.difficulty else []
    if tags:
        yield f"// {' '.join(tags)}"
    yield f"::{_escaped(item.code)}::{_text(item.text)}{{"
    if item.kind == "true_false":
        yield "TRUE" if item.correct == (0,) else "FALSE"
    else:
        yield from (f"\t{_mark(item, position)}{_text(choice)}" for position, choice in enumerate(item.choices))
    if remainder(item):
        yield f"\t####{_text(remainder(item))}"
    yield "}"


def _mark(item: WrittenItem, position: int) -> str:
    """Only «=» makes Moodle offer a single choice, only weights several."""
    is_right = position in item.correct
    if item.kind == "single":
        return "=" if is_right else "~"
    return f"~%{100 / len(item.correct):.5f}%" if is_right else "~%-100%"


def _text(text: str) -> str:
    return "[plain]" + _escaped(text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _bracketed(text: str) -> str:
    return re.sub(r"[\\\]]", r"\\\g<0>", text)


def _losses(bank: WrittenBank) -> Iterator[Loss]:
    yield from common_losses(bank, "GIFT")
    for item in bank.items:
        if item.pinned:
            sentence = "GIFT không giữ được thứ tự cố định của các phương án; sau khi nhập phải tắt trộn phương án."
            yield Loss("pinned", sentence, item.number)
