"""The published rules say everything that the configuration says, and nothing that it does not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizsvc.contests.eligibility import Eligibility, Participation, ParticipationRule, TrackRule, When
from quizsvc.contests.ranking_keys import KINDS, Order, RankingKey
from quizsvc.contests.rules import (
    Abandoned,
    ContestRules,
    Counts,
    Limits,
    Overall,
    Paper,
    Partial,
    Phase,
    Prediction,
    Prize,
    Quota,
    RepeatWinners,
    RoundRules,
    Scope,
    Shown,
    Target,
    Whose,
    Window,
)
from quizsvc.contests.rules_text import ContestText, RoundText, write
from tests.world import make_contest, round_document

RULES = RoundRules(
    time_limit_ms=750_000,
    limits=Limits(per_round=3),
    counts=Counts.BEST,
    points=(2, 2, 2),
    show_result=Shown.AT_ONCE,
    show_review=Shown.AFTER_ROUND,
    show_board=Shown.NEVER,
    papers=(Paper((Quota("bau-cu", 12), Quota("tre-em", 3))),),
    eligibility=Eligibility(),
)
WEEK = RoundText("Tuần 1", datetime(2026, 12, 1, 1, 0, tzinfo=UTC), datetime(2026, 12, 7, 17, 30, tzinfo=UTC), RULES)
CONTEST = ContestText("Cuộc thi", "Tỉnh Nghệ An", ContestRules(), {"tuan-1": WEEK}, units={"40": "Tỉnh Nghệ An"})
USUAL = (
    "Xét lần lượt: (1) điểm cao hơn đứng trước; (2) thời gian làm bài ít hơn đứng trước; (3) người nộp sớm hơn đứng trước. "
    "Kết quả bằng nhau ở tất cả các mục thì đồng hạng."
)


def text_of(**changes: Any) -> str:
    """Of a contest of one round whose rules have these changes."""
    return write(replace(CONTEST, rounds={"tuan-1": replace(WEEK, rules=replace(RULES, **changes))})).text


def contest_text(**changes: Any) -> str:
    return write(replace(CONTEST, rules=replace(ContestRules(), **changes))).text


def test_what_the_rules_say():
    text = text_of()
    for said in (
        "THỂ LỆ\nCuộc thi\nPhiên bản 1\n",
        "Ban tổ chức\n- Tỉnh Nghệ An\n",
        "- Mọi người.\n",
        "Tuần 1\n",
        "từ 08:00 ngày 01/12/2026 đến trước 00:30 ngày 08/12/2026",
        "15 câu hỏi, làm trong 12 phút 30 giây",
        "Câu hỏi: bốc ngẫu nhiên cho từng lượt thi.",
        "Mỗi câu đúng 2 điểm; câu có nhiều đáp án phải chọn đúng tất cả và không thừa.",
        "tối đa 3; lượt đã bắt đầu là đã dùng; tính lượt có kết quả tốt nhất",
        "Điểm của mình: ngay sau khi nộp bài.",
        "Đáp án: sau khi vòng thi kết thúc.",
        "Bảng xếp hạng: không công bố trên ứng dụng.",
        USUAL,
        "Nhận khiếu nại trong 72 giờ",
    ):
        assert said in text
    for unsaid in ("dự đoán", "Đăng ký", "Bảng thi", "Giải", "Sửa đổi", "chung", "thử", "cả cuộc thi"):
        assert unsaid not in text


ASKED = Prediction("Bao nhiêu người?")
BOARD_AFTER = "Bảng xếp hạng: sau khi vòng thi kết thúc."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"limits": Limits()}, "Số lượt: không giới hạn"),
        ({"limits": Limits(1), "counts": Counts.ONLY}, "Số lượt: một lượt duy nhất; "),
        ({"limits": Limits(3, abandoned=Abandoned.FREE)}, "lượt bỏ dở (không nộp bài) không mất lượt và không được tính"),
        ({"limits": Limits(3, 1)}, "Mỗi người tối đa 1 lượt một ngày, cùng với giới hạn của từng vòng."),
        ({"limits": Limits(3, None, 7, 20)}, "tối đa 7 lượt một tuần (từ thứ Hai), 20 lượt trong cả cuộc thi"),
        ({"counts": Counts.FIRST}, "tính lượt đầu tiên."),
        ({"counts": Counts.LAST}, "tính lượt cuối cùng."),
        ({"time_limit_ms": 900_000}, "làm trong 15 phút;"),
        ({"time_limit_ms": 20_000}, "làm trong 20 giây;"),
        ({"time_limit_ms": 5_400_000}, "làm trong 90 phút;"),
        ({"question_ms": 30_000}, "15 câu hỏi, mỗi câu 30 giây, hết giờ tự chuyển sang câu sau và không quay lại;"),
        ({"question_ms": 7_500}, "mỗi câu 7,5 giây,"),
        ({"points": (1, 2, 5)}, "Mỗi câu đúng: 1 điểm (dễ), 2 điểm (trung bình), 5 điểm (khó);"),
        ({"partial": Partial.NO_WRONG}, "chọn sai một đáp án thì không có điểm."),
        ({"partial": Partial.RIGHT_MINUS_WRONG}, "số đáp án đúng trừ số đáp án sai đã chọn, thấp nhất là không điểm."),
        ({"papers": (Paper((Quota("bau-cu", 5),), None, True),)}, "Câu hỏi: mọi người cùng một bộ."),
        ({"show_board": Shown.AT_ONCE}, "Bảng xếp hạng: cập nhật liên tục."),
        ({"show_board": Shown.AFTER_ROUND}, BOARD_AFTER),
        ({"show_board": Shown.AFTER_CONTEST}, "Bảng xếp hạng: sau khi cuộc thi kết thúc."),
        ({"show_board": Shown.AFTER_FINAL}, "Bảng xếp hạng: sau khi công bố kết quả chính thức."),
        ({"show_board": Shown.AT_ONCE, "prediction": ASKED}, BOARD_AFTER),
        (
            {"show_board": Shown.AFTER_ROUND, "prediction": replace(ASKED, scope=Scope.CONTEST)},
            "Bảng xếp hạng: sau khi cuộc thi kết thúc.",
        ),
        ({"prediction": ASKED}, "Câu dự đoán (không tính điểm): Bao nhiêu người?"),
        (
            {"prediction": ASKED},
            (
                "số người trả lời đúng tất cả các câu hỏi trong vòng thi này, không đếm người bị hủy kết quả. "
                "Người có nhiều lượt: lấy dự đoán của lượt được tính."
            ),
        ),
        (
            {"prediction": Prediction("Bao nhiêu?", Target.ATTEMPTS, Scope.CONTEST, True, Whose.NEAREST)},
            (
                "số lượt thi trong cả cuộc thi, có đếm người bị hủy kết quả. "
                "Người có nhiều lượt: lấy dự đoán gần số thực tế nhất."
            ),
        ),
        (
            {"prediction": replace(ASKED, target=Target.PARTICIPANTS, scope=Scope.TRACK, whose=Whose.FIRST)},
            "số người dự thi trong bảng thi của người dự đoán ở vòng này",
        ),
        ({"ranking": (RankingKey("attempts", Order.HIGH),)}, "Dùng nhiều lượt thi hơn đứng trước; bằng nhau thì đồng hạng."),
        ({"prizes": (Prize("nhat", "Giải nhất", 2, 1_500_000),)}, "Giải nhất: 2 giải, mỗi giải 1.500.000 đồng."),
        ({"prizes": (Prize("lan", "Lan tỏa", 2, by_committee=True),)}, "Lan tỏa: 2 giải, do ban tổ chức chọn."),
        ({"needs_registration": True}, "Phải đăng ký trước mới được thi vòng này."),
        ({"eligibility": Eligibility(14, False)}, "Người từ đủ 14 tuổi tại thời điểm dự thi."),
        ({"eligibility": Eligibility(14, True)}, "Người từ đủ 14 tuổi tại thời điểm dự thi, đã chọn đơn vị tham gia."),
        ({"eligibility": Eligibility(None, True)}, "Mọi người, đã chọn đơn vị tham gia."),
        ({"eligibility": Eligibility(14, max_age=35)}, "Người từ đủ 14 tuổi đến 35 tuổi tại thời điểm dự thi."),
        ({"eligibility": Eligibility(units=("40",))}, "Mọi người, thuộc Tỉnh Nghệ An."),
        ({"eligibility": Eligibility(occupations=("pupil", "student"))}, "- Học sinh, sinh viên."),
        (
            {"eligibility": Eligibility(15, occupations=("pupil",))},
            "- Người từ đủ 15 tuổi tại thời điểm dự thi là học sinh.",
        ),
    ],
)
def test_each_rule_is_said(changes, said):
    assert said in text_of(**changes)
    assert said not in text_of()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"complaint_hours": 48}, "Nhận khiếu nại trong 48 giờ"),
        ({"complaint_hours": 0}, "Không nhận khiếu nại về kết quả."),
        ({"repeat_winners": RepeatWinners.FIRST}, "chỉ nhận một giải, là giải đạt được đầu tiên"),
        ({"repeat_winners": RepeatWinners.HIGHEST}, "chỉ nhận một giải, là giải cao nhất đạt được"),
        ({"overall": Overall.NONE}, "Không có bảng xếp hạng chung của cả cuộc thi."),
        ({"prizes": (Prize("nhat", "Giải nhất", 1),)}, "Giải thưởng của cuộc thi\n- Giải nhất: 1 giải."),
        (
            {"registration": Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC))},
            "Đăng ký\n- Đăng ký từ 07:00 ngày 01/11/2026 đến trước 00:00 ngày 01/12/2026.\n- Không đăng ký vẫn được dự thi.",
        ),
    ],
)
def test_each_rule_of_the_contest_is_said(changes, said):
    assert said in contest_text(**changes)
    assert said not in contest_text()


def test_several_rounds_make_a_board_of_the_contest():
    two = replace(CONTEST, rounds={"tuan-1": WEEK, "tuan-2": replace(WEEK, title="Tuần 2")})
    assert "Bảng xếp hạng chung: cộng kết quả các vòng.\n" in write(two).text
    best = replace(two, rules=ContestRules(Overall.BEST, (RankingKey("draw", Order.LOW),)))
    said = "Bảng xếp hạng chung: lấy kết quả ở vòng tốt nhất. Bốc thăm ngẫu nhiên có ghi lại hạt giống; bằng nhau"
    assert said in write(best).text


def test_a_round_that_ranks_otherwise_says_so():
    other = replace(WEEK, title="Tuần 2", rules=replace(RULES, ranking=(RankingKey("attempts", Order.LOW),)))
    text = write(replace(CONTEST, rounds={"tuan-1": WEEK, "tuan-2": other})).text
    assert "Xếp hạng vòng này: Dùng ít lượt thi hơn đứng trước;" in text.split("Tuần 2")[1]
    assert "Xếp hạng vòng này" not in text.split("Tuần 2")[0]
    assert f"Các vòng không ghi cách xếp hạng riêng: {USUAL}" in text


def test_a_trial_says_that_it_does_not_count():
    trial = replace(WEEK, title="Thi thử", rules=replace(RULES, phase=Phase.TRIAL))
    text = write(replace(CONTEST, rounds={"thu": trial, "tuan-1": WEEK})).text
    assert "mọi kết quả bị xóa khi vòng chính thức đầu tiên mở" in text.split("Tuần 1")[0]
    assert "Bảng xếp hạng chung" not in text  # one round alone counts


def test_tracks_and_classes():
    asked = Eligibility(
        participation=(
            ParticipationRule(Participation.EXCLUDED, When(lists=("ban-to-chuc",)), "Ra đề"),
            ParticipationRule(Participation.MANDATORY, When(occupations=("official",), units=("40",)), "Kế hoạch"),
            ParticipationRule(Participation.UNRANKED, When(min_age=60), "Khách mời"),
        ),
        tracks=(TrackRule("a", "Bảng A", When(max_age=17)), TrackRule("b", "Bảng B", When())),
    )
    papers = (Paper((Quota("bau-cu", 5),)), Paper((Quota("tre-em", 7),), "a"))
    text = text_of(eligibility=asked, papers=papers, prizes=(Prize("nhat", "Giải nhất", 1, track="a"),))
    for said in (
        "Không được dự thi: người có tên trong danh sách «ban-to-chuc». Lý do: Ra đề",
        "Bắt buộc dự thi: người cán bộ, công chức, viên chức, thuộc Tỉnh Nghệ An. Lý do: Kế hoạch",
        "Được thi nhưng không xếp hạng: người từ đủ 60 tuổi tại thời điểm dự thi. Lý do: Khách mời",
        "thì theo mục đứng trước",
        "Bảng thi\n- Bảng A: người đến 17 tuổi tại thời điểm dự thi.\n- Bảng B: mọi người còn lại.",
        "Bài thi: bảng thi Bảng A 7 câu hỏi, các bảng khác 5 câu hỏi, làm trong",
        "Giải nhất (bảng thi Bảng A): 1 giải.",
    ):
        assert said in text


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_key_is_said_in_its_own_words(kind):
    for order, words in ((Order.HIGH, kind.high_says), (Order.LOW, kind.low_says)):
        keys = (RankingKey("score", Order.HIGH), RankingKey(kind.name, order))
        assert f"(2) {words}" in text_of(ranking=keys)


def test_a_round_that_ends_in_the_middle_of_a_minute():
    closes_at = datetime(2026, 12, 7, 16, 59, 59, tzinfo=UTC)
    text = write(replace(CONTEST, rounds={"tuan-1": replace(WEEK, closes_at=closes_at)})).text
    assert "từ 08:00 ngày 01/12/2026 đến trước 23:59:59 ngày 07/12/2026" in text


def test_the_hash_is_of_the_text_and_the_html_says_the_same():
    written = write(replace(CONTEST, title="Luật & <đời>", rounds={"1": WEEK, "2": replace(WEEK, title="Tuần 2")}))
    assert written.sha256 == hashlib.sha256(written.text.encode()).hexdigest()
    assert "<đời>" not in written.html
    assert "Luật &amp; &lt;đời&gt;" in written.html
    words = re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", written.html)))
    assert [word.casefold() for word in words] == [word.casefold() for word in re.findall(r"\w+", written.text)]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_two_rounds_that_differ_in_a_choice_differ_in_their_text(data):
    one = data.draw(st.builds(Prediction, prompt=st.just("Bao nhiêu?")))
    other = data.draw(st.builds(Prediction, prompt=st.just("Bao nhiêu?")))
    shown = dict.fromkeys(("show_result", "show_review"), st.sampled_from(Shown))
    first, second = (
        {"counts": data.draw(st.sampled_from(Counts)), "partial": data.draw(st.sampled_from(Partial)), "prediction": asked}
        | {name: data.draw(choice) for name, choice in shown.items()}
        for asked in (one, other)
    )
    assert (text_of(**first) == text_of(**second)) == (first == second)
    assert {field.name for field in fields(RoundRules)} >= first.keys()


def test_the_rules_over_http(phone, clock):
    rounds = [round_document(clock.now), round_document(clock.now, round="r2", title="Vòng <2>", attempts=2)]
    asked = {"min_age": 16, "units": ["40"]}
    make_contest(clock.now, *rounds, title="Tìm hiểu pháp luật", eligibility=asked)
    rules = phone.get("/api/v1/contests/thi/rules").json
    assert rules["version"] == 1
    assert rules["sha256"] == hashlib.sha256(rules["text"].encode()).hexdigest()
    for said in ("Tìm hiểu pháp luật", "Tỉnh Nghệ An", "từ đủ 16 tuổi", "Vòng 1\n", "Vòng <2>\n", "tối đa 2"):
        assert said in rules["text"]
    assert ", thuộc Tỉnh Nghệ An." in rules["text"]
    assert "Vòng &lt;2&gt;" in rules["html"]
    assert phone.get("/api/v1/contests/khac/rules").status_code == 404
