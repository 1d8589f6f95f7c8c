"""``quizsvc boards``: entries, cells and tallies, which are all derived from graded attempts."""

from __future__ import annotations

import click
from sqlalchemy import select

from quizsvc.attempts.rebuilding import rebuild_boards
from quizsvc.contests.models import Contest
from quizsvc.core.db import transaction


@click.group()
def boards() -> None:
    """Bảng xếp hạng trực tiếp."""


@boards.command()
@click.argument("contest", required=False)
def rebuild(contest: str | None) -> None:
    """Throw away the live boards of a contest (all, when none is named) and make them again from the graded attempts.

    One transaction for each contest: readers see the old boards until the new ones are complete, and results that come in
    meanwhile wait. Sealed snapshots are not touched.
    """
    with transaction() as session:
        query = select(Contest.slug).order_by(Contest.id)
        slugs = list(session.scalars(query if contest is None else query.where(Contest.slug == contest)))
    if contest is not None and not slugs:
        raise click.ClickException(f"Không có cuộc thi «{contest}».")
    for slug in slugs:
        with transaction() as session:
            found = session.scalars(select(Contest).where(Contest.slug == slug)).one()
            made = rebuild_boards(session, found)
        click.echo(f"Cuộc thi «{slug}»: dựng lại từ {made.attempts} lượt thi, {made.results} kết quả theo vòng.")
