"""``quizsvc correct``: corrections from the command line, the same as over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import click
from marshmallow import Schema, ValidationError

from quizsvc.core.clock import local_day
from quizsvc.core.db import reading
from quizsvc.core.fields import pointer_errors
from quizsvc.core.problems import Problem, ValidationFailed
from quizsvc.core.runtime import runtime
from quizsvc.corrections import disqualifying, extending, extra_time, make_up, placing, queries, ruling, schemas, service
from quizsvc.corrections.requests import carry_out, take_back
from quizsvc.units.service import unit_by_code

REASON = click.option("--reason", required=True, help="At least 10 characters; kept for ever in the audit log.")
PREVIEW = click.option("--preview", is_flag=True, help="Say what it would do, and change nothing.")
ROUND = click.argument("round_id", metavar="ROUND")
QUESTION = click.argument("question", metavar="BANK.QUESTION")
PEOPLE = click.option("--person", "people", multiple=True, help="Id of a participant; may be repeated.")
UNIT = click.option("--unit", "unit_code", help="Official code of a unit instead.")


@click.group()
def correct() -> None:
    """Điều chỉnh vòng thi: câu hỏi, người, thời gian. Mỗi việc có lý do, xem trước được, để lại một dòng nhật ký."""


@correct.command()
@ROUND
@QUESTION
@click.option("--effect", type=click.Choice(["accept_all", "drop"]), required=True)
@REASON
@PREVIEW
def void(round_id: str, question: str, effect: str, reason: str, preview: bool) -> None:
    """Do not mark a question (drop), or take any answer to it as right (accept_all)."""
    _run(ruling.VOID, schemas.VoidIn, {"effect": effect, "reason": reason}, preview, round_id, question=question)


@correct.command()
@ROUND
@QUESTION
@click.option("--key", "keys", multiple=True, required=True, help="Letters of the author's choices; each --key is right.")
@REASON
@PREVIEW
def rekey(round_id: str, question: str, keys: tuple[str, ...], reason: str, preview: bool) -> None:
    """Change the key of a question; everybody who drew it is marked again."""
    _run(ruling.REKEY, schemas.RekeyIn, {"keys": list(keys), "reason": reason}, preview, round_id, question=question)


@correct.command()
@click.argument("where", metavar="ROUND|CONTEST")
@click.option("--grounds", type=click.Choice(list(disqualifying.GROUNDS)), required=True)
@PEOPLE
@UNIT
@REASON
@PREVIEW
def disqualify(where: str, grounds: str, people: tuple[str, ...], unit_code: str | None, reason: str, preview: bool) -> None:
    """Disqualify people, or all who played for a unit, in a round (thi.r1) or a whole contest (thi)."""
    body = {"grounds": grounds, "reason": reason} | _whom(people, unit_code)
    _run(disqualifying.DISQUALIFY, schemas.DisqualifyIn, body, preview, where)


@correct.command()
@ROUND
@click.argument("closes_at", metavar="CLOSES_AT")
@REASON
@PREVIEW
def extend(round_id: str, closes_at: str, reason: str, preview: bool) -> None:
    """Let a round close later (2026-11-23T20:00:00+07:00)."""
    _run(extending.EXTEND, schemas.ExtensionIn, {"closes_at": closes_at, "reason": reason}, preview, round_id)


@correct.command("extra-time")
@ROUND
@click.option("--attempt", "attempt_id", help="One open attempt.")
@click.option("--person", "participant_id", help="Or the open attempt of a person.")
@click.option("--seconds", type=click.IntRange(1), help="How much for them.")
@click.option("--outage", nargs=2, metavar="START END", help="Or: make good a measured outage for everybody.")
@REASON
@PREVIEW
def give_extra_time(
    round_id: str,
    attempt_id: str | None,
    participant_id: str | None,
    seconds: int | None,
    outage: tuple[str, str] | None,
    reason: str,
    preview: bool,
) -> None:
    """Extra time for one open attempt, or for all that an outage hit."""
    body: dict[str, Any] = {"reason": reason, "attempt_id": attempt_id, "participant_id": participant_id}
    body["extra_ms"] = None if seconds is None else seconds * 1000
    body["outage"] = None if outage is None else {"start": outage[0], "end": outage[1]}
    given = {name: value for name, value in body.items() if value is not None}
    _run(extra_time.EXTRA_TIME, schemas.ExtraTimeIn, given, preview, round_id)


@correct.command("make-up")
@ROUND
@click.argument("opens_at")
@click.argument("closes_at")
@PEOPLE
@UNIT
@click.option("--replaces-expired", is_flag=True, help="Their attempts that the service had to close are void.")
@REASON
@PREVIEW
def add_make_up(
    round_id: str,
    opens_at: str,
    closes_at: str,
    people: tuple[str, ...],
    unit_code: str | None,
    replaces_expired: bool,
    reason: str,
    preview: bool,
) -> None:
    """Another time to sit a round, for some people or a unit."""
    body = {"opens_at": opens_at, "closes_at": closes_at, "replaces_expired": replaces_expired, "reason": reason}
    _run(make_up.ADD, schemas.MakeUpIn, body | _whom(people, unit_code), preview, round_id)


@correct.command()
@click.argument("where", metavar="ROUND|CONTEST")
@click.option("--place", "places", nargs=2, multiple=True, metavar="PERSON PLACE", required=True)
@click.option("--track", help="On the board of this track.")
@REASON
@PREVIEW
def places(where: str, places: tuple[tuple[str, str], ...], track: str | None, reason: str, preview: bool) -> None:
    """The committee's order among equals on a board."""
    given = [{"participant_id": person, "place": int(place) if place.isdigit() else place} for person, place in places]
    body: dict[str, Any] = {"places": given, "reason": reason} | ({} if track is None else {"track": track})
    _run(placing.PLACE, schemas.PlacesIn, body, preview, where)


