"""Random questions in random layouts come back as they were; damaged files never give a different question silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FoundFile, Remark
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.damage import ALL, Damage
from tests.banks.files.layout.facts import FACTS, Fact
from tests.banks.files.layout.rendering import Layout, Written, drawn, write
from tests.banks.files.layout.styles import BULLETS
from tests.banks.files.layout.texts import document

SEEDS = st.integers(min_value=0, max_value=2**32)
Read = tuple[str, tuple[str, ...], tuple[str, ...]]


def made(random: Random) -> tuple[Layout, Written]:
    layout = drawn(random)
    return layout, write(random.sample(FACTS, random.randint(3, 12)), layout, random)


def as_written(facts: Iterable[Fact]) -> list[Read]:
    return [(fact.text, fact.choices, (chr(65 + fact.right),)) for fact in facts]


def as_read(file: FoundFile) -> list[Read]:
    return [
        (" ".join(each.text.split()), tuple(" ".join(c.split()) for c in each.choices), each.correct)
        for each in file.questions
    ]


def is_told(remarks: Iterable[Remark]) -> bool:
    return any(remark.level is not Level.NOTICE and remark.code != "same-letter" for remark in remarks)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(SEEDS)
def test_what_is_written_is_read(seed):
    layout, written = made(Random(seed))
    file = understand(written.document, written.key)
    assert as_read(file) == as_written(written.facts), layout
    assert all(each.is_accepted for each in file.questions), layout
    assert not is_told(file.remarks), layout
    numbers = [None if layout.numbering == "none" else at for at in range(1, len(written.facts) + 1)]
    assert [each.number for each in file.questions] == numbers


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SEEDS, st.sampled_from(ALL))
def test_damage_is_never_silent(seed: int, damage: Damage):
    random = Random(seed)
    layout, written = made(random)
    if layout.options in (*BULLETS, "2x2"):
        return  # a lost or moved bullet leaves no trace, nor does a table that changes places with a line
    blocks = damage(random, written.document.blocks)
    if blocks is None:
        return
    file = understand(replace(written.document, blocks=tuple(blocks)), written.key)
    originals = as_written(written.facts)
    for question, read in zip(file.questions, as_read(file), strict=True):
        assert read in originals or is_told(question.remarks), (layout, read)
    told = is_told(file.remarks) or any(is_told(each.remarks) for each in file.questions)
    assert told or set(originals) <= set(as_read(file)), layout


def test_time_grows_with_the_file():
    layout = Layout("bare.", "A. ", "line 0", frozenset({"clauses", "basis"}))
    facts = [replace(FACTS[at % len(FACTS)], text=f"Tình huống {at}: {FACTS[at % len(FACTS)].text}") for at in range(600)]
    file = understand(write(facts, layout, Random(1)).document)
    assert as_read(file) == as_written(facts)


@given(st.text(alphabet="ABab.):/- 12\n\tCâuĐáp án?*“”{}", max_size=200))
def test_any_text_is_understood_without_a_crash(text):
    file = understand(document(text))
    assert all(0 <= question.confidence <= 1 for question in file.questions)
