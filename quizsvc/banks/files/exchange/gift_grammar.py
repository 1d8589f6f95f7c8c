"""The grammar of GIFT: blocks between blank lines, comments, escapes, titles, formats, braces, marks, weights, feedback.

Source: Moodle's GIFT format (https://docs.moodle.org/en/GIFT_format).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_ANSWERS = 100
"""More are not looked at: the question is refused for having too many choices anyway."""
ESCAPED = re.compile(r"\\([~=#{}:\\n])")
COMMENT = re.compile(r"\s*//")
CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)", re.IGNORECASE)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,10})?)%")
ID = re.compile(r"\[id:((?:\\.|[^\]\\])+)\]")
TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``shape`` is as long as ``plain``, with a harmless letter for every escaped sign, so that whatever
    is found in ``shape`` is grammar. ``lines``: the number of each line of the file that it runs over.
    """

    plain: str
    shape: str
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The number of the line where its first sign stands."""
        body = len(self.shape) - len(self.shape.lstrip())
        return self.lines[min(self.shape.count("\n", 0, body), len(self.lines) - 1)]

    def cut(self, start: int, end: int | None = None) -> Piece:
        end = len(self.shape) if end is None else end
        first = self.shape.count("\n", 0, start)
        last = first + self.shape.count("\n", start, end)
        return Piece(self.plain[start:end], self.shape[start:end], self.lines[first : last + 1])

    def split(self, mark: str) -> tuple[Piece, Piece | None]:
        """Before and after the first ``mark``; ``None`` if there is none."""
        at = self.shape.find(mark)
        return (self, None) if at < 0 else (self.cut(0, at), self.cut(at + len(mark)))


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines. ``category``: set from here on; ``body`` is ``None`` if nothing else is there."""

    body: Piece | None
    category: str | None
    code: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One «~…» or «=…»: ``weight`` is in percent, ``None`` if not written. ``is_line_start``: first on a
    line of its own; ``is_glued``: right after another sign."""

    mark: str
    weight: float | None
    text: Piece
    feedback: Piece | None
    is_line_start: bool
    is_glued: bool


@dataclass(frozen=True)
class Question:
    """``answers``: what stands in the braces without general feedback, ``None`` without braces. ``fault``: code of what is
    wrong with the braces.
    """

    before: Piece
    answers: Piece | None
    general: Piece | None
    after: Piece | None
    text_format: str | None
    fault: str | None


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a file in order."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield _block(lines)
            lines = []
    if lines:
        yield _block(lines)


def piece_of(lines: Sequence[tuple[int, str]]) -> Piece:
    """Escapes resolved."""
    plain, shape = [], []
    for _, line in lines:
        plain.append(ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], line))
        shape.append(ESCAPED.sub("x", line))
    return Piece("\n".join(plain), "\n".join(shape), tuple(number for number, _ in lines))


def question_of(body: Piece) -> Question:
    """The parts of a question."""
    body = _without_title(body)
    found = FORMAT.match(body.shape)
    text_format = found[1].lower() if found else None
    body = body.cut(found.end()) if found else body
    start, end = body.shape.find("{"), body.shape.find("}")
    fault = _brace_fault(body.shape, start, end)
    if fault or start < 0:
        return Question(body, None, None, None, text_format, fault)
    inside, after = body.cut(start + 1, end), body.cut(end + 1)
    answers, general = inside.split("####")
    return Question(body.cut(0, start), answers, general, after if after.shape.strip() else None, text_format, None)


def answers_of(inside: Piece) -> tuple[Piece, list[Answer]]:
    """What stands before the first mark, and the answers."""
    starts = [found.start() for found in itertools.islice(re.finditer("[~=]", inside.shape), MOST_ANSWERS)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(inside.shape)], strict=True):
        text, feedback = inside.cut(start + 1, end).split("#")
        weight = WEIGHT.match(text.shape)
        before = inside.shape[:start]
        found.append(
            Answer(
                mark=inside.shape[start],
                weight=float(weight[1]) if weight else None,
                text=text.cut(weight.end()) if weight else text,
                feedback=feedback,
                is_line_start="\n" in before and not before.rpartition("\n")[2].strip(),
                is_glued=bool(before) and not before[-1].isspace(),
            )
        )
    return inside.cut(0, starts[0] if starts else None), found


def _block(lines: Sequence[tuple[int, str]]) -> Block:
    comments = " ".join(line for _, line in lines if COMMENT.match(line))
    rest = [(number, line) for number, line in lines if not COMMENT.match(line)]
    category = None
    while rest and (found := CATEGORY.fullmatch(rest[0][1])):
        category, rest = found[1].strip(), rest[1:]
    code = ID.search(comments)
    tags = tuple(_unescaped(tag) for tag in TAG.findall(comments))
    return Block(piece_of(rest) if rest else None, category, _unescaped(code[1]) if code else None, tags)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _without_title(body: Piece) -> Piece:
    start = len(body.shape) - len(body.shape.lstrip())
    if not body.shape.startswith("::", start):
        return body
    end = body.shape.find("::", start + 2)
    return body if end < 0 else body.cut(end + 2)


def _brace_fault(shape: str, start: int, end: int) -> str | None:
    if start < 0 and end < 0:
        return None
    if start < 0 or end < 0 or end < start or "{" in shape[start + 1 : end]:
        return "brace-unpaired"
    return "several-braces" if re.search("[{}]", shape[end + 1 :]) else None
