from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.rules import Counts, Quota, RoundRules, Shown
from quizsvc.contests.rules_text import RANKING, RoundText, write
from tests.world import make_contest, round_document

RULES = RoundRules(
    time_limit_ms=750_000,
    attempts=3,
    counts=Counts.BEST,
    points_per_question=2,
    show_result=Shown.AT_ONCE,
    show_review=Shown.AFTER_ROUND,
    show_board=Shown.NEVER,
    prediction_prompt=None,
    quotas=(Quota("bau-cu", 12), Quota("tre-em", 3)),
    eligibility=Eligibility(),
)
WEEK = RoundText("Tuần 1", datetime(2026, 12, 1, 1, 0, tzinfo=UTC), datetime(2026, 12, 7, 17, 30, tzinfo=UTC), RULES)


def text_of(**changes: object) -> str:
    return write("Cuộc thi", "Tỉnh Nghệ An", [replace(WEEK, rules=replace(RULES, **changes))]).text


def test_what_the_rules_say():
    text = text_of()
    for said in (
        "THỂ LỆ\nCuộc thi\n",
        "Ban tổ chức\n- Tỉnh Nghệ An\n",
        "- Mọi người.\n",
        "Tuần 1\n",
        "từ 08:00 ngày 01/12/2026 đến trước 00:30 ngày 08/12/2026",
        "15 câu hỏi, làm trong 12 phút 30 giây",
        "Mỗi câu đúng 2 điểm",
        "tối đa 3; lượt đã bắt đầu là đã dùng; tính lượt có kết quả tốt nhất",
        "Điểm của mình: ngay sau khi nộp bài.",
        "Đáp án: sau khi vòng thi kết thúc.",
        "Bảng xếp hạng: không công bố trên ứng dụng.",
        RANKING,
    ):
        assert said in text
    assert "dự đoán" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"attempts": None}, "Số lượt: không giới hạn"),
        ({"counts": Counts.FIRST}, "tính lượt đầu tiên."),
        ({"counts": Counts.LAST}, "tính lượt cuối cùng."),
        ({"time_limit_ms": 900_000}, "làm trong 15 phút;"),
        ({"time_limit_ms": 20_000}, "làm trong 20 giây;"),
        ({"time_limit_ms": 5_400_000}, "làm trong 90 phút;"),
        ({"show_board": Shown.AT_ONCE}, "Bảng xếp hạng: cập nhật liên tục."),
        ({"show_board": Shown.AFTER_ROUND}, "Bảng xếp hạng: sau khi vòng thi kết thúc."),
        (
            {"show_board": Shown.AT_ONCE, "prediction_prompt": "Bao nhiêu người?"},
            "Bảng xếp hạng: sau khi vòng thi kết thúc.",
        ),
        ({"prediction_prompt": "Bao nhiêu người?"}, "Câu dự đoán (không tính điểm): Bao nhiêu người?"),
        ({"eligibility": Eligibility(14, False)}, "Người từ đủ 14 tuổi tại thời điểm dự thi."),
        ({"eligibility": Eligibility(14, True)}, "Người từ đủ 14 tuổi tại thời điểm dự thi, đã chọn đơn vị tham gia."),
        ({"eligibility": Eligibility(None, True)}, "Mọi người, đã chọn đơn vị tham gia."),
    ],
)
def test_each_rule_is_said(changes, said):
    assert said in text_of(**changes)
    assert said not in text_of()


def test_a_round_that_ends_in_the_middle_of_a_minute():
    closes_at = datetime(2026, 12, 7, 16, 59, 59, tzinfo=UTC)
    text = write("Cuộc thi", "Tỉnh Nghệ An", [replace(WEEK, closes_at=closes_at)]).text
    assert "từ 08:00 ngày 01/12/2026 đến trước 23:59:59 ngày 07/12/2026" in text


def test_the_hash_is_of_the_text_and_the_html_says_the_same():
    written = write("Luật & <đời>", "Tỉnh Nghệ An", [WEEK, replace(WEEK, title="Tuần 2")])
    assert written.sha256 == hashlib.sha256(written.text.encode()).hexdigest()
    assert "<đời>" not in written.html
    assert "Luật &amp; &lt;đời&gt;" in written.html
    words = re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", written.html)))
    assert [word.casefold() for word in words] == [word.casefold() for word in re.findall(r"\w+", written.text)]


def test_the_rules_over_http(phone, clock):
    rounds = [round_document(clock.now), round_document(clock.now, round="r2", title="Vòng <2>", attempts=2)]
    make_contest(clock.now, *rounds, title="Tìm hiểu pháp luật", eligibility={"min_age": 16})
    rules = phone.get("/api/v1/contests/thi/rules").json
    assert rules["version"] == 1
    assert rules["sha256"] == hashlib.sha256(rules["text"].encode()).hexdigest()
    for said in ("Tìm hiểu pháp luật", "Tỉnh Nghệ An", "từ đủ 16 tuổi", "Vòng 1\n", "Vòng <2>\n", "tối đa 2"):
        assert said in rules["text"]
    assert "Vòng &lt;2&gt;" in rules["html"]
    assert phone.get("/api/v1/contests/khac/rules").status_code == 404
