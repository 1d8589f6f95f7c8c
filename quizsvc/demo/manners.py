"""How each manner of citizen plays, and what the service owes them for it."""

from __future__ import annotations

from collections.abc import Callable

from quizsvc.attempts.timing import GRACE
from quizsvc.demo.citizens import Manner
from quizsvc.demo.phone import Surprise
from quizsvc.demo.playing import Player, Sitting

PARTS = 4
BELL_AT = 0.25
"""When those who start together do so, as a part of the round."""


def steady(player: Player) -> None:
    """Answer part by part, saving after each, and hand in together with the last part."""
    player.arrive(latest=player.last_chance(0.5))
    sitting = player.start()
    if sitting is not None:
        _answer_and_submit(player, sitting, haste=1.0)


def leaves(player: Player) -> None:
    """Answer something, or nothing, and never come back."""
    player.arrive(latest=player.last_chance(1.0))
    sitting = player.start()
    if sitting is not None and player.chance.random() < 0.8:
        player.think(0.2)
        player.save(sitting, player.answers_to(sitting.questions[: player.chance.randint(1, len(sitting.questions))]))


def late(player: Player) -> None:
    """Save, fall asleep, and hand in other answers when time and grace are over: refused, what was saved counts."""
    player.arrive(latest=player.last_chance(1.0))
    sitting = player.start()
    if sitting is None:
        return
    remaining = sitting.paper["remaining_ms"] / 1000
    player.save(sitting, player.answers_to(sitting.questions[::2]))
    player.game.wait(remaining + GRACE.total_seconds() + 0.2)
    reply = player.submit(sitting, player.answers_to(sitting.questions))
    if reply.status == 200:
        player.fault("nộp sau khi đã hết giờ mà máy chủ vẫn nhận")
    elif "receipt" not in reply.body:
        player.fault("bị từ chối vì hết giờ mà không được cấp biên nhận")


def clicks_twice(player: Player) -> None:
    """Click every button several times: one attempt, one submission, equal answers."""
    player.arrive(latest=player.last_chance(0.7))
    replies = [reply for reply in player.click(player.ask_to_start) if reply.kind != "409 round-not-open"]
    if not replies:
        return
    if sorted(reply.status for reply in replies) != [200] * (len(replies) - 1) + [201]:
        raise Surprise(f"vào thi cùng lúc {len(replies)} lần, máy chủ trả lời {[reply.kind for reply in replies]}")
    if len({str((reply.body["id"], reply.body["questions"])) for reply in replies}) != 1:
        raise Surprise("vào thi cùng lúc nhiều lần mà được các đề khác nhau")
    sitting = player.begun(replies[0])
    player.think(0.3)
    player.save(sitting, player.answers_to(sitting.questions))
    player.think(0.1)
    body = {"request_id": player.new_request_id()}
    replies = player.click(lambda phone: player.ask_to_submit(phone, sitting, body))
    if any(reply.body != replies[0].body for reply in replies) and replies[0].status == 200:
        raise Surprise("nộp cùng lúc nhiều lần mà được các kết quả khác nhau")
    player.handed_in(sitting, replies[0])
    again = player.ask_to_submit(player.phone, sitting, {"request_id": player.new_request_id()})
    if sitting.submission and (again.kind, again.body.get("receipt")) != (
        "409 attempt-closed",
        sitting.submission["receipt"],
    ):
        player.fault(f"nộp lại bài đã nộp mà máy chủ trả lời {again.kind}")


def plays_twice(player: Player) -> None:
    """Use both attempts, and ask for a third."""
    player.arrive(latest=player.last_chance(0.8) - 1)
    for _ in range(2):
        sitting = player.start()
        if sitting is None:
            return
        _answer_and_submit(player, sitting, haste=0.4)
    reply = player.ask_to_start(player.phone)
    if reply.kind not in ("409 no-attempts-left", "409 round-not-open"):
        player.fault(f"xin lượt thứ ba mà máy chủ trả lời {reply.kind}")


def two_tabs(player: Player) -> None:
    """The same attempt in two tabs: the one that knows less is told so and takes over what is stored."""
    player.arrive(latest=player.last_chance(0.7))
    sitting = player.start()
    if sitting is None:
        return
    tab = player.phone.another()
    reply = player.ask_to_start(tab)
    if (reply.status, reply.body.get("id")) != (200, sitting.id):
        raise Surprise(f"mở cửa sổ thứ hai mà máy chủ trả lời {reply.kind}")
    middle = len(sitting.questions) // 2
    player.think(0.2)
    player.save(sitting, _all_ticked(player, sitting, 0, middle))
    version = sitting.version
    theirs = _all_ticked(player, sitting, middle, len(sitting.questions))
    reply = player.save(sitting, theirs, version=version, phone=tab)
    if reply.kind == "409 stale-version":
        if reply.body["stored"]["answers"] != sitting.answers:
            player.fault("cửa sổ thứ hai được báo bài lưu khác với bài đã lưu")
        player.save(sitting, theirs, version=version + 1, phone=tab)
    elif reply.status == 200:
        player.fault("cửa sổ thứ hai ghi đè lên bài đã lưu")
    tab.put_down()
    player.think(0.2)
    if player.submit(sitting, {}, version=sitting.version + 1).kind == "409 stale-version":
        player.fault("nộp với bản mới nhất mà máy chủ cho là cũ")


def at_the_bell(player: Player) -> None:
    """Everyone of this manner starts at one moment and hands in just after the last second: equal results."""
    bell = player.game.pace.round_seconds * BELL_AT
    player.arrive(latest=bell * 0.6)
    player.game.wait_until(bell)
    sitting = player.start()
    if sitting is not None:
        answers = player.answers_to(sitting.questions)
        player.save(sitting, dict(list(answers.items())[:3]))
        player.game.wait(sitting.paper["remaining_ms"] / 1000 + 0.2)
        player.submit(sitting, answers)


BEHAVIOUR: dict[Manner, Callable[[Player], None]] = {
    Manner.STEADY: steady,
    Manner.LEAVES: leaves,
    Manner.LATE: late,
    Manner.CLICKS_TWICE: clicks_twice,
    Manner.PLAYS_TWICE: plays_twice,
    Manner.TWO_TABS: two_tabs,
    Manner.AT_THE_BELL: at_the_bell,
}


def _answer_and_submit(player: Player, sitting: Sitting, *, haste: float) -> None:
    part = -(-len(sitting.questions) // PARTS)
    for first in range(0, len(sitting.questions), part):
        player.think(0.15 * haste)
        answers = player.answers_to(sitting.questions[first : first + part])
        is_last = first + part >= len(sitting.questions)
        if is_last or player.save(sitting, answers).status != 200:
            player.submit(sitting, answers)
            return


def _all_ticked(player: Player, sitting: Sitting, first: int, behind: int) -> dict[str, list[str]]:
    """Answers without a blank, so that they differ from what is stored."""
    questions = sitting.questions[first:behind]
    given = player.answers_to(questions)
    return {question["id"]: given[question["id"]] or [question["choices"][0]["id"]] for question in questions}
