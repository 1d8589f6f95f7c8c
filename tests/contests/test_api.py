from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import make_contest, round_document

HOUR = timedelta(hours=1)


def slugs(phone, query: str = "") -> list[str]:
    """Over all pages."""
    found, cursor = [], ""
    while cursor is not None:
        page = phone.get(f"/api/v1/contests?{query}{cursor and '&cursor=' + cursor}").json
        found += [item["slug"] for item in page["items"]]
        cursor = page["next"]
    return found


@pytest.fixture
def seven(phone, clock):
    """Contests that opened two hours ago to open in four hours, each an hour long; two of them at the same moment."""
    for place, hours in enumerate((-2, -1, 0, 1, 2, 3, 3)):
        make_contest(clock.now - timedelta(days=9), round_document(clock.now + hours * HOUR), slug=f"thi-{place}")


@pytest.mark.usefixtures("seven")
def test_the_list_latest_opening_first_page_by_page(phone):
    everything = ["thi-6", "thi-5", "thi-4", "thi-3", "thi-2", "thi-1", "thi-0"]
    assert all(slugs(phone, f"limit={limit}") == everything for limit in (1, 2, 3, 7, 100))
    assert phone.get("/api/v1/contests?limit=7").json["next"] is None
    assert phone.get("/api/v1/contests?limit=6").json["next"] is not None


@pytest.mark.usefixtures("seven")
def test_the_list_by_state_follows_the_clock(phone, clock):
    def by_state() -> list[list[str]]:
        return [slugs(phone, f"limit=2&state={state}") for state in ("upcoming", "open", "closed")]

    assert by_state() == [["thi-6", "thi-5", "thi-4", "thi-3"], ["thi-2"], ["thi-1", "thi-0"]]
    clock.now += HOUR - timedelta(milliseconds=1)
    assert by_state() == [["thi-6", "thi-5", "thi-4", "thi-3"], ["thi-2"], ["thi-1", "thi-0"]]
    clock.now += timedelta(milliseconds=1)
    assert by_state() == [["thi-6", "thi-5", "thi-4"], ["thi-3"], ["thi-2", "thi-1", "thi-0"]]
    shown = {item["slug"]: item["state"] for item in phone.get("/api/v1/contests").json["items"]}
    assert (shown["thi-4"], shown["thi-3"], shown["thi-2"]) == ("upcoming", "open", "closed")


def test_one_contest_with_its_rounds(phone, clock):
    later = clock.now + 2 * HOUR
    make_contest(clock.now, round_document(clock.now), round_document(later, round="r2", title="Vòng 2"))
    shown = phone.get("/api/v1/contests/thi").json
    unit = shown.pop("organizer_unit")
    assert (unit["code"], unit["name"]) == ("40", "Tỉnh Nghệ An")
    assert shown == {
        "slug": "thi",
        "title": "Cuộc thi thử",
        "state": "open",
        "opens_at": clock.now.isoformat(),
        "closes_at": (later + HOUR).isoformat(),
        "server_now": clock.now.isoformat(),
        "rounds": [
            {
                "id": "thi.r1",
                "title": "Vòng 1",
                "state": "open",
                "opens_at": clock.now.isoformat(),
                "closes_at": (clock.now + HOUR).isoformat(),
            },
            {
                "id": "thi.r2",
                "title": "Vòng 2",
                "state": "upcoming",
                "opens_at": later.isoformat(),
                "closes_at": (later + HOUR).isoformat(),
            },
        ],
    }
    (listed,) = phone.get("/api/v1/contests").json["items"]
    del shown["server_now"]
    assert listed == shown | {"organizer_unit": unit}
    assert phone.get("/api/v1/contests/khac").status_code == 404


def test_between_two_rounds_a_contest_is_open_and_its_rounds_are_not(phone, clock):
    make_contest(clock.now, round_document(clock.now), round_document(clock.now + 2 * HOUR, round="r2"))
    clock.advance(minutes=90)
    shown = phone.get("/api/v1/contests/thi").json
    assert (shown["state"], [found["state"] for found in shown["rounds"]]) == ("open", ["closed", "upcoming"])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("state=past", "/state"),
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("limit=two", "/limit"),
        ("cursor=x", "/cursor"),
        ("cursor=WzEsMV0", "/cursor"),
        ("page=2", "/page"),
        ("state=open&state=closed", "/state"),
    ],
)
def test_a_query_that_means_nothing(phone, query, pointer):
    answer = phone.get(f"/api/v1/contests?{query}")
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/validation")
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
