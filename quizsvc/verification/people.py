"""One contest, person by person: their attempts marked again, their entries worked out again; each is then forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from quizsvc.verification.findings import Findings
from quizsvc.verification.plain import (
    Mark,
    Outcome,
    counted,
    duration_ms,
    receipt_of,
    receipt_text,
    together,
)
from quizsvc.verification.rows import ATTEMPT, ENTRY, ENTRY_COLUMNS, Reader, Row, Share, by_person
from quizsvc.verification.world import PlainBoard, PlainContest, PlainRound

Played = dict[int, list[tuple[Outcome, str | None]]]
"""By round what counts of a person's attempts, with the track of each."""
NOTHING: frozenset[int | None] = frozenset()
Made = tuple[Any, ...]
"""An entry as the database must have it: ``ENTRY_COLUMNS``."""
EVERY = 5000
"""After so many people progress is told."""


class ContestCheck:
    """Compares what is stored of a contest for a share of the people, and counts what boards must add up to."""

    def __init__(self, contest: PlainContest, findings: Findings, progress: Callable[[int], None]) -> None:
        self._contest, self._findings, self._progress = contest, findings, progress
        self._rounds = {found.id: found for found in contest.rounds}
        self._names = {found.id: json.dumps(found.name, ensure_ascii=False) for found in contest.rounds}
        self._of_round = {
            found.id: [board for board in contest.boards if board.round_id == found.id] for found in contest.rounds
        }
        self._totals = [board for board in contest.boards if board.round_id is None]
        self._asks = contest.asks
        self._board_of = {board.id: board for board in contest.boards}

    def run(self, reader: Reader, share: Share) -> None:
        streams: list[Iterator[Row]] = [reader.attempts(found.id, share) for found in self._contest.rounds]
        streams += [reader.entries(board.id, share) for board in self._contest.boards]
        if any(board.ranking.uses_registration for board in self._contest.boards):
            streams.append(reader.registrations(self._contest.id, share))
        for seen, (person, rows) in enumerate(by_person(streams), start=1):
            self._person(person, rows)
            if not seen % EVERY:
                self._progress(self._findings.attempts)

    def _person(self, person: str, rows: Iterable[Row]) -> None:
        played: Played = {}
        voided: Played = {}
        stored: dict[int, Row] = {}
        registered = None
        out = self._contest.disqualified.get(person, NOTHING)
        for row in rows:
            if row[1] == ATTEMPT:
                outcome = self._attempt(self._rounds[row[2]], row)
                if outcome is not None:
                    counts = voided if out and out.intersection((None, row[2])) else played
                    counts.setdefault(row[2], []).append((outcome, row[8]))
            elif row[1] == ENTRY:
                stored[row[2]] = row
            else:
                registered = row[3]
        if self._asks:
            self._count_guessed(played, voided)
        if played or stored:
            self._compare_entries(person, self._entries(played, registered), stored)

    def _count_guessed(self, played: Played, voided: Played) -> None:
        """Count someone into what predictions ask for: of each round and track, and of all official rounds together."""
        both = [
            (found, played.get(found.id, []), voided.get(found.id, []))
            for found in self._contest.rounds
            if found.id in played or found.id in voided
        ]
        for found, valid, void in both:
            for track in {None, *(track for _, track in (*valid, *void))}:
                here = [[each for each, where in some if track in (None, where)] for some in (valid, void)]
                self._add((found.id, track), *here)
        official = [each for each in both if each[0].rules["phase"] == "official"]
        self._add(
            (None, None),
            [outcome for _, valid, _ in official for outcome, _ in valid],
            [outcome for _, _, void in official for outcome, _ in void],
        )

    def _add(self, place: tuple[int | None, str | None], valid: Sequence[Outcome], void: Sequence[Outcome]) -> None:
        total = self._contest.guessed.setdefault(place, [0] * 6)
        perfect, other = (any(outcome.is_perfect for outcome in some) for some in (valid, void))
        total[0] += bool(valid)
        total[1] += len(valid)
        total[2] += perfect
        total[3] += bool(void) and not valid
        total[4] += len(void)
        total[5] += other and not perfect

    def _attempt(self, found: PlainRound, row: Sequence[Any]) -> Outcome | None:
        """Compare one attempt and its receipt; what it may count for."""
        (_, _, _, number, attempt_id, state, is_graded, is_ranked, _, unit_id, paper, answers) = row[:12]
        predicted, started, ended, lasted, score, most, correct, questions, *receipt = row[12:]
        findings = self._findings
        findings.attempts += 1
        if not is_graded:
            findings.differ(f"lượt {attempt_id}: đã kết thúc nhưng chưa được chấm (chạy quizsvc sweep rồi kiểm lại)")
            return None
        try:
            mark = found.marker.mark(paper, answers)
        except (ValueError, KeyError):  # a paper or answers that do not even have their form
            findings.differ(f"lượt {attempt_id}, bài làm: đang lưu không đọc được, phải đọc được")
            mark = Mark(0, most, 0, questions)
        computed = duration_ms(started, ended)
        if (score, most, correct, questions, lasted) == (*mark, computed):
            findings.figures += 5
        else:
            names = ("điểm", "điểm tối đa", "số câu đúng", "số câu", "thời gian làm bài")
            for name, here, there in zip(names, (score, most, correct, questions, lasted), (*mark, computed), strict=True):
                findings.compare(f"lượt {attempt_id}, {name}", here, there)
        text = receipt_text(self._names[found.id], _dashed(attempt_id), number, paper, answers, predicted, started, ended)
        self._receipt(attempt_id, receipt, text, None if found.has_rulings else mark)
        if not is_ranked or (state == "expired" and found.rules["limits"]["abandoned"] == "free"):
            return None
        is_perfect = mark.correct == mark.questions
        return Outcome(
            number, mark.score, mark.correct, computed, started, ended, unit_id, predicted, is_perfect, opened=found.opened
        )

    def _receipt(self, attempt_id: str, stored: Sequence[Any], text: str, mark: Mark | None) -> None:
        """``mark``: what the citizen must have been told, where no question was ruled on since."""
        if stored[0] is None:
            self._findings.differ(f"lượt {attempt_id}, biên nhận: không có, phải có")
            return
        told = stored[2:] if mark is None else mark
        if stored == [*receipt_of(text), *told]:
            self._findings.figures += 6
            return
        names = ["mã băm biên nhận", "mã biên nhận"]
        names += [f"{what} ghi trên biên nhận" for what in ("điểm", "điểm tối đa", "số câu đúng", "số câu")]
        for name, here, there in zip(names, stored, (*receipt_of(text), *told), strict=True):
            self._findings.compare(f"lượt {attempt_id}, {name}", here, there)

    def _entries(self, played: Played, registered: str | None) -> dict[int, Made]:
        """What must stand on each board, counted as it goes."""
        results: dict[tuple[int, str | None], Outcome] = {}
        made: dict[int, Made] = {}
        for round_id, attempts in played.items():
            found = self._rounds[round_id]
            is_official = found.rules["phase"] == "official"
            for board in self._of_round[round_id]:
                mine = [outcome for outcome, track in attempts if board.track is None or board.track == track]
                if mine:
                    results[round_id, board.track] = result = counted(
                        mine, found.rules["counts"], found.whose, board.ranking
                    )
                    made[board.id] = self._stand(board, result, mine, registered)
            for total in self._totals if is_official and self._contest.overall != "none" else ():
                for outcome, track in attempts:
                    if total.track is None or total.track == track:
                        total.of_unit(outcome.unit_id)[1] += 1
        for total in self._totals if self._contest.overall != "none" else ():
            parts = [
                results[found.id, total.track]
                for found in self._contest.rounds
                if found.rules["phase"] == "official" and (found.id, total.track) in results
            ]
            if parts:
                whole = together(parts, self._contest.overall, self._contest.opened, total.ranking)
                made[total.id] = self._stand(total, whole, (), registered)
        return made

    def _stand(self, board: PlainBoard, result: Outcome, attempts: Sequence[Outcome], registered: str | None) -> Made:
        """Count someone's result on a board, and their attempts."""
        if board.ranking.uses_registration:
            result = result._replace(registered=registered)
        for outcome in attempts:
            board.of_unit(outcome.unit_id)[1] += 1
        here = board.of_unit(result.unit_id)
        here[0] += 1
        here[2] += result.score
        here[3] += result.perfect > 0
        key = board.ranking.key(result)
        for level, cut in enumerate(board.ranking.cuts, start=4):
            here[level] += hash(key[:cut])
        return _columns(key, result)

    def _compare_entries(self, person: str, made: dict[int, Made], stored: dict[int, Row]) -> None:
        findings = self._findings
        for board_id in sorted({*made, *stored}):
            here, there = stored.get(board_id, ())[3:], made.get(board_id, ())
            if here == there:
                findings.figures += len(there)
                continue
            what = f"{self._board_of[board_id].name}, người {person}"
            if not there:
                findings.differ(f"{what}: đang có tên trên bảng, tính lại thì không có")
            elif not here:
                findings.differ(f"{what}: không có tên trên bảng, tính lại thì phải có")
            else:
                for name, one, other in zip(ENTRY_COLUMNS, here, there, strict=True):
                    findings.compare(f"{what}, {name}", one, other)


def _columns(key: bytes, result: Outcome) -> Made:
    return (
        key,
        result.unit_id,
        result.score,
        result.correct,
        result.duration_ms,
        result.started,
        result.ended,
        result.registered,
        result.attempts,
        result.perfect,
        result.predicted,
    )


def _dashed(attempt_id: str) -> str:
    """A UUID as receipts write it, also where the database keeps it without dashes."""
    if len(attempt_id) != 32:
        return attempt_id
    return f"{attempt_id[:8]}-{attempt_id[8:12]}-{attempt_id[12:16]}-{attempt_id[16:20]}-{attempt_id[20:]}"
