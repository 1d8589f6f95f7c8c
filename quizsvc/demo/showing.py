"""The tables at the end of the demo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from quizsvc.demo.checking import LOOK, Boards
from quizsvc.demo.citizens import Manner
from quizsvc.demo.phone import Tally
from quizsvc.demo.playing import Player

ORDER = ("Đăng nhập", "Chọn đơn vị", "Vào thi", "Lưu bài", "Nộp bài", LOOK)
TOP = 10
SHARED = 3


def show_manners(console: Console, players: Sequence[Player]) -> None:
    """What became of each manner of playing."""
    table = _table("Chuyện đã xảy ra", "Cách chơi", "Người", "Lượt", "Đã nộp", "Hết giờ, chấm bài đã lưu", "Đến khi đã đóng")
    for manner in Manner:
        people = [player for player in players if player.citizen.manner is manner]
        sittings = [sitting for player in people for sitting in player.sittings]
        submitted = sum(sitting.submission is not None for sitting in sittings)
        table.add_row(
            manner.value,
            *map(str, (len(people), len(sittings), submitted, len(sittings) - submitted)),
            str(sum(not player.sittings for player in people)),
        )
    console.print(table)


def show_answers(console: Console, tally: Tally) -> None:
    """How the service answered the players' calls."""
    table = _table("Máy chủ đã trả lời", "Việc", "Trả lời", "Số lần")
    for (call, kind), count in sorted(tally.counts.items(), key=lambda item: (ORDER.index(item[0][0]), item[0][1])):
        table.add_row(call, kind, str(count))
    table.columns[1].justify = "left"
    console.print(table)


def show_board(console: Console, boards: Boards) -> None:
    """The top of the board, and some of those who share a rank."""
    console.print(_entries(f"Bảng xếp hạng ({len(boards.entries)} người)", boards.entries[:TOP]))
    if boards.shared:
        equal = [entry for together in boards.shared[:SHARED] for entry in together]
        console.print(_entries("Kết quả bằng nhau thì đồng hạng", equal))


def _entries(title: str, entries: Sequence[dict[str, Any]]) -> Table:
    table = _table(title, "Họ tên", "Hạng", "Điểm", "Thời gian (s)", "Đơn vị")
    for entry in entries:
        seconds = f"{entry['duration_ms'] / 1000:.3f}".replace(".", ",")
        table.add_row(entry["display_name"], str(entry["rank"]), str(entry["score"]), seconds, entry["unit_name"])
    table.columns[-1].justify = "left"
    return table


def show_units(console: Console, boards: Boards) -> None:
    """The first units: people, attempts, points."""
    taking_part = [row for row in boards.units if row["participants"]]
    table = _table(f"Đơn vị ({len(taking_part)} có người dự thi)", "Đơn vị", "Hạng", "Người", "Lượt", "Điểm")
    for row in taking_part[:TOP]:
        table.add_row(row["unit"]["name"], *(str(row[name]) for name in ("rank", "participants", "attempts", "score")))
    console.print(table)


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
