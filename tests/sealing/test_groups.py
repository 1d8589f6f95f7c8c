"""The boards of units inside snapshots: with the winners that sealing made known."""

from __future__ import annotations

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import transaction
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from tests.conftest import NOW, RepeatableChance
from tests.sealing.filling import LATER, Result, put, seal
from tests.world import KIM_LIEN, THANH_VINH, make_contest, round_document

PRIZES = [{"prize": "nhat", "title": "Giải Nhất", "quantity": 1}, {"prize": "nhi", "title": "Giải Nhì", "quantity": 2}]
GROUPS = [
    {"group": "giai", "title": "Nhiều người đoạt giải", "keys": [{"metric": "winners"}], "kinds": ["commune", "ward"]},
    {
        "group": "dong",
        "title": "Đông người dự thi",
        "keys": [{"metric": "participants"}],
        "kinds": ["commune", "ward"],
        "gate": {"min_participants": 2},
    },
]


def seal_contest():
    with transaction() as session:
        order = Order(Kind.PROVISIONAL, "Tổng kết cuộc thi")
        contest = contest_by_slug(session, "thi")
        return service.seal_contest(session, contest, order, actor=SYSTEM, now=LATER, chance=RepeatableChance())


def table(phone, group):
    rows = phone.get(f"/api/v1/contests/thi/units?group={group}&limit=2").json["items"]
    return [(row["rank"], row["unit"]["code"], row["participants"], row["metrics"].get("winners")) for row in rows]


def test_winners_count_for_their_units_once_sealed(playground, phone, clock):
    make_contest(NOW, round_document(NOW, prizes=PRIZES), groups=GROUPS)
    home = (KIM_LIEN, KIM_LIEN, THANH_VINH, THANH_VINH, THANH_VINH)
    put("thi.r1", [Result(duration_ms=1000 * place, unit=code) for place, code in enumerate(home)])
    clock.now = LATER
    assert table(phone, "dong") == [(1, THANH_VINH, 3, 0), (2, KIM_LIEN, 2, 0)]
    seal()
    made = seal_contest().snapshots[-1]
    assert [each["group"] for each in made.groups] == ["giai", "dong"]
    assert table(phone, "giai") == [(1, KIM_LIEN, 2, 2), (2, THANH_VINH, 3, 1)]
    assert table(phone, "dong") == [(1, THANH_VINH, 3, 1), (2, KIM_LIEN, 2, 2)]
    put("thi.r1", [Result(unit=KIM_LIEN), Result(unit=KIM_LIEN)], first=7000)
    assert table(phone, "dong") == [(1, THANH_VINH, 3, 1), (2, KIM_LIEN, 2, 2)]
    assert phone.get("/api/v1/contests/thi/units?group=khong").status_code == 404
    assert phone.get("/api/v1/rounds/thi.r1/units?group=dong").status_code == 404


def test_units_that_a_gate_keeps_out_follow_with_the_reason(playground, phone, clock):
    make_contest(NOW, round_document(NOW, prizes=PRIZES), groups=GROUPS)
    put("thi.r1", [Result(unit=KIM_LIEN), Result(unit=THANH_VINH), Result(unit=KIM_LIEN)])
    clock.now = LATER
    seal_contest()
    page = phone.get("/api/v1/contests/thi/units?group=dong&limit=1").json
    assert [(row["rank"], row["unit"]["code"], row["reasons"]) for row in page["items"]] == [(1, KIM_LIEN, [])]
    page = phone.get(f"/api/v1/contests/thi/units?group=dong&limit=1&cursor={page['next']}").json
    assert [(row["rank"], row["reasons"] != []) for row in page["items"]] == [(None, True)]
