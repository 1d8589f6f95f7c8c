"""Pain 11: somebody edits every question while people play; papers, grades and reviews that exist stay as they are."""

from dataclasses import replace
from datetime import timedelta

from quizsvc.banks.service import load_banks
from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.loading import Loaded, load_contest
from quizsvc.core.clock import system_clock
from quizsvc.core.db import transaction
from tests.pains.arena import lasting
from tests.pains.crowd import seat
from tests.world import right_answers, round_document, written

EDITED = "Bản sửa: "
SHOW = {"result": "at_once", "review": "at_once", "board": "at_once"}
PAPER = [{"bank": bank, "count": 3} for bank in ("bau-cu", "tre-em", "dat-dai")]


def edited(question):
    """Another wording, and another right answer; the choices of old letters say other things."""
    answer = question.answer
    letters = [letter for letter, _ in question.choices]
    if isinstance(answer, bool):
        answer = not answer
    elif isinstance(answer, str):
        answer = letters[(letters.index(answer) + 1) % len(letters)]
    else:
        answer = tuple(letter for letter in letters if letter not in answer) + answer[:1]
    texts = [EDITED + text for _, text in reversed(question.choices)]
    return replace(
        question,
        text=EDITED + question.text,
        choices=tuple(zip(letters, texts, strict=True)),
        answer=answer,
        explanation=EDITED + question.explanation,
    )


def edit_everything():
    """Load every bank with all its questions changed, except the last of each, which is withdrawn."""
    banks, instruments = written()
    changed = [replace(bank, questions=tuple(edited(question) for question in bank.questions[:-1])) for bank in banks]
    with transaction() as session:
        report = load_banks(session, changed, instruments, now=system_clock())
    assert all(
        bank.unchanged == 0 and bank.changed == len(given.questions)
        for bank, given in zip(report.banks, changed, strict=True)
    )


def test_editing_every_question_mid_round_moves_nothing(own_arena):
    own_arena.server.start()
    round_id = own_arena.round(opened_ago=timedelta(minutes=30), paper=PAPER, show=SHOW)
    done, playing, late = (own_arena.player() for _ in range(3))
    finished, running = done.start(round_id).json, playing.start(round_id).json
    left = overdue(own_arena, round_id)
    told = done.submit(finished, answers=right_answers(finished, wrong=2))
    assert playing.save(running, 1, right_answers(running, wrong=5)).status_code == 200
    before = looks(done, finished, round_id)
    paper = lasting(playing.get(f"/attempts/{running['id']}").json)

    with own_arena.inside():
        edit_everything()
    own_arena.server.kill()  # together with all that it remembers
    own_arena.server.start()

    assert looks(done, finished, round_id) == before
    assert done.submit(finished).data == told.data
    assert lasting(playing.get(f"/attempts/{running['id']}").json) == paper
    assert lasting(playing.start(round_id).json) == paper
    assert playing.submit(running, answers=right_answers(running)).json["score"] == 9
    review = playing.get(f"/attempts/{running['id']}/review").json
    assert all(question["is_right"] for question in review["questions"])
    assert EDITED not in str(review)
    nobody, attempt = left
    assert nobody.refresh().get(f"/attempts/{attempt['id']}").json["result"]["score"] == 9
    assert_fair_to_latecomers(late, round_id)
    assert own_arena.verified() == 4
    fresh = own_arena.round(paper=PAPER, show=SHOW)
    assert all(question["text"].startswith(EDITED) for question in late.start(fresh).json["questions"])


def assert_fair_to_latecomers(late, round_id):
    """Who starts after the edit gets the same questions and keys as everybody else in this round."""
    attempt = late.start(round_id).json
    assert EDITED not in str(attempt)
    assert late.submit(attempt, answers=right_answers(attempt)).json["score"] == 9


def looks(player, attempt, round_id):
    """Everything that a player sees of an attempt that has ended."""
    paths = (f"/attempts/{attempt['id']}/review", f"/rounds/{round_id}/attempts")
    seen = [lasting(player.get(f"/attempts/{attempt['id']}").json), *(player.get(path).data for path in paths)]
    return [*seen, player.get(f"/rounds/{round_id}/leaderboard/me").json["entry"]]


def overdue(arena, round_id):
    """Somebody who had saved all the right answers long ago, and left."""
    with arena.inside() as app:
        began = system_clock() - timedelta(minutes=20)
        return seat(
            app,
            arena.phone(),
            1,
            now=began,
            apart=timedelta(0),
            round_id=round_id,
            answers=lambda _, paper: right_answers(paper),
        )[0]


def test_loading_the_contest_again_after_the_edit_changes_nothing_either(playground, clock):
    document = understand(
        {"contest": "thi", "title": "Cuộc thi thử", "organizer": "40", "rounds": [round_document(clock.now, paper=PAPER)]}
    )
    assert isinstance(document, ContestDocument)
    with transaction() as session:
        assert load_contest(session, document, now=clock.now - timedelta(days=1)) is Loaded.ADDED
    edit_everything()
    with transaction() as session:
        assert load_contest(session, document, now=clock.now) is Loaded.UNCHANGED
