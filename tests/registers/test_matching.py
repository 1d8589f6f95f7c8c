"""Who is on a list: by phone where both sides have one, else by name and birth date; one person and everybody alike."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import event, literal, select

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import db, reading, transaction
from quizsvc.core.keys import Keys
from quizsvc.participants.models import Participant
from quizsvc.registers.models import ListedPerson
from quizsvc.registers.queries import lists_of, matches
from tests.conftest import TEST_KEY
from tests.registers.conftest import SLUG
from tests.registers.making import csv_file
from tests.world import KIM_LIEN, THANH_VINH, Player

KEYS = Keys.from_secrets([TEST_KEY])
HEAD = "họ tên;ngày sinh;điện thoại;mã đơn vị"
PROVINCE = "40"


@pytest.fixture
def on_list(province):
    """Puts people on a list."""

    def put(*lines, code="mandatory"):
        answer = province.commit(f"/lists/{code}", csv_file(HEAD, *lines))
        assert answer.status_code == 200, answer.text

    return put


@pytest.fixture
def an(contest, phone):
    player = Player(phone, 1, "Nguyễn Văn An").in_unit(THANH_VINH)
    player.call("PATCH", "/me", {"birth_date": "1990-05-19"})
    return player


def share_phone(player, number="0912345678"):
    body = {"phone_token": f"sandbox-phone:{number}", "access_token": "sandbox:1"}
    assert player.call("POST", "/me/phone", body).status_code == 200


def lists(player, keys=KEYS):
    """What one person's lists are; checked against the search for everybody."""
    with reading() as session:
        contest_id = contest_by_slug(session, SLUG).id
        found = lists_of(session, contest_id, session.get(Participant, UUID(player.id)), keys)
        for code in ("mandatory", "ban-to-chuc"):
            people = {participant_id for _, participant_id in session.execute(matches(contest_id, [code]))}
            assert (UUID(player.id) in people) == (code in found) or keys is not KEYS
    return found


def test_nobody_is_on_an_empty_list(an):
    assert lists(an) == frozenset()


def test_by_name_and_birth_date(an, on_list):
    on_list("NGUYEN VAN  AN;19/05/1990;;")
    on_list("Nguyễn Văn An;20/05/1990;;", code="ban-to-chuc")
    assert lists(an) == {"mandatory"}
    an.call("PATCH", "/me", {"birth_date": None})
    assert lists(an) == frozenset()


@pytest.mark.parametrize(("code", "found"), [(THANH_VINH, True), (PROVINCE, True), (KIM_LIEN, False), ("", True)])
def test_a_name_counts_in_the_unit_of_the_row(an, on_list, code, found):
    on_list(f"Nguyễn Văn An;19/05/1990;;{code}")
    assert lists(an) == ({"mandatory"} if found else frozenset())


def test_a_name_in_a_unit_needs_a_unit(an, on_list):
    on_list(f"Nguyễn Văn An;19/05/1990;;{THANH_VINH}")
    an.call("PATCH", "/me", {"unit": None})
    assert lists(an) == frozenset()


def test_by_phone_whatever_the_name_and_unit(an, on_list):
    on_list(f"Trần Thị Bình;;+84 912 345 678;{KIM_LIEN}", code="ban-to-chuc")
    assert lists(an) == frozenset()
    share_phone(an)
    assert lists(an) == {"ban-to-chuc"}


def test_another_phone_is_another_person(an, on_list):
    on_list("Nguyễn Văn An;19/05/1990;0987654321;")
    assert lists(an) == {"mandatory"}  # as long as we do not know their number
    share_phone(an)
    assert lists(an) == frozenset()


def test_whoever_left_the_list_is_not_on_it(an, on_list):
    on_list("Nguyễn Văn An;19/05/1990;;")
    with transaction() as session:
        session.scalars(select(ListedPerson)).one().removed_at = datetime(2026, 11, 23, tzinfo=UTC)
    assert lists(an) == frozenset()


def test_a_new_key_still_finds_phones_listed_under_the_old_one(an, on_list):
    on_list("Trần Thị Bình;;0912345678;")
    share_phone(an)
    assert lists(an, Keys.from_secrets(["a-newer-key-0123456789-abcdefghijklmnop", TEST_KEY])) == {"mandatory"}


def test_erasure_takes_a_person_off_every_match(an, on_list):
    on_list("Nguyễn Văn An;19/05/1990;0912345678;")
    share_phone(an)
    assert an.call("DELETE", "/me").status_code == 204
    with reading() as session:
        person = session.get(Participant, UUID(an.id))
        assert (person.name_key, person.phone_hash) == (None, None)
        assert session.execute(matches(contest_by_slug(session, SLUG).id, ["mandatory"])).all() == []


def test_one_query(an, on_list):
    on_list(f"Nguyễn Văn An;19/05/1990;0912345678;{THANH_VINH}")
    share_phone(an)
    asked = []
    with reading() as session:
        contest_id = contest_by_slug(session, SLUG).id
        person = session.get(Participant, UUID(an.id))
        session.scalar(select(literal(1)))

        def count(_connection, _cursor, statement, *_more):
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", count)
        assert lists_of(session, contest_id, person, KEYS) == {"mandatory"}
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(asked) == 1
