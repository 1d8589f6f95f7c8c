"""The example contests are documents that the service takes, on both databases, and that mean what their tables need."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from quizsvc.contests.eligibility import Participation, Person, admit
from quizsvc.contests.loading import load_contest
from quizsvc.contests.rules import Counts, Overall, Target
from quizsvc.core.db import transaction
from tests.contests.examples.tables import EXAMPLES, SLUGS, example

NUMBERED = {
    "nghe-an-van-ban-phap-luat-moi-2025",
    "nghi-loc-tim-hieu-phap-luat-2019",
    "bo-tu-phap-bau-cu-2021",
    "bao-cao-vien-bau-cu-2026",
    "hcm-cong-dan-voi-bau-cu-2026",
    "dong-nai-tim-hieu-phap-luat",
    "dak-lak-cai-cach-hanh-chinh-2022",
    "quang-nam-thcs-2022",
    "lang-son-dang-bo-2023",
    "vcnet-an-toan-giao-thong-2020",
}


def test_all_of_them_are_there():
    assert set(SLUGS) == NUMBERED


def test_they_load_and_load_again_without_a_change(command, world_url):
    first = command(world_url, "contests", "load", EXAMPLES)
    assert (first.status, first.complained) == (0, "")
    assert first.said.splitlines() == [f"Cuộc thi «{slug}»: đã thêm" for slug in SLUGS]
    again = command(world_url, "contests", "load", EXAMPLES)
    assert (again.status, again.said.splitlines()) == (0, [f"Cuộc thi «{slug}»: không thay đổi" for slug in SLUGS])


@pytest.mark.parametrize(
    ("slug", "target"),
    [
        ("hcm-cong-dan-voi-bau-cu-2026", Target.PERFECT_PARTICIPANTS),
        ("quang-nam-thcs-2022", Target.PARTICIPANTS),
        ("lang-son-dang-bo-2023", Target.ATTEMPTS),
    ],
)
def test_three_predictions_ask_for_three_numbers(slug, target):
    assert {made.rules.prediction.target for made in example(slug).rounds} == {target}


def test_how_often_one_may_play():
    limits = {slug: example(slug).rounds[0].rules.limits for slug in SLUGS}
    assert limits["bo-tu-phap-bau-cu-2021"].per_contest == 3
    assert limits["bao-cao-vien-bau-cu-2026"].per_round == 7
    assert limits["bao-cao-vien-bau-cu-2026"].per_week is None
    assert limits["vcnet-an-toan-giao-thong-2020"].per_round is None
    assert {made.rules.counts for made in example("hcm-cong-dan-voi-bau-cu-2026").rounds} == {Counts.ONLY}


def test_odd_hours_and_unequal_lengths():
    hours = [
        (made.closes_at - made.opens_at).total_seconds() / 3600 for made in example("hcm-cong-dan-voi-bau-cu-2026").rounds
    ]
    assert hours == [137, 168, 168, 168, 168, 163]
    weeks = example("vcnet-an-toan-giao-thong-2020").rounds
    assert {(after.opens_at - before.closes_at).seconds for before, after in itertools.pairwise(weeks)} == {3600}
    assert example("nghe-an-van-ban-phap-luat-moi-2025").rounds[-1].closes_at.minute == 1


@pytest.mark.parametrize(
    ("slug", "person", "admitted"),
    [
        ("nghe-an-van-ban-phap-luat-moi-2025", {"occupation": "official"}, ("mandatory", None)),
        ("nghe-an-van-ban-phap-luat-moi-2025", {"occupation": "official", "lists": {"duoc-mien"}}, ("encouraged", None)),
        ("nghe-an-van-ban-phap-luat-moi-2025", {"occupation": "official", "lists": {"ban-to-chuc"}}, ("unranked", None)),
        ("nghe-an-van-ban-phap-luat-moi-2025", {"occupation": "farmer"}, ("encouraged", None)),
        ("dong-nai-tim-hieu-phap-luat", {"occupation": "armed_forces"}, ("encouraged", "can-bo")),
        ("dong-nai-tim-hieu-phap-luat", {"occupation": "student"}, ("encouraged", "hoc-sinh")),
        ("dong-nai-tim-hieu-phap-luat", {}, ("encouraged", "tu-do")),
        ("dong-nai-tim-hieu-phap-luat", {"lists": {"ban-to-chuc"}}, ("excluded", None)),
        ("dak-lak-cai-cach-hanh-chinh-2022", {"lists": {"bat-buoc"}}, ("mandatory", None)),
        ("quang-nam-thcs-2022", {"occupation": "pupil", "birth_date": date(2010, 5, 1)}, ("encouraged", None)),
        ("quang-nam-thcs-2022", {"occupation": "official"}, ("excluded", None)),
        ("lang-son-dang-bo-2023", {"birth_date": date(2012, 1, 1)}, ("excluded", None)),
    ],
)
def test_who_plays_as_what(slug, person, admitted):
    first = example(slug).rounds[0]
    known = {"birth_date": date(1990, 5, 1), "unit_codes": ("40", "16681")} | person
    known["lists"] = frozenset(known.get("lists", ()))
    found = admit(first.rules.eligibility, Person(**known), on=first.opens_at.date())
    assert (found.participation, found.track) == (Participation(admitted[0]), admitted[1])


def test_only_the_sum_of_weeks_makes_a_board_of_the_contest():
    boards = {slug for slug in SLUGS if example(slug).rules.overall is Overall.SUM}
    assert boards == {"dong-nai-tim-hieu-phap-luat", "nghe-an-van-ban-phap-luat-moi-2025"}


def test_their_rules_can_be_read(playground, phone, clock):
    with transaction() as session:
        for slug in SLUGS:
            load_contest(session, example(slug), now=clock.now)
    said = {}
    for slug in SLUGS:
        answer = phone.get(f"/api/v1/contests/{slug}/rules")
        assert answer.status_code == 200, slug
        said[slug] = answer.json["html"]
    assert "nhiều lượt đạt điểm tuyệt đối hơn đứng trước" in said["quang-nam-thcs-2022"]
    assert "dùng ít lượt thi hơn đứng trước" in said["dong-nai-tim-hieu-phap-luat"]
    assert "tính bằng giây từ lúc mở vòng" in said["vcnet-an-toan-giao-thong-2020"]
