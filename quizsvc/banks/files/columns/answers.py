"""What an answer written in a cell means: letters, or the text of a choice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizsvc.banks.files.found import LETTERS

_LEAD = re.compile(
    r"(?:(?:phương án|đáp án|lựa chọn|câu trả lời|câu|ý|chọn|trả lời|option|answer|choice|key)\b\s*)+"
    r"(?:(?:đúng|trả lời|chính xác)\b\s*)?(?:là\b\s*)?[:.\-–]?\s*",
    re.IGNORECASE,
)
_BETWEEN = r"(?:\s*[,;&+]\s*|\s+(?:và|and)\s+|\s+)"
_APART = re.compile(rf"[a-h](?:{_BETWEEN}[a-h])*", re.IGNORECASE)
_TOGETHER = re.compile(r"[A-H]{2,8}|[a-h]{2,8}")
_WITH_TEXT = re.compile(r"([a-h])\s*[.):\-–/]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_ENDS = " \t\n.;:,"


@dataclass(frozen=True)
class Answer:
    """``letters``: ascending, each once; empty when none are named. ``text``: what stands beside or instead of them."""

    letters: tuple[str, ...]
    text: str = ""


def answer_of(written: str) -> Answer:
    """An answer as people write it. What can be read in two ways («A/C», «A hoặc B», «A. C») stays text.

    >>> answer_of("Đáp án: a, C")
    Answer(letters=('A', 'C'), text='')
    >>> answer_of("B. Khách quan")
    Answer(letters=('B',), text='Khách quan')
    >>> answer_of("A hoặc B")
    Answer(letters=(), text='A hoặc B')
    """
    whole = written.strip()
    bare = _LEAD.sub("", whole, count=1) if _LEAD.match(whole) else whole
    bare = _without_brackets(bare)
    letters = _letters(bare)
    if letters:
        return Answer(letters)
    with_text = _WITH_TEXT.fullmatch(bare)
    if with_text is not None and not _letters(with_text[2].strip(_ENDS)):
        return Answer((with_text[1].upper(),), with_text[2].strip())
    return Answer((), whole)


def _without_brackets(text: str) -> str:
    """``[A]``, ``(A)``, ``A)``, ``A.`` and ``"A"`` as ``A``; other text without its outer spaces."""
    inner = text.strip().strip("\"'“”").strip()
    for opening, closing in ("()", "[]", "{}"):
        if inner.startswith(opening) and inner.endswith(closing):
            inner = inner[1:-1].strip()
    shorter = inner.rstrip(_ENDS + ")")
    return shorter if len(shorter) <= 2 * len(LETTERS) else inner


def _letters(text: str) -> tuple[str, ...]:
    if _APART.fullmatch(text):
        named = re.findall(r"\b[a-h]\b", text, re.IGNORECASE)
        return tuple(sorted({letter.upper() for letter in named}))
    if _TOGETHER.fullmatch(text):
        named = list(text.upper())
        # «CA» or «be» may be a word; letters of answers come in order, or at least in capitals and once each.
        if named == sorted(set(named)) or (text.isupper() and len(set(named)) == len(named)):
            return tuple(sorted(named))
    return ()
