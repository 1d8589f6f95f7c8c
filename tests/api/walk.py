"""Every declared endpoint called by every role, and what was answered, to the byte."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quizsvc.core.http import Api, Operation
from tests.api.two_worlds import HOUR, LISTED, World
from tests.conftest import NOW
from tests.registers.making import csv_file
from tests.world import THANH_VINH, Player, round_document, written

REASON = "Theo công văn số 12 của ban tổ chức"
REQUEST_ID = "the-same-for-all-requests"
QUESTION = next(question.code for bank in written()[0] if bank.code == "bau-cu" for question in bank.questions)
COMMITMENT = re.compile(rb'"(participants_sha256|sha256|prev_sha256)":"[0-9a-f]{64}"')
COMMITTED = {"organizers.list_audit", "corrections.list_corrections"}
"""The log commits to who was disqualified by a hash over random ids, which nobody can invert; the chain follows it."""
PEOPLE = csv_file("Họ và tên,Ngày sinh,Mã đơn vị", *(f"{name},23/11/1984," for name in LISTED))
STAFF = csv_file("Mã đơn vị,Số người", f"{THANH_VINH},120")

NEW = {"bank": "moi"}
QUESTIONS = csv_file("Câu hỏi,A,B,Đáp án", "Ai ban hành luật?,Quốc hội,Chính phủ,A")

OTHER = {
    "contest": "khac",
    "title": "Cuộc thi khác",
    "organizer": "40",
    "rounds": [round_document(NOW + 9 * HOUR)],
}


@dataclass(frozen=True)
class Call:
    """One request. ``path`` names what stands in the path where it matters; ``spare``: as somebody who may go."""

    body: Any = None
    query: str = ""
    path: dict[str, str] = field(default_factory=dict)
    file: bytes | None = None
    spare: bool = False


@dataclass(frozen=True)
class Heard:
    """Who called what, and the whole answer."""

    role: str
    endpoint: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


READS: dict[str, list[str]] = {
    "leaderboards.round_leaderboard": ["", "?unit={unit}", "?limit=1"],
    "leaderboards.contest_leaderboard": ["", "?unit={unit}"],
    "leaderboards.round_place": ["", "?unit={unit}"],
    "leaderboards.contest_place": ["", "?unit={unit}"],
    "missing.list_missing": ["", "?unit={unit}"],
    "organizers.list_audit": ["?limit=100"],
    "corrections.list_corrections": ["?limit=100"],
    "bank_export.list_losses": ["?format=gift"],
}
"""Queries of reading endpoints; the others are read without any."""


def bodies(world: World, player: Player | None, role: str) -> dict[str, list[Call]]:
    """Calls of endpoints that write, each in order, as far as their answers could tell something."""
    mine = world.own.get(role, world.own["participant"])
    unit = {"id": world.unit}
    somebody = world.callers["viewer"]
    assert somebody is not None
    asked = mine["open"]["questions"][0]
    answer = {asked["id"]: [asked["choices"][0]["id"]]}
    r1, r2 = {"round_id": "thi.r1"}, {"round_id": "thi.r2"}
    later = {"closes_at": "2026-11-23T05:30:00Z"}
    window = {"opens_at": "2026-11-23T06:00:00Z", "closes_at": "2026-11-23T07:00:00Z"}
    outage = {"outage": {"start": "2026-11-23T02:00:00Z", "end": "2026-11-23T03:01:00Z"}}
    places = {
        "places": [{"participant_id": somebody.id, "place": 1}, {"participant_id": mine_id(player, somebody), "place": 2}]
    }
    correction = {"reason": REASON}

    def both(body: dict[str, Any], where: dict[str, str]) -> list[Call]:
        return [Call(correction | body, "?preview=true", where), Call(correction | body, "", where)]

    def tried(body: dict[str, Any], where: dict[str, str]) -> Call:
        return Call(correction | body, "?preview=true", where)

    to_be_gone = {"grounds": "fraud", "unit": unit}
    return {
        "attempts.start_attempt": [Call(path=r1), Call(path=r2)],
        "attempts.save_answers": [Call({"version": 1, "answers": answer, "predicted": None})],
        "attempts.submit": [
            Call({"request_id": "request-2"}),
            Call({"request_id": "request-1", "predicted": "7 người"}, path={"attempt_id": mine["ended"]["id"]}),
        ],
        "identity.sign_in": [Call({"access_token": "sandbox:901:Trần Thị Bình"})],
        "identity.refresh": [Call({"refresh_token": "nobody's" * 5})],
        "identity.log_out": [Call({"refresh_token": "nobody's" * 5})],
        "identity.patch_me": [Call({"nickname": "Hoa"})],
        "identity.verify_phone": [Call({"phone_token": "sandbox-phone:0912345678", "access_token": "sandbox:901"})],
        "identity.give_consent": [Call({"purpose": "play", "policy_version": "2026-11", "granted": True})],
        "identity.delete_me": [Call(spare=True)],
        "registers.register": [Call()],
        "registers.import_headcounts": [Call(query="?dry_run=true", file=STAFF), Call(file=STAFF)],
        "registers.import_people": [Call(query="?dry_run=true", file=PEOPLE), Call(file=PEOPLE)],
        "registers.approve_headcount": [Call({"unit": unit, "number": 1, "reason": REASON})],
        "question_life.review_question": [Call({"answered": ["A"]})],
        "question_life.settle_question": [Call(correction)],
        "question_life.retire_question": [Call(correction)],
        "question_life.confirm_law": [Call(correction)],
        "question_life.see_key": [Call(correction)],
        "question_life.rewrite_question": [Call(correction | {"text": "Câu hỏi viết lại thế nào?"})],
        "question_life.approve_questions": [Call(correction | {"questions": ["bc-001"]})],
        "organizers.grant_role": [Call({"participant_id": somebody.id, "role": "author", "unit": unit, "reason": REASON})],
        "banks.create_bank": [Call({"code": "moi", "title": "Ngân hàng mới", "unit": unit, "reason": REASON})],
        "banks.import_questions": [Call(file=QUESTIONS, path=NEW)],
        "banks.undo_import": [Call(correction, path=NEW)],
        "bank_export.export_bank": [Call(correction | {"format": "gift"})],
        "organizers.revoke_role": [Call({"role_id": "nothing", "reason": REASON})],
        "corrections.void_question": [*both({"effect": "drop"}, r2), tried({"effect": "accept_all"}, r1)],
        "corrections.rekey_question": [*both({"keys": ["a", "b"]}, r2), tried({"keys": ["a", "b"]}, r1)],
        "corrections.disqualify_in_round": [*both(to_be_gone, r2), tried(to_be_gone, r1)],
        "corrections.disqualify_in_contest": [tried(to_be_gone, {})],
        "corrections.extend_round": [*both(later, r2), tried(later, r1)],
        "corrections.give_extra_time": [tried(outage, r1), tried(outage, r2), Call(correction | outage, "", r2)],
        "corrections.add_make_up_session": both(window | {"unit": unit, "replaces_expired": True}, r2),
        "corrections.place_in_round": both(places, r1),
        "corrections.place_in_contest": both(places, {}),
        "corrections.undo": [Call(correction, "?preview=true", {"number": str(number)}) for number in range(1, 12)],
        "manage_contests.load_contest": [Call(OTHER, f"?reason={REASON}")],
        "manage_contests.publish_contest": [Call(correction)],
        "sealing.seal_round": [Call({"kind": "provisional", "reason": REASON}, path=each) for each in (r1, r2)],
        "sealing.seal_contest": [Call({"kind": "provisional", "reason": REASON})],
    }


def mine_id(player: Player | None, somebody: Player) -> str:
    return somebody.id if player is None else player.id


def declared(world: World) -> list[tuple[str, str, Operation]]:
    """Name, whole path and declaration of every endpoint, those that read first."""
    found = [
        (f"{blueprint.name}.{made.endpoint}", (blueprint.url_prefix or "") + made.rule, made)
        for blueprint in world.app.blueprints.values()
        if isinstance(blueprint, Api)
        for made in blueprint.operations
    ]
    return sorted(found, key=lambda entry: entry[2].method != "GET")


def walk(world: World, *, writing: bool = True, but: frozenset[str] = frozenset()) -> Iterator[Heard]:
    """Call everything as everybody: first all that reads, then what writes, then once more all that reads."""
    operations = [entry for entry in declared(world) if entry[0] not in but]
    reads = [entry for entry in operations if entry[2].method == "GET"]
    writes = [entry for entry in operations if entry[2].method != "GET"] if writing else []
    seeds = itertools.count(10_000)
    for some in (reads, writes, reads if writing else []):
        for role, player in world.callers.items():
            for endpoint, rule, made in some:
                for call in _calls(world, player, role, endpoint, made):
                    for address in _addresses(world, role, rule, call):
                        world.chance.restart(next(seeds))  # however often it was asked before
                        yield _ask(world, player, role, endpoint, address, made, call)


def _calls(world: World, player: Player | None, role: str, endpoint: str, made: Operation) -> list[Call]:
    if made.method != "GET":
        return bodies(world, player, role).get(endpoint, [])
    return [Call(query=query.format(unit=world.unit)) for query in READS.get(endpoint, [""])]


def _addresses(world: World, role: str, rule: str, call: Call) -> list[str]:
    """The path with everything that exists in the place of its ids, also what is somebody else's."""
    mine = world.own.get(role, world.own["participant"])
    others = world.own["owner" if role != "owner" else "viewer"]["ended"]
    known = {
        "round_id": ["thi.r0", "thi.r1", "thi.r2"],
        "slug": ["thi"],
        "attempt_id": [mine["open"]["id"], mine["ended"]["id"], others["id"]],
        "unit_id": [world.unit],
        "list_code": ["mandatory"],
        "number": ["1"],
        "question": [QUESTION if "." in QUESTION else f"bau-cu.{QUESTION}"],
        "group": ["xa"],
        "bank": ["bau-cu"],
        "code": ["bc-001"],
        "batch": ["1"],
    }
    paths = [rule]
    for name in re.findall(r"<id:([^>]+)>", rule):
        values = [call.path[name]] if name in call.path else known[name]
        paths = [path.replace(f"<id:{name}>", value) for path in paths for value in values]
    return [path + call.query for path in paths]


def _ask(world: World, player: Player | None, role: str, endpoint: str, address: str, made: Operation, call: Call) -> Heard:
    if call.spare and player is not None:
        player = Player(world.phone, 900)
    headers = {"X-Request-Id": REQUEST_ID} | ({} if player is None else player.headers)
    more: dict[str, Any] = {"json": call.body}
    if made.files is not None:
        raw = call.file or b""
        form = {"file": FileStorage(io.BytesIO(raw), "bảng.csv"), "reason": REASON}
        boundary, body = encode_multipart(form | {"file_sha256": hashlib.sha256(raw).hexdigest()}, boundary="boundary")
        more = {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
    answer = world.phone.open(address, method=made.method, headers=headers, **more)
    said = COMMITMENT.sub(b"", answer.data) if endpoint in COMMITTED else answer.data
    return Heard(role, endpoint, address, answer.status_code, tuple(sorted(answer.headers)), said)
