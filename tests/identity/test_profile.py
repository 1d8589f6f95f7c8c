"""What people may say about themselves."""

import unicodedata
from datetime import UTC, datetime

from quizsvc.participants.schemas import OCCUPATIONS
from tests.api.problems import assert_faults
from tests.world import KIM_LIEN, THANH_VINH, Player


def change(player, **changes):
    return player.call("PATCH", "/me", changes)


def found(client, query):
    return client.get(f"/api/v1/units?{query}").json["items"]


def test_what_is_left_out_stays_and_null_clears(phone):
    an = Player(phone)
    (vinh,) = (unit for unit in found(phone, f"q={THANH_VINH}") if unit["code"] == THANH_VINH)
    all_of_it = {"nickname": "An vui", "birth_date": "1990-02-28", "unit": vinh, "occupation": "farmer"}
    said = change(an, **all_of_it).json
    shown = {"id": vinh["id"], "code": vinh["code"], "name": vinh["name"]}
    assert {name: said[name] for name in all_of_it} == all_of_it | {"unit": shown}
    assert said["name"] == "Nguyễn Văn An"
    assert change(an).json == said == an.get("/me").json
    for name in all_of_it:
        expected = said | {name: None}
        assert change(an, **{name: None}).json == expected == an.get("/me").json
        assert change(an, **{name: all_of_it[name]}).json == said


def test_only_what_is_mine_to_say(phone):
    an, binh = Player(phone), Player(phone, 2)
    before = an.get("/me").json
    for name in ("id", "name", "avatar_url", "phone_verified", "phone", "zalo_user_id", "erased_at"):
        assert_faults(change(an, **{name: None}), f"/{name}")
    assert_faults(change(an, nickname="An", birth_date="2999-01-01"), "/birth_date")
    assert_faults(
        change(an, nickname="A", occupation="king", birth_date="x", unit=1),
        "/birth_date",
        "/nickname",
        "/occupation",
        "/unit",
    )
    assert an.get("/me").json == before
    change(an, nickname="An")
    assert binh.get("/me").json["nickname"] is None


def test_nicknames(phone):
    an = Player(phone)
    longest = unicodedata.normalize("NFD", "ệ" * 40)  # 120 characters until they are joined
    for nickname in ["An", "Ổi", "a" * 40, longest, "An 😀"]:
        assert change(an, nickname=nickname).json["nickname"] == unicodedata.normalize("NFC", nickname)
    short_or_long = ["", "A", "  ", "\u00a0\u00a0", "a" * 41]
    for wrong in [*short_or_long, "An\u0000", "An\u202e", "\ud800An", "An\u0007", 12, ["An"], True]:
        assert_faults(change(an, nickname=wrong), "/nickname")
    assert an.get("/me").json["nickname"] == "An 😀"


def test_birth_dates(phone, clock):
    an = Player(phone)
    assert clock.now == datetime(2026, 11, 23, 1, tzinfo=UTC)
    for day in ("1900-01-01", "1904-02-29", "2026-11-23"):
        assert change(an, birth_date=day).json["birth_date"] == day
    wrong = ["1899-12-31", "2026-11-24", "0001-01-01", "9999-12-31", "2001-02-29", "20010228", "2001-W01-1", "28/02/2001"]
    for day in [*wrong, "2001-02-28T00:00:00", "", 19900228, {}]:
        assert_faults(change(an, birth_date=day), "/birth_date")
    clock.now = datetime(2026, 11, 23, 17, tzinfo=UTC)  # midnight in Vietnam
    assert change(an.refresh(), birth_date="2026-11-24").json["birth_date"] == "2026-11-24"
    assert_faults(change(an, birth_date="2026-11-25"), "/birth_date")


def test_occupations(phone):
    an = Player(phone)
    for occupation in OCCUPATIONS:
        assert change(an, occupation=occupation).json["occupation"] == occupation
    for wrong in ("", "Farmer", "king", 1, ["farmer"]):
        assert_faults(change(an, occupation=wrong), "/occupation")


def test_units(phone):
    an = Player(phone)
    (kim_lien,) = (unit for unit in found(phone, f"q={KIM_LIEN}") if unit["code"] == KIM_LIEN)
    said = change(an, unit={"id": kim_lien["id"]}).json["unit"]  # only the id is read
    assert said == {"id": kim_lien["id"], "code": KIM_LIEN, "name": kim_lien["name"]}
    assert change(an, unit=kim_lien | {"name": "Xã khác", "code": "1"}).json["unit"] == said
    former = [unit for unit in found(phone, "q=kim lien&on=2025-01-01") if unit["valid_to"] is not None]
    assert former
    for unit in former:
        assert_faults(change(an, unit=unit), "/unit/id")
    for wrong in ("999999999", "0", "", "x", "-1", "1234567890", "１", 1, None):
        assert_faults(change(an, unit={"id": wrong}), "/unit/id")
    for wrong in ({}, {"code": KIM_LIEN}):
        assert_faults(change(an, unit=wrong), "/unit/id")
    for wrong in (kim_lien["id"], [kim_lien]):
        assert_faults(change(an, unit=wrong), "/unit")
    assert an.get("/me").json["unit"] == said


def test_a_unit_that_does_not_exist_yet(phone, clock):
    an = Player(phone)
    (today,) = (unit for unit in found(phone, f"q={THANH_VINH}") if unit["code"] == THANH_VINH)
    clock.now = datetime.fromisoformat(f"{today['valid_from']}T00:00:00+07:00").replace(microsecond=0)
    an = Player(phone)
    assert change(an, unit=today).status_code == 200
    clock.advance(milliseconds=-1)
    assert_faults(change(Player(phone), unit=today), "/unit/id")
