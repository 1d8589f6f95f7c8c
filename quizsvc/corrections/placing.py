"""The committee's order among people who stand equal on a board."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import CommitteePlace
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import ranking_of
from quizsvc.contests.ranking_keys import needs_prediction
from quizsvc.core.problems import NotFound
from quizsvc.corrections.errors import CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.seals import figures_shown
from quizsvc.corrections.values import Done, Order
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotEntry

PLACE = "board.committee-places"


def give_places(
    session: Session,
    contest: Contest,
    found: Round | None,
    order: Order,
    *,
    track: str | None,
    places: Mapping[UUID, int],
) -> Done:
    """Give places to people who share a rank on the board of a round (or of the contest), the smaller standing higher.

    The next sealing shows them. ``NotFound`` for a board or person that is not there; ``CorrectionRefused`` unless they all
    stand equal, nobody has a place yet, and the rules say that the committee decides.
    """
    board = _board(session, contest, found, track)
    _refuse(session, contest, board, order, places)
    session.add_all(
        CommitteePlace(board_id=board.id, participant_id=person, place=place, decided_at=order.now)
        for person, place in sorted(places.items())
    )
    session.flush()
    return Done(
        PLACE,
        board.subject,
        contest.id,
        board.round_id,
        before=None,
        after={"board": board.subject, "places": {str(person): place for person, place in places.items()}},
        facts={"board": board.id, "people": [str(person) for person in places]},
        people=len(places),
    )


def undo_places(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Take the places away; they are equal again from the next sealing on."""
    board = session.get_one(Board, correction.facts["board"])
    people = [UUID(person) for person in correction.facts["people"]]
    mine = (CommitteePlace.board_id == board.id, CommitteePlace.participant_id.in_(people))
    kept = session.execute(select(CommitteePlace.participant_id, CommitteePlace.place).where(*mine)).all()
    session.execute(delete(CommitteePlace).where(*mine))
    return Done(
        PLACE,
        board.subject,
        contest.id,
        board.round_id,
        before={"board": board.subject, "places": {str(person): place for person, place in kept}},
        after={"board": board.subject, "places": {}},
        people=len(people),
    )


def _board(session: Session, contest: Contest, found: Round | None, track: str | None) -> Board:
    board = session.scalar(
        select(Board).where(
            Board.contest_id == contest.id,
            Board.round_id == (None if found is None else found.id),
            Board.track == track,
        )
    )
    if board is None:
        raise NotFound("Không có bảng xếp hạng này.")
    return board


def _refuse(session: Session, contest: Contest, board: Board, order: Order, places: Mapping[UUID, int]) -> None:
    if "committee" not in [key.key for key in ranking_of(board)]:
        raise CorrectionRefused("Thể lệ không có khóa «committee»: ban tổ chức không được quyết định thứ tự ở bảng này.")
    if len(places) < 2:
        raise CorrectionRefused("Cần ít nhất hai người đồng hạng.")
    if not figures_shown(session, contest, order.now):
        raise CorrectionRefused("Đang có câu dự đoán nên chưa thể biết ai đồng hạng với ai; hãy chờ đến khi đóng.")
    _refuse_unequal(session, board, places)
    taken = select(CommitteePlace.participant_id).where(
        CommitteePlace.board_id == board.id, CommitteePlace.participant_id.in_(places)
    )
    if session.scalar(taken.limit(1)) is not None:
        raise CorrectionRefused("Có người đã được xếp chỗ ở bảng này; hãy hoàn tác lần xếp trước.")


def _refuse_unequal(session: Session, board: Board, places: Mapping[UUID, int]) -> None:
    """Equal on what is known live, and on the rest by the newest sealed order, if there is one."""
    query = select(Entry).where(Entry.board_id == board.id, Entry.participant_id.in_(places))
    entries = {entry.participant_id: entry for entry in session.scalars(query)}
    missing = sorted(set(places) - set(entries))
    if missing:
        raise NotFound(f"Người mang mã {missing[0]} không có trên bảng này.")
    kinds = {
        (entry.rank_key, sealed) for entry, sealed in zip(entries.values(), _sealed(session, board, entries), strict=True)
    }
    if len(kinds) > 1:
        raise CorrectionRefused("Những người này không đồng hạng, ban tổ chức chỉ xếp thứ tự giữa những người đồng hạng.")


def _sealed(session: Session, board: Board, entries: Mapping[UUID, Entry]) -> list[int | None]:
    """What tells people apart besides the live key: the sealed rank; before sealing the prediction, where it ranks."""
    newest = select(Snapshot.id).where(Snapshot.board_id == board.id).order_by(Snapshot.number.desc()).limit(1)
    snapshot_id = session.scalar(newest)
    if snapshot_id is not None:
        query = select(SnapshotEntry.participant_id, SnapshotEntry.rank).where(
            SnapshotEntry.snapshot_id == snapshot_id, SnapshotEntry.participant_id.in_(entries)
        )
        ranks: dict[UUID, int] = {person: rank for person, rank in session.execute(query)}  # noqa: C416
        return [ranks.get(person) for person in entries]
    asked = needs_prediction(ranking_of(board))
    return [entry.predicted if asked else None for entry in entries.values()]
