from __future__ import annotations

from dataclasses import replace

import pytest

from quizsvc.banks.citations import Citation
from quizsvc.banks.faults import Source
from quizsvc.banks.versions import content_of
from tests.banks.making import CHOICES, LAW, question, truth


def test_true_and_false_become_pinned_choices():
    yes, no = content_of(truth(answer=True)), content_of(truth(answer=False))
    assert (yes.kind, yes.choices, yes.key, yes.pinned) == ("true_false", ["Đúng", "Sai"], [0], True)
    assert no.key == [1]


def test_keys_are_positions_in_ascending_order():
    assert content_of(question(answer="c")).key == [2]
    assert content_of(question(answer=("c", "a"))).key == [0, 2]


@pytest.mark.parametrize(
    ("more", "pinned"),
    [
        ({}, False),
        ({"pinned": True}, True),
        ({"choices": (*CHOICES, ("d", "Cả A và B đều đúng"))}, True),
        ({"choices": (*CHOICES, ("d", "Tất cả các phương án trên")), "pinned": False}, True),
        ({"explanation": "Phương án C đúng vì luật nói vậy."}, True),
    ],
)
def test_pinned(more, pinned):
    assert content_of(question(**more)).pinned is pinned


def test_the_hash_is_stable():
    # If this changes, every bank gets new versions at the next loading.
    assert content_of(question()).sha256 == "18d95b6b77c0f315f5bfbd596a4b0c195a04c4386c64f7f4df099a7f4124ae3a"


@pytest.mark.parametrize(
    "change",
    [
        {"topic": "ly-hon"},
        {"difficulty": 2},
        {"text": "Câu hỏi khác hẳn?"},
        {"choices": tuple(reversed(CHOICES))},
        {"answer": "a"},
        {"answer": ("a", "c")},
        {"pinned": True},
        {"explanation": "Giải thích khác hẳn."},
        {"cites": (Citation(LAW, "8"),)},
    ],
)
def test_every_change_changes_the_hash(change):
    assert content_of(question(**change)).sha256 != content_of(question()).sha256


def test_the_place_in_the_file_does_not_count():
    moved = replace(question(), source=Source("elsewhere.yaml", {(): 99}))
    assert content_of(moved).sha256 == content_of(question()).sha256
    assert content_of(question(pinned=False)).sha256 == content_of(question()).sha256
