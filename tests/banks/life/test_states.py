"""The rules of a question's life."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.life.states import (
    Facts,
    LifeRefused,
    Review,
    State,
    after_review,
    check_approval,
    check_review,
    check_settling,
    may_see_key,
)

AUTHOR, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)


def refusal(check: Callable[[Facts, UUID], None], facts: Facts, who: UUID) -> str | None:
    try:
        check(facts, who)
    except LifeRefused as refused:
        return refused.code if refused.sentence else "no sentence"
    return None


def draft(*reviews: Review, seen_by: tuple[UUID, ...] = (), state: State = State.DRAFT) -> Facts:
    return Facts(state, AUTHOR, reviews, seen_by)


@pytest.mark.parametrize(
    ("facts", "who", "code"),
    [
        (draft(), SECOND, None),
        (draft(), AUTHOR, "own-question"),
        (draft(Review(SECOND, agrees=True)), SECOND, "already-reviewed"),
        (draft(Review(SECOND, agrees=True), state=State.REVIEWED), THIRD, None),
        (draft(seen_by=(SECOND,)), SECOND, "key-already-seen"),
        (draft(state=State.APPROVED), SECOND, "not-open-for-review"),
        (draft(state=State.RETIRED), SECOND, "not-open-for-review"),
    ],
)
def test_who_may_review(facts: Facts, who: UUID, code: str | None) -> None:
    assert refusal(check_review, facts, who) == code


@pytest.mark.parametrize(
    ("reviews", "state"),
    [
        ((), State.DRAFT),
        ((Review(SECOND, agrees=True),), State.REVIEWED),
        ((Review(SECOND, agrees=False),), State.DRAFT),
        ((Review(SECOND, agrees=True), Review(THIRD, agrees=False)), State.DRAFT),
        ((Review(SECOND, agrees=True), Review(THIRD, agrees=False, is_settled=True)), State.REVIEWED),
        ((Review(THIRD, agrees=False, is_settled=True),), State.DRAFT),
    ],
)
def test_agreement_makes_it_reviewed_and_a_dispute_stops_it(reviews: tuple[Review, ...], state: State) -> None:
    assert after_review(draft(*reviews)) is state


@pytest.mark.parametrize(
    ("facts", "by", "code"),
    [
        (draft(Review(SECOND, agrees=True), state=State.REVIEWED), SECOND, None),
        (draft(Review(SECOND, agrees=True), state=State.REVIEWED), THIRD, None),
        (draft(Review(SECOND, agrees=True), state=State.REVIEWED), AUTHOR, "own-question"),
        (draft(), SECOND, "not-reviewed"),
        (draft(Review(SECOND, agrees=True), Review(THIRD, agrees=False)), SECOND, "disputed"),
        (draft(state=State.APPROVED), SECOND, "already-approved"),
        (draft(state=State.RETIRED), SECOND, "retired"),
        (Facts(State.REVIEWED, None, (Review(SECOND, agrees=True),)), SECOND, "second-person"),
        (Facts(State.REVIEWED, None, (Review(SECOND, agrees=True),)), THIRD, None),
    ],
)
def test_who_may_approve(facts: Facts, by: UUID, code: str | None) -> None:
    assert refusal(check_approval, facts, by) == code


@pytest.mark.parametrize(("by", "code"), [(AUTHOR, "not-a-third-person"), (SECOND, "not-a-third-person"), (THIRD, None)])
def test_a_third_person_settles(by: UUID, code: str | None) -> None:
    assert refusal(check_settling, draft(Review(SECOND, agrees=False)), by) == code


def test_there_must_be_something_to_settle() -> None:
    assert refusal(check_settling, draft(Review(SECOND, agrees=True)), THIRD) == "nothing-to-settle"


def test_the_key_is_shown_only_where_it_spoils_nothing() -> None:
    assert [may_see_key(draft(Review(SECOND, agrees=True)), who) for who in (AUTHOR, SECOND, THIRD)] == [True, True, False]
    assert may_see_key(draft(state=State.APPROVED), THIRD)


PEOPLE = st.sampled_from([AUTHOR, SECOND, THIRD])
REVIEWS = st.lists(st.builds(Review, PEOPLE, st.booleans(), st.booleans()), max_size=4)
FACTS = st.builds(
    Facts, st.sampled_from(list(State)), st.sampled_from([None, AUTHOR]), REVIEWS, st.lists(PEOPLE, max_size=2)
)


@given(FACTS, PEOPLE)
def test_whatever_is_approved_two_people_have_looked_at(facts: Facts, by: UUID) -> None:
    if refusal(check_approval, facts, by) is None:
        agreed = {review.reviewer for review in facts.reviews if review.agrees} - {facts.author}
        assert agreed
        assert by != facts.author
        assert len({facts.author, by, *agreed} - {None}) >= 2
        assert all(review.agrees or review.is_settled for review in facts.reviews)


@given(FACTS, PEOPLE)
def test_nobody_who_could_see_the_key_reviews(facts: Facts, who: UUID) -> None:
    if may_see_key(facts, who):
        assert refusal(check_review, facts, who) is not None
