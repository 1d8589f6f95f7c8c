"""The unit table, and results that roll up along the tree of units."""

from __future__ import annotations

from itertools import chain

from sqlalchemy import func, select

from quizsvc.contests.models import Contest
from quizsvc.core.db import reading, transaction
from quizsvc.registers.models import Headcount
from quizsvc.units.csv_file import read_units
from quizsvc.units.models import Unit
from quizsvc.units.service import NGHE_AN, load_units
from tests.leaderboards.filling import fill, pages
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers

HAMLET = f"{THANH_VINH}-07"
TRUONG_VINH, VINH_PHU = "16690", "16708"


def test_every_unit_is_in_the_table_best_first(phone, clock):
    make_contest(clock.now)
    results = [(3, 1, 0), (2, 1, 0), (1, 1, 0), (0, 1, 0), (3, 1, 0), (3, 1, 0), (2, 1, 0)]
    fill("thi.r1", *results, units=(THANH_VINH, THANH_VINH, KIM_LIEN, KIM_LIEN, TRUONG_VINH, VINH_PHU, None))
    with reading() as session:
        communes = session.scalar(
            select(func.count()).select_from(Unit).where(Unit.valid_to.is_(None), Unit.kind != "province")
        )
    for limit in (7, 100):
        rows = list(chain(*pages(phone, "/rounds/thi.r1/units", limit)))
        assert len(rows) == len({row["unit"]["id"] for row in rows}) == communes == 130
        shown = [(row["rank"], row["unit"]["code"], row["participants"], row["score"]) for row in rows[:4]]
        assert shown[:2] == [(1, THANH_VINH, 2, 5), (2, KIM_LIEN, 2, 1)]
        assert sorted(shown[2:]) == sorted([(3, TRUONG_VINH, 1, 3), (3, VINH_PHU, 1, 3)])
        assert {(row["rank"], row["participants"], row["attempts"], row["score"]) for row in rows[4:]} == {(5, 0, 0, 0)}
    assert {(row["headcount"], row["rate"]) for row in rows} == {(None, None)}


def test_rates_are_of_the_numbers_that_were_approved(phone, clock):
    make_contest(clock.now)
    fill("thi.r1", (3, 1, 0), (2, 1, 0), (1, 1, 0), units=(THANH_VINH, THANH_VINH, KIM_LIEN))
    with transaction() as session:
        contest = session.scalars(select(Contest)).one()
        units = {unit.code: unit.id for unit in session.scalars(select(Unit).where(Unit.valid_to.is_(None)))}
        for number, (code, staff, approved) in enumerate(
            [(THANH_VINH, 4, True), (THANH_VINH, 8, False), (KIM_LIEN, 3, True)]
        ):
            entry = {"contest_id": contest.id, "unit_id": units[code], "number": number + 1, "staff": staff, "reason": "Sổ"}
            when = {"entered_at": clock.now, "approved": approved, "approved_at": clock.now if approved else None}
            session.add(Headcount(**entry, **when))
    rows = {row["unit"]["code"]: row for row in phone.get("/api/v1/rounds/thi.r1/units?limit=100").json["items"]}
    assert (rows[THANH_VINH]["headcount"], rows[THANH_VINH]["rate"]) == (4, 0.5)
    assert (rows[KIM_LIEN]["headcount"], rows[KIM_LIEN]["rate"]) == (3, 1 / 3)
    assert (rows[VINH_PHU]["headcount"], rows[VINH_PHU]["rate"]) == (None, None)


def test_the_table_of_a_round_that_nobody_played(phone, clock):
    make_contest(clock.now)
    rows = list(chain(*pages(phone, "/contests/thi/units", 100)))
    assert {(row["rank"], row["participants"]) for row in rows} == {(1, 0)}
    assert len(rows) == 130


def test_a_hamlet_counts_for_its_commune_and_the_province(phone, clock):
    hamlet = f"{HAMLET},Khối 7,ward,{THANH_VINH},2025-07-01,,,\n"
    with transaction() as session:
        report = load_units(session, read_units(NGHE_AN.read_bytes() + hamlet.encode()))
    assert (report.added, report.changed) == (1, 0)
    make_contest(clock.now)
    an, binh, chi = (Player(phone, number) for number in (1, 2, 3))
    an.in_unit(HAMLET)
    binh.in_unit(THANH_VINH)
    chi.in_unit(KIM_LIEN)
    for wrong, player in enumerate((an, binh, chi)):
        attempt = player.start().json
        assert player.submit(attempt, answers=right_answers(attempt, wrong=wrong)).json["score"] == 3 - wrong

    def unit(code: str) -> str:
        found = phone.get(f"/api/v1/units?q={code}").json["items"]
        return next(item["id"] for item in found if item["code"] == code)

    for subject in ("rounds/thi.r1", "contests/thi"):
        scores = {
            code: [row["score"] for row in phone.get(f"/api/v1/{subject}/leaderboard?unit={unit(code)}").json["items"]]
            for code in (HAMLET, THANH_VINH, KIM_LIEN, "40")
        }
        assert scores == {HAMLET: [3], THANH_VINH: [3, 2], KIM_LIEN: [1], "40": [3, 2, 1]}
        table = phone.get(f"/api/v1/{subject}/units").json["items"]
        assert [(row["unit"]["code"], row["participants"], row["score"]) for row in table[:2]] == [
            (THANH_VINH, 2, 5),
            (KIM_LIEN, 1, 1),
        ]
        assert HAMLET not in {row["unit"]["code"] for row in table}  # the table has the units below the organizer
    place = binh.get(f"/rounds/thi.r1/leaderboard/me?unit={unit(THANH_VINH)}").json
    assert (place["rank"], place["total"]) == (2, 2)
    assert place["neighbours"][0]["unit_name"] == "Khối 7"


def test_a_commune_that_organizes_shows_its_hamlets(phone, clock):
    hamlets = "".join(f"{THANH_VINH}-0{n},Khối {n},ward,{THANH_VINH},2025-07-01,,,\n" for n in (1, 2))
    with transaction() as session:
        load_units(session, read_units(NGHE_AN.read_bytes() + hamlets.encode()))
    make_contest(clock.now, organizer=THANH_VINH)
    an = Player(phone).in_unit(f"{THANH_VINH}-02")
    an.submit(an.start().json)
    table = phone.get("/api/v1/rounds/thi.r1/units").json["items"]
    assert [(row["rank"], row["unit"]["name"], row["participants"]) for row in table] == [(1, "Khối 2", 1), (2, "Khối 1", 0)]
