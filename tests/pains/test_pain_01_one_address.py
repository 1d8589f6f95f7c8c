"""Pain 1: a school, a commune hall or a mobile carrier stands behind one address, and everybody gets in."""

from collections import Counter

from tests.pains.arena import at_once
from tests.world import Player

PEOPLE = 250  # on each of the two databases
THREADS = 20


def test_hundreds_of_accounts_behind_one_address_all_start(arena):
    round_id = arena.round(attempts=1)

    def one_phone_after_another(number):
        phone = arena.phone()
        return [
            Player(phone, 50_000_000 + person, f"Trần Thị {person}").start(round_id)
            for person in range(number, PEOPLE, THREADS)
        ]

    answers = [answer for some in at_once(THREADS, one_phone_after_another) for answer in some]

    assert Counter(answer.status_code for answer in answers) == {201: PEOPLE}
    assert len({answer.json["id"] for answer in answers}) == PEOPLE


def test_one_impatient_account_is_slowed_and_its_neighbours_are_not(phone):
    impatient, neighbour = Player(phone, 1), Player(phone, 2)

    answers = (impatient.get("/me") for _ in range(1000))  # a new minute may begin once on the way
    refused = next(answer for answer in answers if answer.status_code != 200)

    assert (refused.status_code, refused.json["type"]) == (429, "/problems/too-many-requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert neighbour.get("/me").status_code == 200
    assert Player(phone, 3).get("/me").status_code == 200
