"""Consent per purpose: every answer is kept, the newest counts, and the board follows it at once."""

from tests.api.problems import assert_faults
from tests.world import Player, make_contest


def answer(player, purpose="publish_name", granted=True, policy_version="2026-01"):
    return player.call("POST", "/me/consents", {"purpose": purpose, "policy_version": policy_version, "granted": granted})


def newest(player):
    said = player.get("/me/consents").json
    assert said["next"] is None
    return [(row["purpose"], row["policy_version"], row["granted"]) for row in said["items"]]


def test_the_newest_answer_counts_and_every_one_is_kept(client, clock):
    an, binh = Player(client, 1), Player(client, 2)
    assert newest(an) == []
    given = [("play", "1", True), ("publish_name", "1", True), ("publish_name", "2", False), ("contact", "2", False)]
    moments = []
    for purpose, version, granted in given:
        clock.advance(seconds=1)
        made = answer(an, purpose, granted, version)
        assert made.status_code == 201
        assert made.json == {
            "purpose": purpose,
            "policy_version": version,
            "granted": granted,
            "given_at": clock.now.isoformat(),
        }
        moments.append(clock.now.isoformat())
    assert newest(an) == [("contact", "2", False), ("play", "1", True), ("publish_name", "2", False)]
    history = an.get("/me/export").json["consents"]
    assert [(row["purpose"], row["policy_version"], row["granted"]) for row in history] == given
    assert [row["given_at"] for row in history] == moments
    assert (newest(binh), binh.get("/me/export").json["consents"]) == ([], [])


def test_half_an_answer_is_none(client):
    an = Player(client)
    good = {"purpose": "play", "policy_version": "1", "granted": True}
    wrong = {
        "purpose": ["sell", "", None, 1],
        "policy_version": ["", "1" * 41, 1, None],
        "granted": ["yes", 1, None],
        "given_at": ["2026-01-01T00:00:00Z"],
    }
    for name, values in wrong.items():
        for value in values:
            assert_faults(an.call("POST", "/me/consents", good | {name: value}), f"/{name}")
    assert_faults(an.call("POST", "/me/consents", {}), "/granted", "/policy_version", "/purpose")
    assert newest(an) == []


def test_the_name_on_the_board(phone, clock):
    make_contest(clock.now)
    an, other = Player(phone, 1), Player(phone, 2, "Trần Thị Bình")
    an.submit(an.start().json)

    def shown():
        clock.advance(seconds=1)
        names = [row["display_name"] for row in phone.get("/api/v1/rounds/thi.r1/leaderboard").json["items"]]
        assert an.get("/rounds/thi.r1/leaderboard/me").json["entry"]["display_name"] == names[0]
        assert phone.get("/api/v1/contests/thi/leaderboard").json["items"][0]["display_name"] == names[0]
        return names

    assert shown() == ["Nguyễn V. A."]
    answer(an, "contact")
    answer(an, "play")
    assert shown() == ["Nguyễn V. A."]
    answer(an, granted=True)
    assert shown() == ["Nguyễn Văn An"]
    an.call("PATCH", "/me", {"nickname": "Sao sáng"})
    assert shown() == ["Sao sáng"]
    answer(an, granted=False)
    assert shown() == ["Sao sáng"]
    an.call("PATCH", "/me", {"nickname": None})
    assert shown() == ["Nguyễn V. A."]
    answer(other, granted=True)
    assert shown() == ["Nguyễn V. A."]  # one person's consent is nobody else's
