"""Voiding a question of a round, or changing its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.grading import rulings_of
from quizsvc.attempts.paper import LETTERS
from quizsvc.contests.models import Contest, Round
from quizsvc.corrections.errors import CorrectionRefused
from quizsvc.corrections.marking import remark_all
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import pinned_versions
from quizsvc.corrections.values import Done, Order

VOID = "question.void"
REKEY = "question.rekey"


def void_question(session: Session, contest: Contest, found: Round, order: Order, *, question: str, effect: str) -> Done:
    """``accept_all``: right for everybody who drew it; ``drop``: not marked at all. ``NotFound`` for another question."""
    return _rule(session, contest, found, order, VOID, question, effect, [])


def rekey_question(
    session: Session, contest: Contest, found: Round, order: Order, *, question: str, keys: Sequence[str]
) -> Done:
    """Each of ``keys`` (letters of the author's choices) is right from now on, and nothing else.

    ``CorrectionRefused`` for a letter that the question does not have, or several where one is to be chosen.
    """
    accepted = [_key(key) for key in keys]
    for version in pinned_versions(session, found.id, question):
        for key, letters in zip(accepted, keys, strict=True):
            if key[-1] >= len(version.choices):
                most = LETTERS[len(version.choices) - 1].upper()
                raise CorrectionRefused(f"Câu {question} chỉ có các phương án A–{most}, không có «{letters}».")
            if version.kind != "multiple" and len(key) > 1:
                said = f"Câu {question} chỉ được chọn một phương án nên «{letters}» không thể là một đáp án. "
                raise CorrectionRefused(
                    said + "Nếu nhiều phương án cùng đúng, hãy ghi mỗi phương án thành một đáp án riêng."
                )
    return _rule(session, contest, found, order, REKEY, question, "rekey", accepted)


def undo_ruling(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Lift the rulings and mark again: the newest ruling that is left counts, or the printed key."""
    found = session.get_one(Round, correction.round_id)
    rulings = session.scalars(
        select(Ruling).where(Ruling.id.in_([UUID(made) for made in correction.facts["rulings"]]))
    ).all()
    versions = sorted({ruling.question_version_id for ruling in rulings})
    before = _in_force(session, found.id, versions)
    for ruling in rulings:
        ruling.lifted_at = order.now
    session.flush()
    remarked = remark_all(session, contest, found, versions)
    return Done(
        correction.action,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"rulings": before},
        after={"rulings": _in_force(session, found.id, versions)},
        attempts=remarked.attempts,
        people=remarked.people,
    )


def _rule(
    session: Session,
    contest: Contest,
    found: Round,
    order: Order,
    action: str,
    question: str,
    effect: str,
    accepted: Sequence[Sequence[int]],
) -> Done:
    versions = [version.id for version in pinned_versions(session, found.id, question)]
    before = _in_force(session, found.id, versions)
    made = [
        Ruling(
            id=order.chance.new_id(),
            round_id=found.id,
            question_version_id=version_id,
            effect=effect,
            accepted=[list(key) for key in accepted],
            decided_at=order.now,
        )
        for version_id in versions
    ]
    session.add_all(made)
    session.flush()
    remarked = remark_all(session, contest, found, versions)
    return Done(
        action,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"question": question, "rulings": before},
        after={"question": question, "rulings": _in_force(session, found.id, versions)},
        facts={"rulings": [str(ruling.id) for ruling in made]},
        attempts=remarked.attempts,
        people=remarked.people,
    )


def _in_force(session: Session, round_id: int, versions: Sequence[int]) -> list[dict[str, Any]]:
    """What counts for these versions, as it is kept in the audit log; nothing: the printed key."""
    rulings = rulings_of(session, round_id)
    return [
        {
            "ruling": str(rulings[version].id),
            "question_version": version,
            "effect": rulings[version].effect,
            "accepted": ["".join(LETTERS[place] for place in key).upper() for key in rulings[version].accepted],
        }
        for version in versions
        if version in rulings
    ]


def _key(letters: str) -> tuple[int, ...]:
    return tuple(sorted({LETTERS.index(letter) for letter in letters.lower()}))
