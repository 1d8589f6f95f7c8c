"""What must hold between the parts of a contest document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizsvc.contests.document_parts import Faults, Path, RoundDocument
from quizsvc.contests.ranking_keys import needs_prediction
from quizsvc.contests.rules import ContestRules, Overall, Phase, Scope

LONGEST_ROUND_ID = 110


def lengths(document: Mapping[str, Any], faults: Faults) -> None:
    """A round's public id, made of two codes, has a column of a certain width."""
    for place, written in enumerate(document["rounds"]):
        if len(f"{document['contest']}.{written['round']}") > LONGEST_ROUND_ID:
            said = f"Mã cuộc thi và mã vòng cộng lại dài quá {LONGEST_ROUND_ID - 1} ký tự."
            english = f"The codes of contest and round together are longer than {LONGEST_ROUND_ID - 1} characters."
            faults.add(("rounds", place, "round"), said, english)


def phases(rounds: Sequence[RoundDocument], faults: Faults) -> None:
    """Something counts, and trying out is over before it does."""
    official = [made.opens_at for made in rounds if made.rules.phase is Phase.OFFICIAL]
    if not official:
        said = "Cuộc thi phải có ít nhất một vòng chính thức (phase: official)."
        faults.add(("rounds",), said, "A contest needs at least one official round.")
        return
    for place, made in enumerate(rounds):
        if made.rules.phase is Phase.TRIAL and made.closes_at > min(official):
            said = "Vòng thi thử phải kết thúc trước khi vòng chính thức đầu tiên mở."
            at = ("rounds", place, "closes_at")
            faults.add(at, said, "A trial round must close before the first official round opens.")


def predictions(rounds: Sequence[RoundDocument], rules: ContestRules, faults: Faults) -> None:
    """Keys of prediction need a prediction; one about the whole contest asks the same everywhere."""
    official = [(place, made.rules) for place, made in enumerate(rounds) if made.rules.phase is Phase.OFFICIAL]
    for place, each in official:
        if needs_prediction(each.ranking) and each.prediction is None:
            said = "Xếp hạng dùng câu dự đoán nhưng vòng này không có mục prediction."
            faults.add(("rounds", place), said, "The ranking uses a prediction, but this round asks none.")
    asked = [(place, each.prediction) for place, each in official if each.prediction is not None]
    whole = [(place, each) for place, each in asked if each.scope is Scope.CONTEST]
    for place, prediction in whole[1:]:
        first = whole[0][1]
        at: Path = ("rounds", place, "prediction")
        for name in ("target", "counts_voided"):
            if getattr(prediction, name) != getattr(first, name):
                said = f"Câu dự đoán về cả cuộc thi phải có {name} như ở vòng trước."
                faults.add(
                    (*at, name), said, f"A prediction about the whole contest must say the same {name} in all rounds."
                )
    _overall(rules, everywhere=len(asked) == len(official), whole=bool(whole), faults=faults)


def _overall(rules: ContestRules, *, everywhere: bool, whole: bool, faults: Faults) -> None:
    """On the board of the contest a prediction is one about the whole contest, or that of the best round."""
    if rules.overall is Overall.NONE or not needs_prediction(rules.ranking) or whole:
        return
    if rules.overall is not Overall.BEST or not everywhere:
        said = "Bảng chung xếp hạng theo dự đoán thì cần câu dự đoán có scope: contest."
        faults.add(("overall", "ranking"), said, "The overall ranking uses a prediction, but none has the scope “contest”.")
