"""What the published rules say of boards of units and of amendments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from quizsvc.contests.amendments import OF_CONTEST, OF_ROUND
from quizsvc.contests.group_rules import Gate, GroupKey, Metric, RankPoints, RateStep, TotalPart
from quizsvc.contests.rules import ContestRules, Group, Prize
from quizsvc.contests.rules_of_changes import MEMBERS
from quizsvc.contests.rules_text import AmendmentText, write
from tests.contests.test_rules_text import CONTEST

GROUP = Group("xa", "Các xã", (GroupKey(Metric.RATE), GroupKey(Metric.ATTEMPTS, "low")))


def group_text(**changes: Any) -> str:
    rules = ContestRules(groups=(replace(GROUP, **changes),), prizes=(Prize("nhat", "Giải nhất", 1),))
    return write(replace(CONTEST, rules=rules, units={"40": "Tỉnh Nghệ An", "412": "Thành phố Vinh"})).text


def test_a_board_of_units():
    text = group_text()
    for said in (
        "Xếp hạng tập thể: Các xã\n- Đơn vị được xét: mọi đơn vị.\n",
        (
            "- Xếp hạng: tỷ lệ người dự thi trên tổng số người của đơn vị cao hơn đứng trước; "
            "bằng nhau thì số lượt thi thấp hơn đứng trước; vẫn bằng thì đồng hạng."
        ),
    ):
        assert said in text
    assert "Chỉ xếp hạng" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kinds": ("commune", "ward")}, "Đơn vị được xét: xã, phường."),
        ({"under": ("40",)}, "Đơn vị được xét: mọi đơn vị thuộc Tỉnh Nghệ An."),
        (
            {"kinds": ("ward",), "former_district": ("412",)},
            "Đơn vị được xét: phường trước đây thuộc Thành phố Vinh.",
        ),
        ({"rounds": ("tuan-1",)}, "Tính các vòng: Tuần 1."),
        (
            {"gate": Gate((RateStep(30, 50), RateStep(12.5, 1000), RateStep(5)))},
            "tỷ lệ người dự thi từ: dưới 50 người: 30 %; dưới 1.000 người: 12,5 %; các đơn vị còn lại: 5 %.",
        ),
        ({"gate": Gate(all_mandatory=True)}, "có tất cả người thuộc diện bắt buộc đã dự thi."),
        ({"gate": Gate(min_winners=2)}, "có từ 2 người đạt giải."),
        ({"gate": Gate(min_participants=1000)}, "có từ 1.000 người dự thi."),
        (
            {"rank_points": RankPoints((Metric.RATE, Metric.AVERAGE), (10, 9, 8))},
            (
                "(tỷ lệ người dự thi trên tổng số người của đơn vị, điểm trung bình), từ hạng nhất: 10, 9, 8; "
                "các hạng sau không có điểm."
            ),
        ),
        (
            {"total": (TotalPart(Metric.RATE, 100), TotalPart(Metric.WINNERS))},
            "Tổng của các tiêu chí: tỷ lệ người dự thi trên tổng số người của đơn vị × 100 + số người đạt giải.",
        ),
        ({"prize_weights": {"nhat": 10}}, "Điểm quy đổi cho mỗi giải cá nhân: Giải nhất 10."),
        ({"prizes": (Prize("tap-the", "Tập thể", 3, 5_000_000),)}, "Tập thể: 3 giải, mỗi giải 5.000.000 đồng."),
    ],
)
def test_each_rule_of_a_board_of_units_is_said(changes, said):
    assert said in group_text(**changes)
    assert said not in group_text()


@pytest.mark.parametrize("metric", Metric)
def test_every_metric_has_words(metric):
    assert " cao hơn đứng trước" in group_text(keys=(GroupKey(metric),))


def change_line(path: str, before: Any, after: Any) -> str:
    made = AmendmentText(
        2, "Mưa bão", datetime(2026, 12, 1, 1, tzinfo=UTC), [{"path": path, "before": before, "after": after}]
    )
    text = write(replace(CONTEST, version=3, amendments=[made])).text
    assert "Phiên bản 3\n" in text
    head, line = text.split("\n- ")[-2:]
    assert head.endswith("Sửa đổi lần 2, 08:00 ngày 01/12/2026. Lý do: Mưa bão")
    return line


NEW = {"round": "r3", "title": "Vòng 3", "opens_at": "2026-12-10T08:00:00+07:00", "closes_at": "2026-12-10T24:00:00+07:00"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("/title", "Cũ", "Mới"), "Tên: trước đây: Cũ; nay: Mới."),
        (("/prizes/nhat/amount", 1_000_000, None), "nay: không có."),
        (
            ("/prizes/nhat/amount", 1_000_000, 2_500_000),
            "Giải «nhat», tiền thưởng mỗi giải (đồng): trước đây: 1.000.000; nay: 2.500.000.",
        ),
        (
            ("/rounds/r1/closes_at", "2026-12-01T08:00:00+07:00", "2026-12-02T01:00:00Z"),
            "Vòng «r1», thời điểm kết thúc: trước đây: 08:00 ngày 01/12/2026; nay: 08:00 ngày 02/12/2026.",
        ),
        (("/rounds/r3", None, NEW), "Thêm vòng «r3»: Vòng 3, từ 08:00 ngày 10/12/2026 đến trước 00:00 ngày 11/12/2026."),
        (("/rounds/r3", NEW, None), "Bỏ vòng «r3»: Vòng 3, từ 08:00"),
        (("/rounds", ["r1", "r2"], ["r2", "r1"]), 'Thứ tự các vòng: trước đây: ["r1", "r2"]; nay: ["r2", "r1"].'),
        (("/registration/required", True, False), "Đăng ký, bắt buộc: trước đây: có; nay: không."),
        (("/rounds/r2/time_limit_minutes", 12.5, 20), "Vòng «r2», số phút làm bài: trước đây: 12,5; nay: 20."),
        (("/rounds/r2/title", "2026-T", "T 2026 là năm của luật"), "trước đây: 2026-T; nay: T 2026 là năm của luật."),
    ],
)
def test_the_old_stands_beside_the_new(change, said):
    assert said in change_line(*change)


def test_every_member_that_can_change_has_words():
    assert {*OF_CONTEST, *OF_ROUND} <= MEMBERS.keys()
