"""Pain 10: no answer of the service holds the key, or anything that leads to it, before the review opens."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from quizsvc.core.http import Api
from tests.pains.leaks import leaks, members
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document, written

PAPER = [{"bank": bank, "count": 2} for bank in ("bau-cu", "tre-em", "dat-dai", "hon-nhan-gia-dinh")]
LATER = {"result": "after_round", "review": "after_round", "board": "after_round"}
AT_ONCE = {"result": "at_once", "review": "after_round", "board": "at_once"}
# They name fields, of answers and of rankings: searched for the texts of a review alone.
DESCRIPTIONS = ("service.openapi_document", "contests.get_contest_schema")


@dataclass
class Ear:
    """A phone's HTTP client that keeps every answer, with the endpoint that gave it."""

    client: FlaskClient
    heard: list[tuple[str, Any]] = field(default_factory=list)

    def open(self, path: str, method: str = "GET", **more: Any) -> Any:
        answer = self.client.open(path, method=method, **more)
        routes = self.client.application.url_map.bind("")
        self.heard.append((routes.match(path.partition("?")[0], method=method)[0], answer))
        return answer

    def get(self, path: str, **more: Any) -> Any:
        return self.open(path, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.open(path, method="POST", **more)


@pytest.mark.parametrize(
    ("show", "prompt"), [(LATER, {"prompt": "Bao nhiêu người?"}), (AT_ONCE, None)], ids=["results-later", "results-at-once"]
)
def test_no_answer_of_a_played_round_holds_a_key(playground, phone, clock, show, prompt):
    prediction = {} if prompt is None else {"prediction": prompt}
    make_contest(clock.now, round_document(clock.now, paper=PAPER, show=show, **prediction))
    ear = Ear(phone)
    player, attempt = play_everything(ear, {} if prompt is None else {"predicted": 17})

    assert {endpoint for endpoint, _ in ear.heard} >= endpoints_of_players(playground)
    for endpoint, answer in ear.heard:
        assert leaks(answer.data, names=endpoint not in DESCRIPTIONS) == [], (endpoint, answer.text)
        assert leaks(json.dumps(dict(answer.headers)).encode()) == [], endpoint
        if show is LATER and answer.is_json and endpoint not in DESCRIPTIONS:
            told = {value for name, value in members(answer.json) if name in ("score", "correct_count")}
            assert told <= {None}, (endpoint, answer.text)

    clock.advance(hours=1)
    review = player.refresh().get(f"/attempts/{attempt['id']}/review")
    found = " ".join(leaks(review.data))
    assert all(what in found for what in ("explanation of", "citation of", "member correct")), "the search is blind"


def endpoints_of_players(app):
    declared = {
        f"{blueprint.name}.{made.endpoint}"
        for blueprint in app.blueprints.values()
        if isinstance(blueprint, Api)
        for made in blueprint.operations
        if made.guard.name in ("anyone", "participant")
    }
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "." not in rule.endpoint}
    assert len(declared) > 25
    assert "docs" in pages
    return declared | pages


def play_everything(ear, last):
    """Call whatever a player can call, most of it in several states; the player and an attempt that has ended."""
    other = Player(ear, 2, "Trần Thị Bình").in_unit(KIM_LIEN)
    player = Player(ear, 1).in_unit(THANH_VINH).refresh()
    about_oneself(ear, player)
    look_around(ear, player)
    first = play(player, last)
    foreign = other.start().json
    for path in (f"/attempts/{foreign['id']}", f"/attempts/{foreign['id']}/review"):
        assert player.get(path).status_code == 404
    assert player.save(first, 9, {foreign["questions"][0]["id"]: []}).status_code == 409
    assert other.save(foreign, 1, {first["questions"][0]["id"]: []}).status_code == 422
    assert other.submit(foreign, answers=right_answers(foreign, wrong=8)).status_code == 200
    look_around(ear, player)
    play(player, last)
    about_oneself(ear, player)
    gone = Player(ear, 3)
    gone.start()
    assert gone.call("DELETE", "/me").status_code == 204
    assert ear.post("/api/v1/auth/logout", json={"refresh_token": other.tokens["refresh_token"]}).status_code == 204
    return player, first


