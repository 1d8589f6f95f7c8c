"""Whether what the service acknowledged is what it shows afterwards, seen from outside, by every player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizsvc.demo.phone import Phone, Surprise
from quizsvc.demo.playing import Player, Sitting

LOOK = "Xem lại"


@dataclass(frozen=True)
class Boards:
    """The closed round as everyone may see it."""

    entries: list[dict[str, Any]]
    units: list[dict[str, Any]]

    @property
    def shared(self) -> list[list[dict[str, Any]]]:
        """Entries that stand at one rank together, best first."""
        ranks: dict[int, list[dict[str, Any]]] = {}
        for entry in self.entries:
            ranks.setdefault(entry["rank"], []).append(entry)
        return [together for together in ranks.values() if len(together) > 1]


def look_at_boards(phone: Phone, round_id: str) -> Boards:
    """Read both boards to their end."""
    return Boards(
        list(phone.pages(LOOK, f"/rounds/{round_id}/leaderboard")), list(phone.pages(LOOK, f"/rounds/{round_id}/units"))
    )


def check_player(player: Player) -> None:
    """Compare one person's attempts with what they were told; differences become their faults."""
    try:
        listed = list(player.phone.pages(LOOK, f"/rounds/{player.game.round_id}/attempts"))
        ours = [sitting.id for sitting in player.sittings]
        if sorted(attempt["id"] for attempt in listed) != sorted(ours):
            player.fault(f"có {len(listed)} lượt thi được lưu, chỉ biết {len(ours)}")
        for sitting in player.sittings:
            _check_sitting(player, sitting)
    except Surprise as surprise:
        player.fault(str(surprise))
    finally:
        player.phone.put_down()


def _check_sitting(player: Player, sitting: Sitting) -> None:
    stored = player.phone.ask(LOOK, "GET", f"/attempts/{sitting.id}")
    if stored["answers"] != sitting.answers:
        player.fault(f"lượt {sitting.id}: câu trả lời đang lưu khác câu trả lời đã được báo là lưu")
    result = stored["result"]
    if sitting.submission is not None:
        if result != sitting.submission:
            player.fault(f"lượt {sitting.id}: kết quả đang lưu khác kết quả đã được báo khi nộp")
    elif stored["state"] != "expired" or result is None:
        player.fault(f"lượt {sitting.id}: không nộp, hết giờ, mà đang ở trạng thái {stored['state']}")
    elif result["submitted_at"] != stored["deadline_at"]:
        player.fault(f"lượt {sitting.id}: hết giờ lúc {stored['deadline_at']} mà ghi là {result['submitted_at']}")
    # By the banks' own texts: this also finds an answer stored as another choice than the one that was ticked.
    studied, answers = player.game.studied, sitting.answers
    right = sum(answers.get(question["id"]) == studied.right(question) for question in sitting.questions)
    if result is not None and result["correct_count"] != right:
        player.fault(f"lượt {sitting.id}: chấm {result['correct_count']} câu đúng, theo ngân hàng câu hỏi là {right}")


def board_faults(boards: Boards, players: Sequence[Player]) -> list[str]:
    """What the boards say against what was played and against the ranking rule."""
    played = [player for player in players if player.sittings]
    sums = [sum(row[figure] for row in boards.units) for figure in ("participants", "attempts", "score")]
    expected = [len(played), sum(len(player.sittings) for player in played), sum(row["score"] for row in boards.entries)]
    checks: list[tuple[str, object, object]] = [
        ("số người trên bảng xếp hạng", len(boards.entries), len(played)),
        ("thứ hạng", [entry["rank"] for entry in boards.entries], _ranks(boards.entries, _place)),
        ("(người, lượt, điểm) cộng từ các đơn vị", sums, expected),
        ("thứ hạng đơn vị", [row["rank"] for row in boards.units], _ranks(boards.units, _unit_place)),
    ]
    return [f"{what}: bảng ghi {shown}, đúng ra là {right}" for what, shown, right in checks if shown != right]


def _place(entry: dict[str, Any]) -> tuple[Any, ...]:
    return -entry["score"], entry["duration_ms"], datetime.fromisoformat(entry["submitted_at"])


def _unit_place(row: dict[str, Any]) -> tuple[Any, ...]:
    return -row["participants"], -row["score"]


def _ranks(rows: Sequence[dict[str, Any]], place: Callable[[dict[str, Any]], tuple[Any, ...]]) -> list[int]:
    """1 and the number of rows that stand better: counted, not walked."""
    places = [place(row) for row in rows]
    return [1 + sum(other < mine for other in places) for mine in places]


def time_faults(players: Sequence[Player], limit_seconds: float) -> list[str]:
    """Nobody may have been given more time than the rules give."""
    return [
        f"lượt {sitting.id} được tính {sitting.submission['duration_ms']} ms, quá thời gian cho phép"
        for player in players
        for sitting in player.sittings
        if sitting.submission is not None and sitting.submission["duration_ms"] > limit_seconds * 1000
    ]
