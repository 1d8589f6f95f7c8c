"""Rules as they are kept with a contest and its rounds: plain JSON, every value said, defaults too.

What is written here stays as it was understood when it was loaded, even if a later version has other defaults.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from cattrs.preconf.json import make_converter

from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.rules import ContestRules, RoundRules

_converter = make_converter(detailed_validation=False)


def rules_to_json(rules: RoundRules) -> dict[str, Any]:
    """The form that is kept with the round; ``round_rules`` reads it back."""
    return _plain(_converter.unstructure(rules, RoundRules))


def round_rules(kept: Mapping[str, Any]) -> RoundRules:
    return _converter.structure(kept, RoundRules)


def contest_rules_to_json(rules: ContestRules) -> dict[str, Any]:
    """The form that is kept with the contest; ``contest_rules`` reads it back."""
    return _plain(_converter.unstructure(rules, ContestRules))


def contest_rules(kept: Mapping[str, Any]) -> ContestRules:
    return _converter.structure(kept, ContestRules)


def ranking_to_json(ranking: Sequence[RankingKey]) -> list[dict[str, str]]:
    """The form that is kept with a board; ``ranking_of`` reads it back."""
    return [{"key": key.key, "order": key.order.value} for key in ranking]


def ranking_of(kept: Sequence[Mapping[str, str]]) -> tuple[RankingKey, ...]:
    return _converter.structure(kept, tuple[RankingKey, ...])


def _plain(value: Any) -> dict[str, Any]:
    """As a database gives it back: enumerations as text, tuples as lists."""
    return cast("dict[str, Any]", json.loads(json.dumps(value)))
