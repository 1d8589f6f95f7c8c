"""Pain 13: what one person is told never comes to another out of a shared cache, nor an old board to anybody."""

from __future__ import annotations

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from quizsvc.core.http import Api
from tests.organizers.people import give
from tests.pains.shared_cache import SharedCache, directives
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers

MAY_BE_KEPT = {"units.list_units", "units.show_unit"}
"""The same for everybody, and public: all that a shared cache may keep."""


def reads(app):
    """Name, path and declaration of every endpoint that reads."""
    return [
        (f"{blueprint.name}.{made.endpoint}", (blueprint.url_prefix or "") + made.rule, made)
        for blueprint in app.blueprints.values()
        if isinstance(blueprint, Api)
        for made in blueprint.operations
        if made.method == "GET"
    ]


def people(cache, clock):
    """Two people who have played one round, with another result and from another unit, both organizers elsewhere."""
    make_contest(clock.now)
    an, binh = Player(cache, 1).in_unit(THANH_VINH), Player(cache, 2, "Trần Thị Bình").in_unit(KIM_LIEN)
    for wrong, player in enumerate((an, binh)):
        give(player, "owner", code=(THANH_VINH, KIM_LIEN)[wrong])
        attempt = player.start().json
        assert player.submit(attempt, answers=right_answers(attempt, wrong=wrong)).status_code == 200
        player.attempt = attempt["id"]
    return an, binh


def address(player, rule: str) -> str:
    ids = {"round_id": "thi.r1", "slug": "thi", "attempt_id": player.attempt, "unit_id": "1", "number": "1"}
    ids |= {"bank": "bau-cu", "code": "bc-001", "batch": "1"}
    for name, value in ids.items():
        rule = rule.replace(f"<id:{name}>", value)
    assert "<" not in rule, "say what stands there"
    return rule


def essence(answer):
    """An answer without what is new each time."""
    said = {name: value for name, value in answer.json.items() if name != "instance"} if answer.is_json else answer.data
    return answer.status_code, said


def test_two_people_behind_one_cache_hear_what_they_hear_without_it(playground, phone, clock):
    cache = SharedCache(phone)
    an, binh = people(cache, clock)
    for name, rule, _ in reads(playground):
        for player in (an, binh, an):
            path = address(player, rule)
            for headers in (player.headers, {}):  # signed in, then a stranger at the same address
                through = cache.open(path, headers=headers)
                assert essence(through) == essence(phone.open(path, headers=headers)), name
    kept = {name for name, rule, _ in reads(playground) for player in (an, binh) if address(player, rule) in cache.kept}
    assert kept == MAY_BE_KEPT
    assert cache.hits, "the cache never answered, so it proves nothing"


def test_a_board_is_never_an_old_one(playground, phone, clock):
    cache = SharedCache(phone)
    people(cache, clock)
    assert cache.get("/api/v1/rounds/thi.r1/leaderboard").json["total"] == 2
    late = Player(cache, 3, "Lê Thị Chi").in_unit(KIM_LIEN)
    late.submit(late.start().json)
    for path in ("/api/v1/rounds/thi.r1/leaderboard", "/api/v1/contests/thi/leaderboard"):
        assert cache.get(path).json["total"] == 3


def test_every_answer_to_a_signed_in_person_forbids_to_store_it(playground, phone, clock):
    an, _ = people(SharedCache(phone), clock)
    for name, rule, made in reads(playground):
        said = directives(phone.open(address(an, rule), headers=an.headers).headers)
        if name in MAY_BE_KEPT:
            assert made.guard.name == "anyone"
            assert said.keys() >= {"public"}
        else:
            assert said == {"no-store": ""}, name


def test_the_cache_would_leak_what_forgets_to_forbid_it():
    """An origin that says nothing personal is private has it handed to the next one: so the tests above can fail."""

    @Request.application
    def careless(request):
        kind = {"Cache-Control": "public"} if "public" in request.path else {}
        return Response(f"for {request.headers.get('Authorization')}", headers=kind)

    cache = SharedCache(Client(careless))
    for path, leaks in (("/public", True), ("/private", False)):
        cache.get(path, headers={"Authorization": "An"})
        assert (cache.get(path, headers={"Authorization": "Bình"}).text == "for An") is leaks