@correct.command()
@click.argument("number")
@REASON
@PREVIEW
def undo(number: str, reason: str, preview: bool) -> None:
    """Take a correction back, where that is fair."""
    body = _checked(schemas.ReasonIn(), {"reason": reason})
    _tell(lambda: take_back(number, body, caller=None, preview=preview))


@correct.command("list")
@click.argument("contest")
def show(contest: str) -> None:
    """Corrections of a contest, the newest first."""
    try:
        with reading() as session:
            found = service.in_contest(session, contest, None).contest
            rows = queries.corrections_page(session, found.id, before=None, limit=1000)
    except Problem as problem:
        raise click.ClickException(_said(problem)) from None
    for correction, row, public_id in rows:
        state = "" if correction.undone_number is None else f" · đã hoàn tác ở số {correction.undone_number}"
        click.echo(f"{correction.number} · {row.action} · {public_id or contest} · {row.reason}{state}")


def _run(action: str, schema: type[Schema], body: Mapping[str, Any], preview: bool, where: str, **more: str) -> None:
    place = {"round_id": where} if "." in where else {"slug": where}
    checked = _checked(schema(), body) | more
    _tell(lambda: carry_out(action, checked, caller=None, preview=preview, **place))


def _checked(schema: Schema, body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(body)
    except ValidationError as error:
        faults = "; ".join(f"{fault['pointer']}: {fault['detail']}" for fault in pointer_errors(error.messages))
        raise click.ClickException(faults) from None
    return loaded


def _whom(people: tuple[str, ...], unit_code: str | None) -> dict[str, Any]:
    whom: dict[str, Any] = {"participants": list(people)} if people else {}
    if unit_code is not None:
        with reading() as session:
            unit = unit_by_code(session, unit_code, on=local_day(runtime().clock()))
        if unit is None:
            raise click.BadParameter(f"không có đơn vị mang mã {unit_code}", param_hint="--unit")
        whom["unit"] = {"id": str(unit.id)}
    return whom


def _tell(do: Callable[[], dict[str, Any]]) -> None:
    try:
        shown = do()
    except Problem as problem:
        raise click.ClickException(_said(problem)) from None
    done = "XEM TRƯỚC, chưa ghi" if shown["preview"] else f"Đã ghi, số {shown['number']}"
    effect = shown["effect"]
    click.echo(f"{done}: {shown['action']}, {effect['attempts']} lượt thi của {effect['people']} người thay đổi.")
    for board in effect["boards"]:
        click.echo(f"Bảng {board['board']}: {board['ranks']} người đổi hạng, {board['prize_places']} chỗ có giải.")
        for word, names in (("vào vùng giải", board["entering"]), ("ra khỏi vùng giải", board["leaving"])):
            for each in names:
                ranks = f"hạng {each['rank_before'] or '–'} → {each['rank_after'] or '–'}"
                click.echo(f"  {word}: {each['display_name']} ({each['participant_id']}), {ranks}")
    for each in shown["cut_off"]:
        click.echo(f"Hết giờ trong sự cố, cần thi bù: {each['display_name']} ({each['participant_id']})")


def _said(problem: Problem) -> str:
    if isinstance(problem, ValidationFailed):
        return json.dumps(problem.extra["errors"], ensure_ascii=False)
    return problem.detail or problem.title
