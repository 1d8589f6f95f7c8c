"""A contest document understood: its rounds, windows and rules, or every fault in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from quizsvc.contests import document_checks
from quizsvc.contests.document_parts import (
    ContestDocument,
    Fault,
    Faults,
    RoundDocument,
    eligibility,
    moment,
    prizes,
    ranking,
)
from quizsvc.contests.ranking_keys import USUAL_RANKING, RankingKey
from quizsvc.contests.reading_groups import groups
from quizsvc.contests.reading_rounds import OfContest, round_document
from quizsvc.contests.rules import ContestRules, Overall, Phase, RepeatWinners, Scope, Window

__all__ = ["ContestDocument", "Fault", "RoundDocument", "canonical_sha256", "understand"]


def canonical_sha256(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document as JSON with sorted keys, so that layout and comments do not count."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def understand(document: Mapping[str, Any]) -> ContestDocument | list[Fault]:
    """Read a document that already satisfies the JSON Schema; what a schema cannot say is checked here.

    ``document_schema.examine`` takes anything and checks it against the schema first.
    """
    source, document = dict(document), _whole_numbers(document)
    faults = Faults()
    keys = ranking(document.get("ranking"), USUAL_RANKING, ("ranking",), faults)
    registration = document.get("registration", {})
    contest = OfContest(
        eligibility(document, faults),
        document.get("limits", {}),
        keys,
        needs_registration=bool(registration) and registration.get("required", True),
    )
    read = [round_document(written, ("rounds", place), contest, faults) for place, written in enumerate(document["rounds"])]
    faults.repeated([written["round"] for written in document["rounds"]], ("rounds",), "round", "vòng", "round")
    rounds = {place: made for place, made in enumerate(read) if made is not None}
    rules = _contest_rules(document, contest, rounds, faults)
    document_checks.lengths(document, faults)
    if len(rounds) == len(read):
        document_checks.phases(list(rounds.values()), faults)
        document_checks.predictions(list(rounds.values()), rules, faults)
    if faults:
        return list(faults)
    return ContestDocument(
        slug=document["contest"],
        title=document["title"],
        organizer_code=document["organizer"],
        rounds=tuple(rounds.values()),
        rules=rules,
        source=source,
        sha256=canonical_sha256(source),
    )


def _whole_numbers(value: Any) -> Any:
    """JSON does not tell 2.0 from 2, and neither does its schema."""
    if isinstance(value, dict):
        return {name: _whole_numbers(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _contest_rules(
    document: Mapping[str, Any], contest: OfContest, rounds: Mapping[int, RoundDocument], faults: Faults
) -> ContestRules:
    won = prizes(document.get("prizes", []), contest.tracks, ("prizes",), faults)
    written = [document.get("prizes", []), *(each.get("prizes", []) for each in document["rounds"])]
    individual = [prize["prize"] for each in written for prize in each]
    overall = document.get("overall", {})
    usual = _usual_overall(contest.ranking, list(rounds.values()))
    return ContestRules(
        overall=Overall(overall.get("counts", Overall.SUM)),
        ranking=ranking(overall.get("ranking"), usual, ("overall", "ranking"), faults),
        groups=groups(document.get("groups", []), document["rounds"], individual, contest.tracks, faults),
        prizes=won,
        registration=_registration(document.get("registration"), faults),
        complaint_hours=document.get("complaints", {}).get("hours", 72),
        repeat_winners=RepeatWinners(document.get("repeat_winners", RepeatWinners.ALLOWED)),
    )


def _usual_overall(keys: tuple[RankingKey, ...], rounds: Sequence[RoundDocument]) -> tuple[RankingKey, ...]:
    """The contest's ranking; predictions about single rounds rank those rounds, not the sum over them."""
    predictions = [made.rules.prediction for made in rounds if made.rules.phase is Phase.OFFICIAL]
    if any(each is not None and each.scope is Scope.CONTEST for each in predictions):
        return keys
    return tuple(key for key in keys if not key.key.startswith("prediction_")) or USUAL_RANKING


def _registration(written: Mapping[str, Any] | None, faults: Faults) -> Window | None:
    if written is None:
        return None
    opens_at = moment(written["opens_at"], ("registration", "opens_at"), faults)
    closes_at = moment(written["closes_at"], ("registration", "closes_at"), faults)
    if opens_at is None or closes_at is None:
        return None
    if closes_at <= opens_at:
        said = "Đăng ký phải kết thúc sau khi bắt đầu."
        faults.add(("registration", "closes_at"), said, "Registration must close after it opens.")
    return Window(opens_at, closes_at)
