"""Pain 24: logging is not sprinkled over the code afterwards; every act of an organizer leaves exactly one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from quizsvc.units.models import Unit
from tests.organizers.people import PROVINCE, REASON, give
from tests.pains.banking import BANKS
from tests.pains.correcting import CORRECTIONS
from tests.pains.publishing import CONTESTS
from tests.server import run_command
from tests.world import THANH_VINH, Player


@dataclass(frozen=True)
class Hall:
    """Where organizers act: ``owner`` owns the province, ``other`` is somebody else."""

    owner: Player
    other: Player
    phone: Any

    def unit(self, code: str) -> dict[str, Any]:
        items = self.phone.get(f"/api/v1/units?q={code}").json["items"]
        return next(item for item in items if item["code"] == code)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.owner.call("POST", path, {"reason": REASON} | body)


@dataclass(frozen=True)
class Act:
    """Something that an organizer does. ``prepare`` makes what it needs and writes no row of the log."""

    action: str
    do: Callable[[Hall, Any], Any]
    prepare: Callable[[Hall], Any] = lambda hall: None
    refused: Callable[[Hall, Any], Any] | None = None
    """The same by somebody without the power, or about something that does not exist."""


def grant(hall: Hall, _: Any, **changes: Any) -> Any:
    body = {"participant_id": hall.other.id, "role": "viewer", "unit": hall.unit(THANH_VINH)}
    return hall.post("/manage/roles", body | changes)


ACTS = [
    Act("role.grant", grant, refused=lambda hall, _: grant(hall, _, participant_id="nobody")),
    Act(
        "role.revoke",
        lambda hall, role_id: hall.post("/manage/roles/revocations", {"role_id": role_id}),
        prepare=lambda hall: give(hall.other, "organizer", THANH_VINH),
        refused=lambda hall, _: hall.other.call("POST", "/manage/roles/revocations", {"role_id": _, "reason": REASON}),
    ),
    *(Act(*row) for row in CORRECTIONS),
    *(Act(*row) for row in CONTESTS),
    *(Act(*row) for row in BANKS),
]
"""Every act over HTTP. A new endpoint that changes something for an organizer gets a line here."""


@pytest.fixture
def hall(phone):
    made = Hall(Player(phone, 1), Player(phone, 2, "Trần Thị Bình"), phone)
    give(made.owner, "owner", PROVINCE)
    return made


def log():
    with reading() as session:
        assert check_chain(session) == []
        return session.scalars(select(AuditRow).order_by(AuditRow.number)).all()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.action)
def test_every_command_leaves_one_row(hall, act):
    prepared = act.prepare(hall)
    assert log() == []
    answer = act.do(hall, prepared)
    assert answer.status_code in (200, 201, 204), answer.text
    (row,) = log()
    assert (row.number, row.action, row.reason) == (1, act.action, REASON)
    assert (str(row.actor_id), row.actor_role) == (hall.owner.id, "owner")
    assert row.unit_id is not None
    assert row.before != row.after
    assert row.sha256 in hall.owner.get("/manage/audit").text


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.action)
def test_without_a_reason_nothing_happens(hall, act):
    prepared = act.prepare(hall)
    for reason in ("", "   ", None):
        unreasonable = Hall(Unreasonable(hall.owner, reason), hall.other, hall.phone)
        assert act.do(unreasonable, prepared).status_code == 422
    assert log() == []


@pytest.mark.parametrize("act", [act for act in ACTS if act.refused], ids=lambda act: act.action)
def test_what_is_refused_leaves_none(hall, act):
    prepared = act.prepare(hall)
    assert act.refused(hall, prepared).status_code in (403, 404, 409)
    assert log() == []


@pytest.mark.usefixtures("playground")
def test_the_command_line_leaves_one_too(world_url):
    for _ in range(2):  # the second time nothing changes
        run_command(world_url, "grant", "owner", "--zalo-id", "84", "--unit", PROVINCE, "--reason", REASON)
    (row,) = log()
    assert (row.action, row.reason, row.actor_id, row.actor_role) == ("role.grant", REASON, None, None)
    with reading() as session:
        assert session.get(Unit, row.unit_id).code == PROVINCE


class Unreasonable:
    """Does everything as ``player``, and gives this for a reason."""

    def __init__(self, player: Player, reason: str | None) -> None:
        self.id = player.id
        self._player, self._reason = player, reason

    def call(self, method: str, path: str, body: dict[str, Any]) -> Any:
        return self._player.call(method, path, body | {"reason": self._reason})
