"""Lines from what stood in a paragraph: pieces that look the same joined, text repaired, letters whole across borders."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from quizsvc.banks.files.documents import Line, Repair, RepairKind, Run, Where
from quizsvc.banks.files.docx import symbols
from quizsvc.banks.files.docx.inline import Draft
from quizsvc.banks.files.docx.properties import Look
from quizsvc.banks.files.repair import repair_run

Same = TypeVar("Same")

_VNI_SIGNS = re.compile("[ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]+")
"""In a VNI font these are the accents of the letter before them, which may stand in another run."""


def make_line(draft: Draft, where: Where, *, is_heading: bool = False) -> tuple[Line, list[Repair]]:
    """The line at a place, and what was repaired in it."""
    runs: list[Run] = []
    repairs: list[Repair] = []
    for text, look in _joined(_with_vni_accents(draft.pieces)):
        repaired, done = repair_run(symbols.plain_signs(text, look.font), look.font, where)
        runs.append(Run(repaired, look.marks))
        repairs += done
    whole = _whole_letters(runs)
    before, after = "".join(run.text for run in runs), "".join(run.text for run in whole)
    if before != after or len(whole) != len(runs):
        repairs.append(Repair(RepairKind.NFC, where, before, after))
    joined = tuple(Run(text, marks) for text, marks in _joined((run.text, run.marks) for run in whole))
    return Line(joined, where, pictures=tuple(draft.pictures), is_heading=is_heading), repairs


def _joined(pieces: Iterable[tuple[str, Same]]) -> Iterator[tuple[str, Same]]:
    """Neighbours that look the same as one."""
    for look, group in itertools.groupby(pieces, key=lambda piece: piece[1]):
        text = "".join(text for text, _ in group)
        if text:
            yield text, look


def _with_vni_accents(pieces: Iterable[tuple[str, Look]]) -> Iterator[tuple[str, Look]]:
    """The accents of VNI that begin a piece get the look of the letter before them."""
    before: Look | None = None
    for text, look in pieces:
        accents = _VNI_SIGNS.match(text) if before is not None and (look.font or "").upper().startswith("VNI") else None
        if before is not None and accents is not None and before.font == look.font:
            yield accents[0], before
            text = text[accents.end() :]
        if text:
            before = look
            yield text, look


def _whole_letters(runs: list[Run]) -> list[Run]:
    """Runs of which none begins with a combining accent: it goes to the letter before it."""
    made: list[tuple[list[str], Run]] = []
    for run in runs:
        accents = next((at for at, sign in enumerate(run.text) if not unicodedata.combining(sign)), len(run.text))
        if made and accents:
            made[-1][0].append(run.text[:accents])
            run = replace(run, text=run.text[accents:])
        if run.text:
            made.append(([run.text], run))
    return [run if len(parts) == 1 else replace(run, text=_composed(parts)) for parts, run in made]


def _composed(parts: list[str]) -> str:
    return unicodedata.normalize("NFC", "".join(parts))
