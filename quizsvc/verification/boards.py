"""What boards keep counted (tallies and rank cells) against what was counted again person by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.verification.findings import Findings
from quizsvc.verification.rows import Reader
from quizsvc.verification.world import FIGURES, PlainBoard

Sums = dict[tuple[int, int], int]
"""By scope and level the sum of ``hash(prefix)`` over the entries. Two different boards have the same sums by no chance
that one need think of, and sums take no room; what differs is looked at again cell by cell."""
LOOKED_AT = 20


def stored_cells(reader: Reader, board_id: int) -> Sums:
    sums: Sums = {}
    query = select(RankCell.scope_id, RankCell.level, RankCell.prefix, RankCell.entries).where(
        RankCell.board_id == board_id, RankCell.entries != 0
    )
    for scope, level, prefix, entries in reader.stream(query):
        sums[scope, level] = sums.get((scope, level), 0) + hash(prefix) * entries
    return sums


def check_board(
    reader: Reader,
    board: PlainBoard,
    stored: Sums,
    paths: Mapping[int | None, tuple[int, ...]],
    findings: Findings,
) -> None:
    """Compare one board, all of whose people have been counted."""
    by_scope: dict[int, list[int]] = {}
    for unit_id, figures in board.counted.items():
        for scope in paths[unit_id]:
            total = by_scope.setdefault(scope, [0] * len(figures))
            for column, figure in enumerate(figures):
                total[column] += figure
    _check_tallies(reader, board, by_scope, findings)
    computed = {
        (scope, level): figures[FIGURES + level]
        for scope, figures in by_scope.items()
        for level in range(len(board.ranking.cuts))
    }
    different: list[tuple[int, int]] = []
    for place in sorted({*computed, *stored}):
        findings.figures += 1
        if computed.get(place, 0) != stored.get(place, 0):
            different.append(place)
    _name_cells(reader, board, different, paths, findings)


def _check_tallies(reader: Reader, board: PlainBoard, by_scope: Mapping[int, Sequence[int]], findings: Findings) -> None:
    columns = (Tally.participants, Tally.attempts, Tally.score, Tally.perfect)
    query = select(Tally.scope_id, *(func.sum(column) for column in columns)).where(Tally.board_id == board.id)
    stored = {scope: tuple(map(int, sums)) for scope, *sums in reader.rows(query.group_by(Tally.scope_id))}
    for scope in sorted({*by_scope, *stored}):
        computed = tuple(by_scope.get(scope, ())[:FIGURES]) or (0, 0, 0, 0)
        what = f"{board.name}, phạm vi {scope}, (người, lượt, điểm, người đúng hết)"
        findings.compare(what, stored.get(scope, (0, 0, 0, 0)), computed)


def _name_cells(
    reader: Reader,
    board: PlainBoard,
    places: Sequence[tuple[int, int]],
    paths: Mapping[int | None, tuple[int, ...]],
    findings: Findings,
) -> None:
    """Say which cells differ, counting the stored entries (which have been compared themselves) once more."""
    for scope, level in places[:LOOKED_AT]:
        what = f"{board.name}, phạm vi {scope}, ô đếm mức {level}"
        units = {unit_id for unit_id, path in paths.items() if scope in path}
        cut = board.ranking.cuts[level] if 0 <= level < len(board.ranking.cuts) else None
        entries = select(Entry.unit_id, Entry.rank_key).where(Entry.board_id == board.id)
        computed: Counter[bytes] = Counter(
            key[:cut] for unit_id, key in reader.stream(entries) if unit_id in units and cut is not None
        )
        cells = select(RankCell.prefix, func.sum(RankCell.entries)).where(
            RankCell.board_id == board.id, RankCell.scope_id == scope, RankCell.level == level
        )
        stored = {prefix: int(count) for prefix, count in reader.rows(cells.group_by(RankCell.prefix)) if count}
        before = findings.total
        for prefix in sorted({*computed, *stored}):
            findings.compare(f"{what}, khóa {prefix.hex()}", stored.get(prefix, 0), computed[prefix])
        if findings.total == before:
            findings.differ(f"{what}: khớp với các dòng đang có trên bảng, nhưng không khớp với bảng tính lại")
    for scope, level in places[LOOKED_AT:]:
        findings.differ(f"{board.name}, phạm vi {scope}, ô đếm mức {level}: không khớp với bảng tính lại")
