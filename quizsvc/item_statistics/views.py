"""Statistics of a round as JSON, for the API and the command line."""

from __future__ import annotations

from typing import Any

from quizsvc.contests.models import Round
from quizsvc.item_statistics.alarms import LETTERS
from quizsvc.item_statistics.service import ItemFigures, RoundFigures


def round_out(found: Round, figures: RoundFigures) -> dict[str, Any]:
    progress = figures.progress
    return {
        "round_id": found.public_id,
        "attempts": 0 if progress is None else progress.attempts,
        "counted_at": None if progress is None else progress.counted_at,
        "items": [_item_out(item) for item in figures.items],
    }


def _item_out(item: ItemFigures) -> dict[str, Any]:
    return vars(item) | {
        "choices": [vars(choice) | {"letter": LETTERS[place]} for place, choice in enumerate(item.choices)],
        "alarms": [
            {
                "alarm": said.alarm.value,
                "detail": said.sentence,
                "letter": None if said.position is None else LETTERS[said.position],
            }
            for said in item.alarms
        ],
    }
