"""Pain 10: neither an id nor a place on the paper says which choice is right, over many papers from fixed seeds."""

from collections import Counter, defaultdict
from datetime import timedelta

from quizsvc.banks.versions import content_of
from tests.pains.crowd import seat
from tests.world import make_contest, round_document, written

PAPERS = 60
UNLIKELY = {3: 25.9, 2: 23.0}  # a fair order exceeds these values of chi-square (by degrees of freedom) once in 100,000


def test_neither_ids_nor_places_tell_which_choice_is_right(playground, phone, clock):
    banks = written()[0]
    contents = {question.text: content_of(question) for bank in banks for question in bank.questions}
    make_contest(clock.now, round_document(clock.now, paper=[{"bank": bank.code, "count": 2} for bank in banks]))
    seats = seat(playground, phone, PAPERS, now=clock.now, apart=timedelta(milliseconds=1))
    shown = [(question, contents[question["text"]]) for _, attempt in seats for question in attempt["questions"]]
    ids_are_made_for_one_attempt_alone(shown)
    right_choices_stand_anywhere(shown)
    the_authors_order_does_not_show(shown)


def ids_are_made_for_one_attempt_alone(shown):
    ids = [question["id"] for question, _ in shown]
    ids += [choice["id"] for question, _ in shown for choice in question["choices"]]
    assert len(set(ids)) == len(ids)
    assert {len(each) for each in ids} == {len(ids[0])}
    drawn = Counter(question["text"] for question, _ in shown)
    assert drawn.most_common(1)[0][1] > 5, "no question was drawn often enough to compare"


def right_choices_stand_anywhere(shown):
    single = [(question, content) for question, content in shown if content.kind == "single" and not content.pinned]
    places, places_by_id = Counter(), Counter()
    for question, content in single:
        if len(content.choices) == 4:
            right = content.choices[content.key[0]]
            ordered = sorted(question["choices"], key=lambda choice: choice["id"])
            places[[choice["text"] for choice in question["choices"]].index(right)] += 1
            places_by_id[[choice["text"] for choice in ordered].index(right)] += 1
    assert places.total() > 500
    assert chi_square(places, range(4)) < UNLIKELY[3]
    assert chi_square(places_by_id, range(4)) < UNLIKELY[3]


def the_authors_order_does_not_show(shown):
    places = defaultdict(Counter)
    orders = defaultdict(set)
    for question, content in shown:
        order = tuple(content.choices.index(choice["text"]) for choice in question["choices"])
        if content.pinned:
            assert order == tuple(range(len(order))), "a pinned question keeps its order"
        elif len(order) == 4:
            orders[question["text"]].add(order)
            for letter, place in enumerate(order):
                places[letter][place] += 1
    for letter in range(4):
        assert chi_square(places[letter], range(4)) < UNLIKELY[3]
    assert len({order for each in orders.values() for order in each}) == 24
    often = [text for text, drawn in Counter(question["text"] for question, _ in shown).items() if drawn >= 8]
    assert all(len(orders[text]) > 1 for text in often if text in orders)


def chi_square(counted, places):
    """How far the counts are from all being equal."""
    expected = counted.total() / len(places)
    return sum((counted[place] - expected) ** 2 / expected for place in places)
