"""The example contests end to end: people play what a table says, the round closes, and the public board is the table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.contests.examples.playing import Stage
from tests.contests.examples.tables import Table, table

DAY = timedelta(days=1)


def on_stage(phone, clock, first: Table) -> Stage:
    """The contest is loaded the day before anything happens in it."""
    stage = Stage(phone, clock, first.slug)
    registration = first.document.rules.registration
    stage.load((first.round if registration is None else registration).opens_at - DAY)
    return stage


@pytest.mark.parametrize("name", ["nghe-an-van-ban-phap-luat-moi-2025.tuan-1", "dak-lak-cai-cach-hanh-chinh-2022.dot-1"])
def test_a_round_without_a_prediction(phone, clock, name):
    wanted = table(name)
    stage = on_stage(phone, clock, wanted)
    stage.play(wanted)
    subject = f"rounds/{wanted.slug}.{wanted.part}"
    assert stage.board(subject) == wanted.expected
    assert stage.own_ranks(subject) == wanted.expected


@pytest.mark.parametrize(
    "name",
    [
        "hcm-cong-dan-voi-bau-cu-2026.ky-1",
        "quang-nam-thcs-2022.vong-1",
        "lang-son-dang-bo-2023.tuan-1",
        "vcnet-an-toan-giao-thong-2020.tuan-1",
    ],
)
def test_a_round_with_a_prediction_has_its_order_once_it_is_sealed(phone, clock, name):
    wanted = table(name)
    stage = on_stage(phone, clock, wanted)
    stage.play(wanted)
    subject = f"rounds/{wanted.slug}.{wanted.part}"
    assert stage.board(subject) == {}
    sealed = stage.seal(subject)
    assert [each["value"] for each in sealed["actual"]["values"]] == [wanted.actual]
    assert stage.board(subject) == wanted.expected
    assert stage.own_ranks(subject) == wanted.expected


def test_weeks_and_their_sum(phone, clock):
    first, second = (table(f"dong-nai-tim-hieu-phap-luat.tuan-{number}") for number in (1, 2))
    stage = on_stage(phone, clock, first)
    stage.play(first)
    assert stage.board(f"rounds/{first.slug}.tuan-1") == first.expected
    tracks = {track: stage.board(f"rounds/{first.slug}.tuan-1", track) for track in ("can-bo", "hoc-sinh", "tu-do")}
    assert tracks == {
        "can-bo": {"Nguyễn Hữu Đức": 1, "Vũ Đình Khang": 2},
        "hoc-sinh": {"Lê Thị Ngọc": 1, "Phạm Thị Loan": 2, "Đinh Thị Sen": 3},
        "tu-do": {"Trần Quốc Bảo": 1, "Hoàng Văn Lực": 2},
    }
    stage.play(second)
    assert stage.board(f"rounds/{first.slug}.tuan-2") == second.expected
    clock.now = first.document.rounds[-1].closes_at + DAY
    whole = f"contests/{first.slug}"
    assert stage.board(whole) == table(f"{first.slug}.overall").expected
    stage.seal(whole)
    assert stage.board(whole) == table(f"{first.slug}.overall").expected