def play(player, last):
    """An attempt from start to end, with every detour."""
    attempt = player.start().json
    for question in attempt["questions"]:
        for choice in question["choices"]:  # whatever is chosen, the answer is the same
            saved = player.save(
                attempt, 1 + player.get(f"/attempts/{attempt['id']}").json["version"], {question["id"]: [choice["id"]]}
            )
            assert saved.status_code == 200
    stale = player.save(attempt, 1, right_answers(attempt))
    assert stale.json["type"] == "/problems/stale-version"
    assert player.start().status_code == 200
    assert player.get(f"/attempts/{attempt['id']}/review").status_code == 403
    look_back(player, attempt)
    assert player.submit(attempt, answers=right_answers(attempt), **last).status_code == 200
    assert player.submit(attempt, "another-request").json["type"] == "/problems/attempt-closed"
    assert player.get(f"/attempts/{attempt['id']}/review").json["type"] == "/problems/review-not-open"
    look_back(player, attempt)
    return attempt


def look_back(player, attempt):
    assert player.get(f"/attempts/{attempt['id']}").status_code == 200
    assert player.get("/rounds/thi.r1/attempts?limit=1").status_code == 200
    assert player.get("/me/export").status_code == 200


def about_oneself(ear, player):
    token = {"phone_token": "sandbox-phone:0912345678", "access_token": "sandbox:1"}
    consent = {"purpose": "play", "policy_version": "1", "granted": True}
    for method, path, body in [
        ("GET", "/me", None),
        ("PATCH", "/me", {"nickname": "An"}),
        ("POST", "/me/phone", token),
        ("POST", "/me/consents", consent),
        ("GET", "/me/consents", None),
        ("GET", "/me/export", None),
    ]:
        assert player.call(method, path, body).status_code < 300
    unit = player.get("/me").json["unit"]["id"]
    assert ear.get(f"/api/v1/units/{unit}").status_code == 200


def look_around(ear, player):
    """Everything that is public, and the boards."""
    public = ["/healthz", "/readyz", "/api/openapi.json", "/api/docs", "/api/docs/start.js", "/api/docs/swagger-ui.css"]
    api = ["/contests", "/contests/thi", "/contests/thi/rules", "/contests/thi/amendments", "/contests/thi/snapshots"]
    api += ["/rounds/thi.r1/snapshots", "/contests/thi/stages", "/schemas/contest", "/units?q=vinh"]
    boards = [f"/{subject}/{what}" for subject in ("rounds/thi.r1", "contests/thi") for what in ("leaderboard", "units")]
    for path in [*public, *(f"/api/v1{path}" for path in [*api, *boards])]:
        assert ear.get(path).status_code == 200, path
    for path in ("/rounds/thi.r1", "/rounds/thi.r1/leaderboard/me", "/contests/thi/leaderboard/me"):
        assert player.get(path).status_code == 200, path
    for subject in ("rounds/thi.r1", "contests/thi"):
        assert ear.get(f"/api/v1/{subject}/snapshots/1/diff").status_code == 404
    for method in ("GET", "POST"):
        assert player.call(method, "/contests/thi/registration").status_code in (404, 409)


def test_while_results_are_hidden_a_right_paper_and_a_wrong_one_are_answered_alike(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now, paper=PAPER, show=LATER))
    right, wrong = Player(phone, 1), Player(phone, 2)
    papers = [player.start().json for player in (right, wrong)]
    clock.advance(minutes=1)
    answers = [right_answers(papers[0]), {}]

    told = [
        player.submit(paper, answers=given) for player, paper, given in zip((right, wrong), papers, answers, strict=True)
    ]

    assert [answer.status_code for answer in told] == [200, 200]
    assert without_ids(told[0].json, papers[0]) == without_ids(told[1].json, papers[1])
    places = [player.get("/rounds/thi.r1/leaderboard/me").json for player in (right, wrong)]
    assert places[0] == places[1]


def without_ids(answer, attempt):
    text = json.dumps(answer).replace(attempt["id"], "<id>").replace(answer["receipt"]["sha256"], "<sha256>")
    return re.sub(r"\w{4}(-\w{4}){3}", "<code>", text)


def test_a_question_always_comes_with_all_its_choices(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now, paper=PAPER))
    choices = {question.text: {text for _, text in question.choices} for bank in written()[0] for question in bank.questions}
    for question in Player(phone).start().json["questions"]:
        expected = choices[question["text"]] or {"Đúng", "Sai"}
        assert {choice["text"] for choice in question["choices"]} == expected
        assert set(question) == {"id", "kind", "text", "choices"}
        assert all(set(choice) == {"id", "text"} for choice in question["choices"])
