"""Boards of units over people who have really played: tallies, numbers of staff, mandatory lists and former districts."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from quizsvc.contests.group_rules import Gate, GroupKey, Metric, RateStep
from quizsvc.contests.queries import contest_by_slug
from quizsvc.contests.rules import Group
from quizsvc.core.clock import local_day
from quizsvc.core.db import reading
from quizsvc.leaderboards.groups import former_districts, group_table
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_code
from tests.api.problems import assert_problem
from tests.organizers.people import give
from tests.registers.conftest import RULES, SLUG, Officer
from tests.registers.making import csv_file
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

CUA_LO = "16732"
RATE = Group("g", "Khối xã, phường", (GroupKey(Metric.RATE), GroupKey(Metric.POINTS)), kinds=("commune", "ward"))


@pytest.fixture
def contest(playground, clock):
    """Two rounds, both open now."""
    rounds = [round_document(clock.now), round_document(clock.now, round="r2", title="Vòng 2")]
    make_contest(clock.now, *rounds, participation=RULES, slug=SLUG)


@pytest.fixture
def province(contest, phone):
    officer = Officer(phone, 900, "Lê Thị Cán")
    give(officer, "organizer")
    numbers = csv_file("mã;số người", f"{THANH_VINH};4", f"{KIM_LIEN};1")
    assert officer.commit("/headcounts", numbers).status_code == 200
    return officer


@pytest.fixture
def played(province, phone, clock):
    """In Thành Vinh two people, one of them in both rounds and once more; in Kim Liên one person in the second round."""

    def play(player, round_code, request_id, wrong=0):
        attempt = player.start(f"{SLUG}.{round_code}").json
        assert player.submit(attempt, request_id, answers=right_answers(attempt, wrong)).status_code == 200
        clock.advance(seconds=1)

    an, binh, chi = (
        Player(phone, number, name).in_unit(code)
        for number, name, code in ((1, "Nguyễn Văn An", THANH_VINH), (2, "Trần Bình", THANH_VINH), (3, "Lê Chi", KIM_LIEN))
    )
    an.call("PATCH", "/me", {"birth_date": "1990-05-19"})
    play(an, "r1", "request-1", wrong=1)
    play(an, "r1", "request-2")
    play(an, "r2", "request-3")
    play(binh, "r1", "request-4", wrong=2)
    play(chi, "r2", "request-5")
    return an, binh, chi


def table(clock, group=RATE, **more):
    with reading() as session:
        contest = contest_by_slug(session, SLUG)
        return group_table(session, contest, group, on=local_day(clock.now), **more)


def by_code(rows):
    return {row.unit.code: row for row in rows}


def test_rates_points_and_both_counts(played, clock):
    rows = table(clock)
    assert [(row.unit.code, row.rank) for row in rows[:2]] == [(KIM_LIEN, 1), (THANH_VINH, 2)]
    vinh = by_code(rows)[THANH_VINH]
    assert (vinh.participants, vinh.attempts) == (2, 4)
    assert vinh.metrics[Metric.RATE] == Fraction(2, 4)
    assert vinh.metrics[Metric.POINTS] == 7
    assert len(rows) == 130
    assert {row.rank for row in rows[2:]} == {3}


def test_chosen_rounds(played, clock):
    group = Group("g", "G", (GroupKey(Metric.PARTICIPANTS),), kinds=("commune", "ward"), rounds=("r1",))
    rows = by_code(table(clock, group))
    assert [(rows[code].participants, rows[code].attempts) for code in (THANH_VINH, KIM_LIEN)] == [(2, 3), (0, 0)]
    both = by_code(table(clock, Group("g", "G", (GroupKey(Metric.RATE),), rounds=("r1", "r2"))))
    assert both[THANH_VINH].metrics[Metric.RATE] == Fraction(3, 8)


def test_gates_by_staff_and_by_mandatory_list(played, province, clock):
    listed = csv_file(
        "họ tên;ngày sinh;mã đơn vị", f"Nguyễn Văn An;19/05/1990;{THANH_VINH}", f"Vắng Mặt;01/01/1980;{KIM_LIEN}"
    )
    assert province.commit("/lists/mandatory", listed).status_code == 200
    rows = by_code(table(clock, Group("g", "G", (GroupKey(Metric.RATE),), gate=Gate(all_mandatory=True))))
    assert (rows[THANH_VINH].rank, rows[KIM_LIEN].rank) == (1, None)
    assert rows[KIM_LIEN].reasons == ("Còn 1 trong 1 người bắt buộc dự thi chưa tham gia.",)
    rows = by_code(table(clock, Group("g", "G", (GroupKey(Metric.RATE),), gate=Gate(min_rate=(RateStep(60),)))))
    assert (rows[THANH_VINH].rank, rows[KIM_LIEN].rank) == (None, 1)


def test_winners_come_from_whoever_sealed(played, clock):
    with reading() as session:
        unit = unit_by_code(session, THANH_VINH, on=local_day(clock.now))
    group = Group("g", "G", (GroupKey(Metric.WEIGHTED_WINNERS),), prize_weights={"nhat": 10})
    first = table(clock, group, winners={None: {unit.id: {"nhat": 2}}})[0]
    assert (first.unit.code, first.metrics[Metric.WEIGHTED_WINNERS]) == (THANH_VINH, 20)


def test_blocks_by_former_district(played, clock):
    """Communes of today by the districts of before, through both reforms."""
    vinh = Group("g", "G", (GroupKey(Metric.PARTICIPANTS),), former_district=("412",), kinds=("commune", "ward"))
    codes = {row.unit.code for row in table(clock, vinh)}
    assert codes == {"16681", "16690", "16702", "16708", "16732", "17920"}
    with reading() as session:
        former = former_districts(session)
        units = {unit.code: unit.id for unit in session.scalars(select(Unit).where(Unit.valid_to.is_(None)))}
    assert former[units[CUA_LO]] >= {"412", "413"}
    assert "413" not in former[units[THANH_VINH]]


def test_who_is_missing(played, province, phone):
    lines = [
        f"Nguyễn Văn An;19/05/1990;{THANH_VINH}",
        f"Vắng Mặt;01/01/1980;{KIM_LIEN}",
        f"Cũng Vắng;02/01/1980;{THANH_VINH}",
    ]
    assert province.commit("/lists/mandatory", csv_file("họ tên;ngày sinh;mã đơn vị", *lines)).status_code == 200
    path = f"/manage/contests/{SLUG}/missing"
    assert [item["display_name"] for item in province.get(path).json["items"]] == ["Vắng Mặt", "Cũng Vắng"]
    first = province.get(f"{path}?limit=1").json
    rest = province.get(f"{path}?limit=1&cursor={first['next']}").json
    assert [item["display_name"] for item in rest["items"]] == ["Cũng Vắng"]
    nowhere = csv_file("họ tên;ngày sinh", "Không Đơn Vị;03/01/1980")
    assert province.commit("/lists/mandatory", nowhere).status_code == 200
    assert [item["unit"] for item in province.get(path).json["items"]][2:] == [None]
    officer = Officer(phone, 901)
    give(officer, "viewer", KIM_LIEN)
    items = officer.get(path).json["items"]
    assert [(item["display_name"], item["unit"]["code"]) for item in items] == [("Vắng Mặt", KIM_LIEN)]
    vinh = rest["items"][0]["unit"]["id"]
    assert_problem(officer.get(f"{path}?unit={vinh}"), 404, "not-found")
    assert [item["unit"]["id"] for item in province.get(f"{path}?unit={vinh}").json["items"]] == [vinh]
    assert_problem(played[0].get(path), 403, "forbidden")


def test_rounds_that_stand_alone_are_averaged(playground, phone, clock):
    rounds = [round_document(clock.now), round_document(clock.now + timedelta(hours=1), round="r2", title="Vòng 2")]
    make_contest(clock.now, *rounds, slug=SLUG, overall={"counts": "none"})
    an = Player(phone).in_unit(THANH_VINH)
    an.submit(an.start(f"{SLUG}.r1").json)
    officer = Officer(phone, 900)
    give(officer, "organizer")
    officer.commit("/headcounts", csv_file("mã;số người", f"{THANH_VINH};1"))
    assert by_code(table(clock))[THANH_VINH].metrics[Metric.RATE] == Fraction(1, 2)
