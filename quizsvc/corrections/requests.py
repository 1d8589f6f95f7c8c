"""From what was asked for (a body of the API, or the same from the command line) to a correction carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.contests.models import Round
from quizsvc.core.db import transaction
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.corrections import disqualifying, extending, extra_time, make_up, placing, ruling, service
from quizsvc.corrections.errors import CorrectionRefused
from quizsvc.corrections.service import Place
from quizsvc.corrections.showing import outcome_out
from quizsvc.corrections.values import Done, Order, Outcome
from quizsvc.organizers.acting import Actor
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_id

Body = Mapping[str, Any]
Work = Callable[[Session, Place, Order, Body], Done]


def carry_out(
    action: str,
    body: Body,
    *,
    caller: UUID | None,
    preview: bool,
    round_id: str | None = None,
    slug: str | None = None,
) -> dict[str, Any]:
    """Make a correction in a round or in a contest, as ``schemas.CorrectionOut`` shows it. Owns its transaction."""
    with transaction() as session:
        if round_id is not None:
            place = service.in_round(session, round_id, caller)
        else:
            assert slug is not None
            place = service.in_contest(session, slug, caller)
        order = _order(place.actor, body)
        outcome = service.correct(
            session,
            place.contest,
            order,
            action,
            lambda: WORK[action](session, place, order, body),
            round_id=None if place.found is None else place.found.id,
            preview=preview,
        )
        return _finish(session, outcome, caller, preview=preview)


def take_back(number: str, body: Body, *, caller: UUID | None, preview: bool) -> dict[str, Any]:
    """Undo the correction with this number, shown likewise. Owns its transaction."""
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise NotFound("Không có việc điều chỉnh nào mang số này.")
    with transaction() as session:
        outcome = service.undo(session, int(number), caller, lambda actor: _order(actor, body), preview=preview)
        return _finish(session, outcome, caller, preview=preview)


def _finish(session: Session, outcome: Outcome, caller: UUID | None, *, preview: bool) -> dict[str, Any]:
    """What is shown, read before a preview takes everything back."""
    shown = outcome_out(session, outcome, now=runtime().clock(), sees_all=caller is None)
    if preview:
        session.rollback()
    return shown


def _order(actor: Actor, body: Body) -> Order:
    run = runtime()
    return Order(actor, body["reason"].strip(), run.clock(), run.chance)


def _round(place: Place) -> Round:
    assert place.found is not None  # its endpoint names a round
    return place.found


def _void(session: Session, place: Place, order: Order, body: Body) -> Done:
    question, effect = body["question"], body["effect"]
    return ruling.void_question(session, place.contest, _round(place), order, question=question, effect=effect)


def _rekey(session: Session, place: Place, order: Order, body: Body) -> Done:
    question, keys = body["question"], body["keys"]
    return ruling.rekey_question(session, place.contest, _round(place), order, question=question, keys=keys)


def _disqualify(session: Session, place: Place, order: Order, body: Body) -> Done:
    return disqualifying.disqualify(
        session,
        place.contest,
        place.found,
        order,
        grounds=body["grounds"],
        people=_people(body["participants"]),
        unit=_unit(session, body["unit"]),
    )


def _extend(session: Session, place: Place, order: Order, body: Body) -> Done:
    return extending.extend_round(session, place.contest, _round(place), order, closes_at=_moment(body["closes_at"]))


def _extra_time(session: Session, place: Place, order: Order, body: Body) -> Done:
    one = (body["attempt_id"], body["participant_id"], body["extra_ms"])
    if body["outage"] is not None:
        if one != (None, None, None):
            raise CorrectionRefused("Hãy nêu hoặc một sự cố, hoặc một lượt thi hay một người với số mili giây.")
        outage = extra_time.Outage(_moment(body["outage"]["start"]), _moment(body["outage"]["end"]))
        return extra_time.make_good(session, place.contest, _round(place), order, outage=outage)
    if body["extra_ms"] is None:
        raise CorrectionRefused("Hãy nêu thời gian được thêm (extra_ms), hoặc một sự cố (outage).")
    return extra_time.give_extra_time(
        session,
        place.contest,
        _round(place),
        order,
        extra_ms=body["extra_ms"],
        attempt_id=_id(body["attempt_id"]),
        participant_id=_id(body["participant_id"]),
    )


def _make_up(session: Session, place: Place, order: Order, body: Body) -> Done:
    return make_up.add_make_up(
        session,
        place.contest,
        _round(place),
        order,
        opens_at=_moment(body["opens_at"]),
        closes_at=_moment(body["closes_at"]),
        people=_people(body["participants"]),
        unit=_unit(session, body["unit"]),
        replaces_expired=body["replaces_expired"],
    )


def _places(session: Session, place: Place, order: Order, body: Body) -> Done:
    given = [(_known_id(each["participant_id"]), each["place"]) for each in body["places"]]
    if len(dict(given)) < len(given):
        raise CorrectionRefused("Có người được nêu hai lần.")
    return placing.give_places(session, place.contest, place.found, order, track=body["track"], places=dict(given))


WORK: Mapping[str, Work] = {
    ruling.VOID: _void,
    ruling.REKEY: _rekey,
    disqualifying.DISQUALIFY: _disqualify,
    extending.EXTEND: _extend,
    extra_time.EXTRA_TIME: _extra_time,
    make_up.ADD: _make_up,
    placing.PLACE: _places,
}


def _known_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(f"Không có mã «{text}».") from None


def _id(text: str | None) -> UUID | None:
    return None if text is None else _known_id(text)


def _moment(given: datetime) -> datetime:
    """In whole milliseconds UTC, as every moment is stored."""
    if not 2000 < given.year < 2100:
        raise CorrectionRefused("Thời điểm phải nằm trong khoảng từ năm 2001 đến năm 2099.")
    moment = given.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _people(ids: Sequence[str] | None) -> list[UUID] | None:
    return None if ids is None else [_known_id(each) for each in ids]


def _unit(session: Session, given: Mapping[str, str] | None) -> Unit | None:
    if given is None:
        return None
    unit = unit_by_id(session, given["id"])
    if unit is None:
        raise NotFound("Không có đơn vị này.")
    return unit
