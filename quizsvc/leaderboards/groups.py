"""Facts about units for the boards of units: tallies by scope, numbers of staff, mandatory lists, former districts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rounds_of
from quizsvc.contests.rules import Group, Phase
from quizsvc.leaderboards.group_ranking import Facts, GroupRow, UnitFacts, ranked
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.queries import totals
from quizsvc.registers.queries import Played, headcounts_of, listed_by_unit
from quizsvc.registers.service import eligibility_of, mandatory_lists
from quizsvc.units.models import Unit, UnitSuccession
from quizsvc.units.queries import valid_on
from quizsvc.units.service import ancestors_and_self, in_subtree

DISTRICT = "district"
Winners = Mapping[str | None, Mapping[int, Mapping[str, int]]]
"""Round code (``None``: the contest as a whole) → id of the winner's own unit → code of the prize → how many won it."""


def group_table(
    session: Session, contest: Contest, group: Group, *, on: date, winners: Winners | None = None
) -> list[GroupRow]:
    """The board of a group: units valid ``on`` that day below the organizer, ranked as ``ranked`` says.

    Figures are as they stand now; ``winners`` are known to whoever sealed the rounds. The cost grows with the number of
    units, not of people; mandatory lists cost what the people on them do. A group over all rounds of a contest without an
    overall board averages the rounds, since nobody counts people over them.
    """
    home = session.get_one(Unit, contest.organizer_unit_id)
    query = select(Unit).where(in_subtree(home), Unit.id != home.id, valid_on(on)).order_by(Unit.id)
    return _ranked(session, contest, group, session.scalars(query).all(), winners or {})


def _ranked(session: Session, contest: Contest, group: Group, units: Sequence[Unit], winners: Winners) -> list[GroupRow]:
    rounds = official_rounds(session, contest)
    if not group.rounds and contest.board_id is None:  # rounds that stand alone are averaged
        group = replace(group, rounds=tuple(rounds))
    return ranked(group, unit_facts(session, contest, group, units, rounds, winners))


def unit_facts(
    session: Session,
    contest: Contest,
    group: Group,
    units: Sequence[Unit],
    rounds: Mapping[str, Round],
    winners: Winners,
) -> list[UnitFacts]:
    """What ``ranked`` needs to know of these units for this group; only what the group asks for is read."""
    counted = {
        code: _facts(
            session, contest, group, units, [rounds[code]] if code else list(rounds.values()), winners.get(code, {})
        )
        for code in group.rounds or (None,)
    }
    headcounts = headcounts_of(session, contest.id)
    mandatory = _mandatory(session, contest, units, None) if group.gate.all_mandatory else {}
    former = former_districts(session) if group.former_district else {}
    codes = _codes(session, units)
    return [
        UnitFacts(
            unit_id=unit.id,
            code=unit.code,
            kind=unit.kind,
            ancestors=tuple(codes[above] for above in ancestors_and_self(unit)[:-1]),
            former_districts=former.get(unit.id, frozenset()),
            contest=counted[None][unit.id] if None in counted else Facts(),
            rounds={code: facts[unit.id] for code, facts in counted.items() if code is not None},
            headcount=headcounts.get(unit.id),
            mandatory_total=mandatory.get(unit.id, 0),
        )
        for unit in units
    ]


def _facts(
    session: Session,
    contest: Contest,
    group: Group,
    units: Sequence[Unit],
    rounds: Sequence[Round],
    winners: Mapping[int, Mapping[str, int]],
) -> dict[int, Facts]:
    """By unit id: of one round, or of the contest as a whole when there are several."""
    boards = [found.board_id for found in rounds if found.board_id is not None]
    board_id = contest.board_id if not group.rounds else boards[0]
    assert board_id is not None
    sums = totals(session, board_id, [unit.id for unit in units])
    took_part = _mandatory(session, contest, units, played_on(boards)) if group.gate.all_mandatory else {}
    won = _winners_below(session, winners)
    return {
        unit.id: Facts(
            participants=sums[unit.id].participants,
            attempts=sums[unit.id].attempts,
            points=sums[unit.id].score,
            perfect=sums[unit.id].perfect,
            mandatory_took_part=took_part.get(unit.id, 0),
            winners=won.get(unit.id, {}),
        )
        for unit in units
    }


def official_rounds(session: Session, contest: Contest) -> dict[str, Round]:
    """The rounds that count, by their code in the document."""
    found = rounds_of(session, [contest.id])[contest.id]
    prefix = f"{contest.slug}."
    return {row.public_id.removeprefix(prefix): row for row in found if row.phase == Phase.OFFICIAL}


def played_on(board_ids: Collection[int]) -> Played:
    """The condition that somebody has a counted result on one of these boards."""

    def played(participant_id: ColumnElement[Any]) -> ColumnElement[bool]:
        return exists().where(Entry.board_id.in_(board_ids), Entry.participant_id == participant_id)

    return played


def _paths(session: Session, unit_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Of each unit the ids from the root down to itself."""
    units = session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))
    return {unit.id: ancestors_and_self(unit) for unit in units}


def _mandatory(session: Session, contest: Contest, units: Sequence[Unit], played: Played | None) -> Mapping[int, int]:
    """How many people of the mandatory lists each unit has with everything below it; with ``played``: of them who have."""
    lists = mandatory_lists(eligibility_of(session, contest))
    own = listed_by_unit(session, contest.id, lists, played)
    below: dict[int, int] = defaultdict(int)
    for unit_id, path in _paths(session, own).items():
        for above in path:
            below[above] += own[unit_id]
    return below


def _winners_below(session: Session, own: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, int]]:
    below: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, path in _paths(session, own).items():
        for above in path:
            for prize, count in own[unit_id].items():
                below[above][prize] = below[above].get(prize, 0) + count
    return below


def _codes(session: Session, units: Sequence[Unit]) -> dict[int, str]:
    """Codes of these units and all above them."""
    wanted = {above for unit in units for above in ancestors_and_self(unit)}
    return {row.id: row.code for row in session.execute(select(Unit.id, Unit.code).where(Unit.id.in_(wanted)))}


def former_districts(session: Session) -> dict[int, frozenset[str]]:
    """Codes of the districts under which a unit's people were earlier, by unit id, through every reform."""
    old, above = aliased(Unit), aliased(Unit)
    query = (
        select(UnitSuccession.new_id, UnitSuccession.old_id, old.kind, old.code, above.kind, above.code)
        .join(old, old.id == UnitSuccession.old_id)
        .outerjoin(above, above.id == old.parent_id)
    )
    earlier: dict[int, list[int]] = defaultdict(list)
    districts: dict[int, set[str]] = defaultdict(set)
    for new_id, old_id, kind, code, kind_above, code_above in session.execute(query):
        if kind == DISTRICT:  # that a district went into another says nothing about each of its communes
            districts[new_id].add(code)
            continue
        earlier[new_id].append(old_id)
        if kind_above == DISTRICT:
            districts[new_id].add(code_above)
    return {unit_id: frozenset(_gathered(unit_id, earlier, districts)) for unit_id in {*earlier, *districts}}


def _gathered(unit_id: int, earlier: Mapping[int, list[int]], districts: Mapping[int, set[str]]) -> set[str]:
    found: set[str] = set()
    seen = {unit_id}
    waiting = [unit_id]
    while waiting:
        each = waiting.pop()
        found |= districts.get(each, set())
        new = [old for old in earlier.get(each, []) if old not in seen]
        seen.update(new)
        waiting.extend(new)
    return found
