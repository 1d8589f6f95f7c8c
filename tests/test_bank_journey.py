"""From a Word file on an organizer's desk to a question that a citizen answers: every step over HTTP."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import docx

from tests.organizers.people import give
from tests.world import THANH_VINH, Player, round_document

WHY = "Theo kế hoạch của tổ soạn câu hỏi"
RIGHT = ["Mười tám tuổi", "Năm năm"]
ASKED = [
    ("Công dân đủ bao nhiêu tuổi thì có quyền bầu cử?", ["Mười sáu tuổi", "Mười tám tuổi", "Hai mươi mốt tuổi"]),
    ("Nhiệm kỳ của Hội đồng nhân dân mỗi khóa là bao lâu?", ["Năm năm", "Bốn năm", "Ba năm", "Sáu năm"]),
    ("Câu hỏi này người soạn quên đánh dấu đáp án?", ["Phương án một", "Phương án hai"]),
]


def word_file() -> bytes:
    """Three questions, the right choice in bold; the last one has none."""
    document = docx.Document()
    for number, (question, choices) in enumerate(ASKED, 1):
        document.add_paragraph(f"Câu {number}. {question}")
        for letter, choice in zip("ABCD", choices, strict=False):
            document.add_paragraph().add_run(f"{letter}. {choice}").bold = choice in RIGHT
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def upload(player: Player, path: str, data: bytes, **more: str) -> Any:
    form = {"file": (io.BytesIO(data), "câu hỏi.docx"), "reason": WHY} | more
    return player.client.post(f"/api/v1{path}", data=form, headers=player.headers)


def test_from_a_word_file_to_a_played_round(phone, clock):
    author, reviewer, owner = (Player(phone, number, f"Cán bộ {number}") for number in (81, 82, 83))
    for player, role in ((author, "author"), (reviewer, "reviewer"), (owner, "owner")):
        give(player, role)
    unit = author.get("/manage/me").json["roles"][0]["unit"]["id"]
    bank = {"code": "to-soan", "title": "Câu hỏi của tổ soạn", "unit": {"id": unit}, "reason": WHY}
    assert author.call("POST", "/manage/banks", bank).status_code == 201
    data, imports = word_file(), "/manage/banks/to-soan/imports"

    seen = upload(author, f"{imports}?dry_run=true", data).json
    assert (seen["questions"], seen["accepted"], seen["rejected"]) == (3, 2, 1)
    assert [row["correct"] for row in seen["rows"]] == [["B"], ["A"], []]
    assert "no-key" in seen["rows"][2]["codes"]
    assert seen["file_sha256"] == hashlib.sha256(data).hexdigest()
    refused = upload(author, imports, data, file_sha256=seen["file_sha256"])
    assert refused.status_code in (409, 422)
    taken = upload(author, imports, data, file_sha256=seen["file_sha256"], accept="accepted")
    assert taken.status_code == 200, taken.text

    questions = "/manage/banks/to-soan/questions"
    drafts = reviewer.get(f"{questions}?state=draft").json["items"]
    assert [draft["text"] for draft in drafts] == [question for question, _ in ASKED[:2]]
    assert {draft["correct"] for draft in drafts} == {None}
    paper = [{"bank": "to-soan", "count": 2}]
    later = round_document(clock.now + timedelta(hours=1), paper=paper)
    contest = {"contest": "thi", "title": "Cuộc thi", "organizer": "40", "rounds": [later]}
    assert owner.call("POST", "/manage/contests", contest).status_code == 422  # nothing may be drawn yet
    for draft in drafts:
        letter = "ABCD"[next(place for place, choice in enumerate(draft["choices"]) if choice in RIGHT)]
        answer = reviewer.call("POST", f"{questions}/{draft['question']}/reviews", {"answered": [letter]})
        assert answer.json["state"] == "reviewed"
    names = [draft["question"] for draft in drafts]
    approval = {"questions": names, "reason": WHY}
    assert author.call("POST", "/manage/banks/to-soan/approvals", approval).status_code == 403
    assert reviewer.call("POST", "/manage/banks/to-soan/approvals", approval).json == {"approved": names}

    assert owner.call("POST", "/manage/contests", contest).status_code == 201
    assert owner.call("POST", "/manage/contests/thi/publish", {"reason": WHY}).status_code == 200
    clock.advance(minutes=65)
    citizen = Player(phone, 1).in_unit(THANH_VINH)
    attempt = citizen.start().json
    answers = {
        asked["id"]: [choice["id"] for choice in asked["choices"] if choice["text"] in RIGHT]
        for asked in attempt["questions"]
    }
    assert citizen.submit(attempt, answers=answers).json["correct_count"] == 2
