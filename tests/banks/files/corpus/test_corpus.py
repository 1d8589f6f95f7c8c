"""Every file of the corpus read and judged: nothing silently wrong, nearly everything ordinary right."""

from __future__ import annotations

from functools import cache

import pytest

from tests.banks.files.corpus import (  # noqa: F401  each registers its files
    books_more,
    odd,
    odd_books,
    odd_marks,
    odd_shapes,
    texts,
    word_choices,
    word_keys,
    word_layouts,
    word_legacy,
    word_marks,
    word_more,
    word_parts,
    word_plain,
    word_sections,
    word_traps,
    word_xml,
    workbook_templates,
    workbooks,
)
from tests.banks.files.corpus.case import CASES
from tests.banks.files.corpus.judging import Judged, Verdict, judge

pytestmark = pytest.mark.xdist_group("corpus")
"""One worker, so that each file is read once."""
MOST_STOPPED = 0.01
"""Of the questions of ordinary files."""


@cache
def judged(at: int) -> Judged:
    return judge(CASES[at])


@pytest.mark.parametrize("at", range(len(CASES)), ids=[case.name for case in CASES])
def test_nothing_is_silently_wrong_or_lost(at: int) -> None:
    found = judged(at)
    assert found.count(Verdict.SILENTLY_WRONG) + found.count(Verdict.LOST) == 0, "\n".join(found.wrongs)


def test_nearly_all_questions_of_ordinary_files_are_read_right() -> None:
    ordinary = [judged(at) for at, case in enumerate(CASES) if case.ordinary]
    asked = sum(len(found.verdicts) for found in ordinary)
    right = sum(found.count(Verdict.RIGHT) for found in ordinary)
    worst = [f"{found.case.name}: {found.wrongs[0]}" for found in ordinary if found.wrongs]
    assert asked > 1000
    assert right >= (1 - MOST_STOPPED) * asked, f"{right} of {asked}\n" + "\n".join(worst)
