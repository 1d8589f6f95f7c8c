"""``quizsvc contests``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from quizsvc.commands.results import results
from quizsvc.commands.seal import seal
from quizsvc.contests import publishing
from quizsvc.contests.errors import CannotPublish
from quizsvc.contests.loading import Loaded
from quizsvc.contests.readiness import warnings_of
from quizsvc.contests.yaml_file import SUFFIXES, read_contest
from quizsvc.core.db import transaction
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime

SHORTEST_REASON = 3
SAID = {
    Loaded.ADDED: "đã thêm",
    Loaded.CHANGED: "đã cập nhật",
    Loaded.AMENDED: "đã sửa đổi, có công bố lý do",
    Loaded.UNCHANGED: "không thay đổi",
}


@click.group()
def contests() -> None:
    """Cuộc thi."""


@contests.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check only; nothing is written.")
@click.option("--reason", help="Why a contest that has opened is amended; published with the amendment.")
@click.option("--draft", is_flag=True, help="For the organizers alone, until `contests publish`; otherwise public at once.")
def load(path: Path, dry_run: bool, reason: str | None, draft: bool) -> None:
    """Load contest documents (a YAML or JSON file, or a folder of them); repeating changes nothing."""
    for line in load_contests(path, dry_run=dry_run, reason=reason, as_draft=draft):
        click.echo(line)


@contests.command()
@click.argument("slug")
@click.option("--reason", required=True, help="Kept in the audit log.")
def publish(slug: str, reason: str) -> None:
    """Make a draft public, for good."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise click.BadParameter("cần lý do rõ ràng", param_hint="--reason")
    for line in publish_contest(slug, reason):
        click.echo(line)


def load_contests(path: Path, *, dry_run: bool = False, reason: str | None = None, as_draft: bool = False) -> list[str]:
    """Load a document or a folder of them, all or nothing; one line about each."""
    files = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES) if path.is_dir() else [path]
    documents = [read_contest(file) for file in files]
    run = runtime()
    with transaction() as session:
        now = run.clock()
        more: dict[str, Any] = {"by": None, "now": now, "chance": run.chance, "reason": reason, "as_draft": as_draft}
        done = [publishing.take_document(session, document, **more) for document in documents]
        for taken in done:  # the log last: all who write there wait for each other
            publishing.write_down(session, taken, reason=reason, now=now)
        lines = [_said(taken, as_draft=as_draft) for taken in done]
        if dry_run:
            session.rollback()
    return lines


def publish_contest(slug: str, reason: str) -> list[str]:
    """Publish a draft; a line about it and one for each thing to look at."""
    run = runtime()
    try:
        with transaction() as session:
            now = run.clock()
            contest = publishing.publish(session, slug, by=None, reason=reason, now=now, chance=run.chance)
            is_new = contest.published_at == now
            warnings = warnings_of(session, contest, now)
    except (NotFound, CannotPublish) as problem:
        raise click.ClickException(problem.detail or problem.title) from None
    line = f"Cuộc thi «{slug}»: {'đã công khai' if is_new else 'đã công khai từ trước, không thay đổi'}"
    return [line, *(f"Lưu ý: {warned.detail}" for warned in warnings)]


def _said(taken: publishing.Taken, *, as_draft: bool) -> str:
    is_draft = publishing.state_of(taken.contest) == "draft"
    if as_draft and not is_draft:
        raise click.ClickException(f"Cuộc thi «{taken.contest.slug}» đã công khai nên không thể trở lại bản nháp.")
    opened = taken.before is not None and taken.is_published_now
    more = " (bản nháp)" if is_draft else ", đã công khai" if opened else ""
    return f"Cuộc thi «{taken.contest.slug}»: {SAID[taken.loaded]}{more}"


contests.add_command(seal)
contests.add_command(results)
