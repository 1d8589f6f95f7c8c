"""``quizsvc items``: statistics of the questions of a round."""

from __future__ import annotations

import json

import click

from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.queries import round_by_public_id
from quizsvc.contests.visibility import figures_sealed_until
from quizsvc.core.db import reading
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.item_statistics.counting import count_all
from quizsvc.item_statistics.schemas import RoundItemsOut
from quizsvc.item_statistics.service import ItemFigures, figures_of
from quizsvc.item_statistics.views import round_out


@click.command("items")
@click.argument("round_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def items(round_id: str, as_json: bool) -> None:
    """Count what is new, then say how each question of ROUND_ID works; those to be looked at come first."""
    run = runtime()
    count_all(run.clock)
    with reading() as session:
        try:
            found = round_by_public_id(session, round_id)
        except NotFound:
            raise click.ClickException(f"Không có vòng thi {round_id}.") from None
        sealed_until = figures_sealed_until(circumstances_of(session, found.contest_id), run.clock())
        if sealed_until is not None:
            raise click.ClickException(f"Đang có câu dự đoán, số liệu chỉ xem được từ {sealed_until.isoformat()}.")
        figures = figures_of(session, found.id)
        document = RoundItemsOut().dump(round_out(found, figures))
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"{document['attempts']} lượt đầu, {len(figures.items)} câu hỏi.")
    for item in figures.items:
        click.echo(_line(item))
        for said in item.alarms:
            click.echo(f"    CẦN XEM: {said.sentence}")


def _line(item: ItemFigures) -> str:
    share = "–" if item.facility is None else f"{100 * item.facility:.0f} %"
    value = "–" if item.discrimination is None else f"{item.discrimination:.2f}"
    words = f"{item.difficulty_words}; {item.discrimination_words}"
    return f"{item.question}: {item.people} người, đúng {share}, phân loại {value} ({words})"
