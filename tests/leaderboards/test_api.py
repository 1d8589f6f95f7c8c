from __future__ import annotations

import random
from datetime import timedelta
from itertools import chain

from sqlalchemy import update

from quizsvc.contests.ranking_keys import USUAL_RANKING, rank_key
from quizsvc.core.db import transaction
from quizsvc.leaderboards.models import Entry
from tests.conftest import NOW
from tests.leaderboards.filling import fill, pages, standing
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

BOARD = "/rounds/thi.r1/leaderboard"


def ranks_by_counting(results) -> list[int]:
    keys = sorted((-score, duration, late) for score, duration, late in results)
    return [1 + sum(other < key for other in keys) for key in keys]


def test_ranks_1_2_2_4_across_the_borders_of_pages(phone, clock):
    make_contest(clock.now)
    results = [(3, 10, 0), (2, 20, 5), (2, 20, 5), (1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 9, 9)]
    fill("thi.r1", *results)
    for limit in range(1, 9):
        shown = pages(phone, BOARD, limit)
        assert [len(page) for page in shown[:-1]] == [limit] * (len(shown) - 1)
        assert [row["rank"] for row in chain(*shown)] == [1, 2, 2, 4, 4, 4, 7]
    first = phone.get(f"/api/v1{BOARD}?limit=2").json
    assert (first["state"], first["total"], first["as_of"]) == ("live", 7, clock.now.isoformat())
    assert first["visible_from"] == clock.now.isoformat()
    assert first["items"][1] == {
        "rank": 2,
        "display_name": "Số 1",
        "unit_name": None,
        "score": 2,
        "correct_count": 2,
        "duration_ms": 20,
        "submitted_at": (NOW + timedelta(milliseconds=5)).isoformat(),
    }


def test_all_pages_together_hold_each_entry_once(phone, clock):
    make_contest(clock.now)
    chance = random.Random(3)
    results = [(chance.randrange(4), chance.randrange(4) * 500, chance.randrange(2)) for _ in range(45)]
    fill("thi.r1", *results, units=(THANH_VINH, KIM_LIEN, None))
    for limit in (1, 7, 20, 100):
        rows = list(chain(*pages(phone, BOARD, limit)))
        assert len({row["display_name"] for row in rows}) == 45
        assert [row["rank"] for row in rows] == ranks_by_counting(results)
    unit = phone.get(f"/api/v1/units?q={KIM_LIEN}").json["items"][0]
    mine = list(chain(*pages(phone, f"{BOARD}?unit={unit['id']}", 4)))
    assert [row["rank"] for row in mine] == ranks_by_counting(results[1::3])
    assert {row["unit_name"] for row in mine} == {unit["name"]}
    assert phone.get(f"/api/v1{BOARD}?unit={unit['id']}").json["total"] == 15


def test_a_page_goes_on_where_it_was_when_entries_move(phone, clock):
    make_contest(clock.now)
    people = fill("thi.r1", *[(9 - place, 0, 0) for place in range(6)])
    first = phone.get(f"/api/v1{BOARD}?limit=3").json
    later = rank_key(standing(7, 1000, 0), USUAL_RANKING)
    with transaction() as session:  # the last one shown gains a second; the next page does not begin anew
        session.execute(update(Entry).where(Entry.participant_id == people[2]).values(duration_ms=1000, rank_key=later))
    following = phone.get(f"/api/v1{BOARD}?limit=3&cursor={first['next']}").json["items"]
    assert [row["score"] for row in following] == [7, 6, 5]
    assert following[0]["display_name"] == first["items"][-1]["display_name"]


def test_my_place_among_my_neighbours(phone, clock):
    make_contest(clock.now)
    an, binh = Player(phone, 1).in_unit(THANH_VINH), Player(phone, 2)
    nothing = an.get(f"{BOARD}/me").json
    assert (nothing["rank"], nothing["total"], nothing["entry"], nothing["neighbours"]) == (None, 0, None, [])
    attempt = an.start().json
    clock.advance(seconds=10)
    an.submit(attempt, answers=right_answers(attempt, wrong=1))
    fill("thi.r1", *[(3, place, 0) for place in range(8)], *[(2, 10_000, 10_000)] * 2, *[(1, 1, 1)] * 9)
    mine = an.get(f"{BOARD}/me").json
    assert (mine["rank"], mine["total"], mine["state"]) == (9, 20, "live")
    assert mine["entry"]["rank"] == 9
    assert mine["entry"] in mine["neighbours"]
    board = list(chain(*pages(phone, BOARD, 100)))
    here = board.index(mine["entry"])
    assert [row["rank"] for row in board[8:11]] == [9, 9, 9]
    assert mine["neighbours"] == board[here - 5 : here + 6]
    assert binh.get(f"{BOARD}/me").json["total"] == 20
    assert binh.get(f"{BOARD}/me").json["entry"] is None
    unit = phone.get(f"/api/v1/units?q={THANH_VINH}").json["items"][0]
    there = an.get(f"{BOARD}/me?unit={unit['id']}").json
    assert (there["rank"], there["total"], len(there["neighbours"])) == (1, 1, 1)


def test_first_and_last_have_neighbours_on_one_side(phone, clock):
    make_contest(clock.now)
    fill("thi.r1", *[(2, 5, place) for place in range(8)])
    for wrong, rank, count in ((0, 1, 6), (3, 9, 6)):
        player = Player(phone, 50 + wrong)
        attempt = player.start().json
        player.submit(attempt, answers=right_answers(attempt, wrong=wrong))
        mine = player.get(f"{BOARD}/me").json
        assert mine["rank"] == rank + (wrong > 0)
        assert len(mine["neighbours"]) == count


def test_names_are_masked_unless_their_owner_agreed(phone, clock):
    make_contest(clock.now)
    names = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Chi", "Phạm Dũng", "Hồ", "Võ Em"]
    players = [Player(phone, number, name) for number, name in enumerate(names, start=1)]
    for player in players:
        player.submit(player.start().json)
        clock.advance(seconds=1)

    def consent(player, granted):
        body = {"purpose": "publish_name", "policy_version": "1", "granted": granted}
        assert player.call("POST", "/me/consents", body).status_code == 201
        clock.advance(seconds=1)

    consent(players[0], True)
    consent(players[1], True)
    consent(players[1], False)
    assert players[3].call("PATCH", "/me", {"nickname": "Sao Mai"}).status_code == 200
    assert players[5].call("DELETE", "/me").status_code == 204
    shown = [row["display_name"] for row in phone.get(f"/api/v1{BOARD}").json["items"]]
    assert shown == ["Nguyễn Văn An", "Trần T. B.", "Lê C.", "Sao Mai", "Hồ", "Người dự thi"]


def test_what_is_not_there(phone, clock):
    make_contest(clock.now, round_document(clock.now))
    an = Player(phone)
    for path in ("", "/me"):
        assert an.get(f"/rounds/thi.r9/leaderboard{path}").status_code == 404
        assert an.get(f"/contests/khac/leaderboard{path}").status_code == 404
        for unit in ("999999", "0", "-1", "x", "99999999999999999999"):
            assert an.get(f"{BOARD}{path}?unit={unit}").status_code == 404
    assert an.get("/rounds/thi.r9/units").status_code == 404
    for cursor in ("x", "WzEsMl0", "WzEsMiwiMjAyNi0xMS0yMyIsIngiXQ"):
        refused = an.get(f"{BOARD}?cursor={cursor}")
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/cursor")
    assert phone.get(f"/api/v1{BOARD}").json["items"] == []
