"""Snapshots: what is sealed against itself, the hash before, and (while nothing was decided since) against the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, literal, or_, select

from quizsvc.attempts.decisions import Disqualification, Ruling
from quizsvc.contests.models import Board
from quizsvc.leaderboards.models import EVERYONE, Entry, Tally
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal
from quizsvc.verification.findings import Findings
from quizsvc.verification.plain_seals import Line, SealedCounts, SealedOrder, SealedText
from quizsvc.verification.rows import Reader, by_person
from quizsvc.verification.world import PlainBoard, PlainContest

Paths = Mapping[int | None, tuple[int, ...]]
COLUMNS = ("đơn vị", "điểm", "số câu đúng", "thời gian làm bài", "lúc nộp", "số lượt", "số lượt tuyệt đối")


def check_board_snapshots(
    reader: Reader, contest: PlainContest, board: PlainBoard, paths: Paths, findings: Findings
) -> None:
    """Every snapshot of a board, oldest first."""
    rows = _snapshots(reader, board)
    before: str | None = None
    for number, row in enumerate(rows, start=1):
        what = f"{board.name}, bản niêm phong số {row['number']}"
        findings.compare(f"{what}, số thứ tự", row["number"], number)
        findings.compare(f"{what}, mã băm của bản trước", row["previous_sha256"], before)
        before = row["sha256"]
        _check_one(reader, contest, board, row, what, paths, findings)
    if rows and _is_as_sealed(reader, contest, board, rows[-1]):
        _check_against_board(reader, board, rows[-1], findings)


def _snapshots(reader: Reader, board: PlainBoard) -> list[Mapping[str, Any]]:
    query = (
        select(Snapshot.__table__, reader.moment_of(Snapshot.made_at).label("made"), Board.subject)
        .join(Board, Board.id == Snapshot.board_id)
        .where(Snapshot.board_id == board.id)
    )
    return reader.mappings(query.order_by(Snapshot.number))


def check_actual(reader: Reader, contest: PlainContest, board: PlainBoard, findings: Findings) -> None:
    """The numbers that were predicted, in the newest snapshot, while nothing was decided since; all people are counted."""
    rows = _snapshots(reader, board)
    if not rows or rows[-1]["actual"] is None or not _is_as_sealed(reader, contest, board, rows[-1]):
        return
    actual, ids = rows[-1]["actual"], {found.name: found.id for found in contest.rounds}
    if actual["scope"] == "contest" and board.round_id is not None:
        return  # other rounds may have gone on since; the board of the contest has the same number
    target = ("participants", "attempts", "perfect_participants").index(actual["target"])
    for each in actual["values"]:
        whole = actual["scope"] == "contest"
        place = (None, None) if whole else (ids.get(each["round"], board.round_id), each["track"])
        counted = contest.guessed.get(place, [0] * 6)
        computed = counted[target] + (counted[3 + target] if actual["counts_voided"] else 0)
        what = f"{board.name}, bản niêm phong số {rows[-1]['number']}, số thực tế của câu dự đoán"
        findings.compare(what, each["value"], computed)


def _check_one(
    reader: Reader,
    contest: PlainContest,
    board: PlainBoard,
    row: Mapping[str, Any],
    what: str,
    paths: Paths,
    findings: Findings,
) -> None:
    opened = next((found.opened for found in contest.rounds if found.id == board.round_id), contest.opened)
    actual = [] if row["actual"] is None else [each["value"] for each in row["actual"]["values"]]
    ranking = [(key["key"], key["order"]) for key in row["ranking"]]
    order = SealedOrder(ranking, opened, row["draw_seed"], actual)
    text, counts, lines = SealedText(_header(row)), SealedCounts(paths), 0
    for values in reader.stream(_entries(reader, row["id"])):
        line = Line(values[0], values[1], values[2].replace("-", ""), *values[3:])
        lines += 1
        text.line(line)
        counts.add(line)
        for name, stored, computed in order.faults(line):
            findings.compare(f"{what}, người {line.person}, {name}", stored, computed)
    findings.figures += 3 * lines
    findings.compare(f"{what}, số dòng", row["entries"], lines)
    columns = [getattr(SnapshotTotal, name) for name in ("scope_id", "participants", "attempts", "score", "perfect")]
    query = select(*columns).where(SnapshotTotal.snapshot_id == row["id"]).order_by(SnapshotTotal.scope_id)
    totals = list(reader.stream(query))
    findings.compare(f"{what}, mã băm", row["sha256"], text.end(totals, row["groups"]))
    stored = {scope: [people, score, perfect] for scope, people, _, score, perfect in totals}
    for scope in sorted({*stored, *counts.totals}):
        there = (stored.get(scope, [0, 0, 0]), counts.totals.get(scope, [0, 0, 0]))
        findings.compare(f"{what}, phạm vi {scope}, (người, điểm, người đúng hết)", *there)
    _check_blocks(reader, row["id"], what, counts, findings)


def _header(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("number", "kind", "reason", "entries", "actual", "draw_seed", "prize_zone", "ranking", "previous_sha256")
    made_at = f"{row['made'][:10]}T{row['made'][11:26]}+00:00"
    return {name: row[name] for name in names} | {"board": row["subject"], "made_at": made_at}


def _entries(reader: Reader, snapshot_id: int) -> Any:
    columns = (
        SnapshotEntry.place,
        SnapshotEntry.rank,
        reader.text_of(SnapshotEntry.participant_id),
        SnapshotEntry.unit_id,
        SnapshotEntry.score,
        SnapshotEntry.correct_count,
        SnapshotEntry.duration_ms,
        reader.moment_of(SnapshotEntry.submitted_at),
        SnapshotEntry.predicted,
        SnapshotEntry.prediction_error,
        SnapshotEntry.attempts,
        SnapshotEntry.perfect_attempts,
    )
    return select(*columns).where(SnapshotEntry.snapshot_id == snapshot_id).order_by(SnapshotEntry.place)


def _check_blocks(reader: Reader, snapshot_id: int, what: str, counts: SealedCounts, findings: Findings) -> None:
    query = select(SnapshotBlock.scope_id, SnapshotBlock.block, SnapshotBlock.before).where(
        SnapshotBlock.snapshot_id == snapshot_id
    )
    stored = {(scope, block): before for scope, block, before in reader.stream(query)}
    findings.figures += len(stored)
    for scope, block in sorted(
        place for place in {*stored, *counts.blocks} if stored.get(place) != counts.blocks.get(place)
    ):
        place = (scope, block)
        what_block = f"{what}, phạm vi {scope}, số người đến hết khối {block}"
        findings.compare(what_block, stored.get(place), counts.blocks.get(place))


def _is_as_sealed(reader: Reader, contest: PlainContest, board: PlainBoard, newest: Mapping[str, Any]) -> bool:
    """Whether nothing has been played or decided since: only then must the board still be what was sealed."""
    made_at = newest["made_at"]
    rounds = [found.id for found in contest.rounds]
    since = (
        select(func.count())
        .select_from(Disqualification)
        .where(
            Disqualification.contest_id == contest.id,
            or_(Disqualification.decided_at >= made_at, Disqualification.lifted_at >= made_at),
        ),
        select(func.count())
        .select_from(Ruling)
        .where(Ruling.round_id.in_(rounds), or_(Ruling.decided_at >= made_at, Ruling.lifted_at >= made_at)),
    )
    sealed = select(SnapshotTotal.attempts).where(
        SnapshotTotal.snapshot_id == newest["id"], SnapshotTotal.scope_id == EVERYONE
    )
    now = select(func.sum(Tally.attempts)).where(Tally.board_id == board.id, Tally.scope_id == EVERYONE)
    return not any(reader.one(query) for query in since) and (reader.one(sealed) or 0) == (reader.one(now) or 0)


def _check_against_board(reader: Reader, board: PlainBoard, newest: Mapping[str, Any], findings: Findings) -> None:
    """Each line as the entry that it was made from."""
    what = f"{board.name}, bản niêm phong số {newest['number']}"
    tables: Sequence[tuple[Any, Any]] = (
        (Entry, Entry.board_id == board.id),
        (SnapshotEntry, SnapshotEntry.snapshot_id == newest["id"]),
    )
    streams = [
        reader.stream(
            select(
                reader.text_of(table.participant_id),
                literal(kind),
                table.unit_id,
                table.score,
                table.correct_count,
                table.duration_ms,
                reader.moment_of(table.submitted_at),
                table.attempts,
                table.perfect_attempts,
            )
            .where(condition)
            .order_by(table.participant_id)
        )
        for kind, (table, condition) in enumerate(tables)
    ]
    for person, rows in by_person(streams):
        _compare(f"{what}, người {person}", {row[1]: row[2:] for row in rows}, findings)


def _compare(what: str, found: Mapping[int, Sequence[Any]], findings: Findings) -> None:
    """``found``: the entry under 0, the sealed line under 1."""
    if 0 not in found or 1 not in found:
        findings.differ(f"{what}: {'đang có' if 1 in found else 'không có'} trong bản niêm phong, khác bảng xếp hạng")
    elif found[0] != found[1]:
        for name, entry, line in zip(COLUMNS, found[0], found[1], strict=True):
            findings.compare(f"{what}, {name}", line, entry)
    else:
        findings.figures += len(found[0])
