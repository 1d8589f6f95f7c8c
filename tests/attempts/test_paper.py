from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.paper import (
    ForeignId,
    Item,
    choice_id,
    merge,
    no_answers,
    question_id,
    read_answers,
    read_paper,
    shown_answers,
    write_answers,
    write_paper,
)

SEED = 4_242
PAPER = (Item(2031, (2, 0, 1, 3)), Item(45, (0, 1)), Item(7, (1, 0, 2)))
SINGLE = (True, True, False)

seeds = st.integers(0, 2**62 - 1)
items = st.builds(
    Item,
    st.integers(1, 2**31),
    st.integers(2, 8).flatmap(lambda count: st.permutations(range(count))).map(tuple),
)
papers = st.lists(items, min_size=1, max_size=12).map(tuple)


@st.composite
def answered_papers(draw):
    paper = draw(papers)
    answers = (st.lists(st.sampled_from(item.order), unique=True) for item in paper)
    return paper, tuple(tuple(sorted(draw(each))) for each in answers)


def test_the_stored_forms():
    assert write_paper(PAPER) == "2031:cabd 45:ab 7:bac"
    assert write_answers(((1,), (), (0, 2))) == "b,,ac"
    assert read_answers(",,") == no_answers(PAPER)


@given(answered_papers())
def test_what_is_stored_reads_back(answered):
    paper, answers = answered
    assert read_paper(write_paper(paper)) == paper
    assert read_answers(write_answers(answers)) == answers


def test_ids_are_made_the_same_for_ever():
    """A running attempt must find its questions after an update of the service."""
    assert [question_id(SEED, 0), question_id(SEED, 1)] == ["zqjryebzqezdsnbi", "hkky2isahuwlpsfx"]
    assert [choice_id(SEED, 0, 0), choice_id(SEED, 0, 1)] == ["cftejkgj3elkgdai", "qbnykplvxlweli4t"]


def ids_of(paper, seed: int) -> list[str]:
    questions = [question_id(seed, place) for place in range(len(paper))]
    return questions + [choice_id(seed, place, choice) for place, item in enumerate(paper) for choice in item.order]


@given(papers, seeds, seeds)
def test_no_id_is_shared_within_a_paper_or_between_attempts(paper, one, other):
    ids = ids_of(paper, one)
    assert len(set(ids)) == len(ids)
    if one != other:
        assert not set(ids) & set(ids_of(paper, other))


@given(answered_papers(), seeds)
def test_answers_survive_the_way_to_the_phone_and_back(answered, seed):
    paper, answers = answered
    shown = shown_answers(paper, seed, answers)
    assert merge(paper, seed, no_answers(paper), shown, single=[False] * len(paper)) == answers
    assert set(shown) == {question_id(seed, place) for place, chosen in enumerate(answers) if chosen}


@given(answered_papers(), seeds, st.data())
def test_merging_touches_only_the_questions_that_are_given(answered, seed, data):
    paper, stored = answered
    changed = data.draw(st.sets(st.integers(0, len(paper) - 1)))
    new = {place: data.draw(st.lists(st.sampled_from(paper[place].order), unique=True)) for place in changed}
    sent = {question_id(seed, place): [choice_id(seed, place, c) for c in chosen] for place, chosen in new.items()}
    merged = merge(paper, seed, stored, sent, single=[False] * len(paper))
    for place in range(len(paper)):
        assert merged[place] == (tuple(sorted(new[place])) if place in new else stored[place])
    assert merge(paper, seed, merged, sent, single=[False] * len(paper)) == merged


def test_shown_answers_stand_in_the_order_of_the_paper():
    shown = shown_answers(PAPER, SEED, ((), (), (0, 1)))
    assert shown == {question_id(SEED, 2): [choice_id(SEED, 2, 1), choice_id(SEED, 2, 0)]}


def test_an_empty_list_clears_an_answer():
    stored = ((1,), (0,), (0, 2))
    cleared = merge(PAPER, SEED, stored, {question_id(SEED, 0): []}, single=SINGLE)
    assert cleared == ((), (0,), (0, 2))


Q0, C00, C01 = question_id(SEED, 0), choice_id(SEED, 0, 0), choice_id(SEED, 0, 1)
Q2, C20 = question_id(SEED, 2), choice_id(SEED, 2, 0)


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        (question_id(SEED + 1, 0), [choice_id(SEED + 1, 0, 0)]),
        (question_id(SEED, 3), []),
        (Q0, [choice_id(SEED + 1, 0, 0)]),
        (Q0, [choice_id(SEED, 1, 0)]),
        (Q0, [choice_id(SEED, 0, 4)]),
        (Q0, [C00, "x"]),
        (Q2, [C20, C20]),
        (Q0, [C00, C01]),
        (Q0.upper(), [C00]),
        ("", []),
    ],
    ids=[
        "question of another attempt",
        "place behind the last",
        "choice of another attempt",
        "choice of another question",
        "choice that does not exist",
        "one good, one foreign",
        "the same twice",
        "two where one is allowed",
        "another spelling",
        "empty",
    ],
)
def test_foreign_ids_are_named(question, choices):
    with pytest.raises(ForeignId) as raised:
        merge(PAPER, SEED, no_answers(PAPER), {question: choices}, single=SINGLE)
    assert raised.value.pointer == f"/answers/{question}"


def test_several_choices_where_several_are_allowed():
    sent = {question_id(SEED, 2): [choice_id(SEED, 2, 2), choice_id(SEED, 2, 0)]}
    assert merge(PAPER, SEED, no_answers(PAPER), sent, single=SINGLE) == ((), (), (0, 2))
