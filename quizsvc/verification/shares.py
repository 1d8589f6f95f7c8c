"""A large database verified by several processes, each for a share of the people, all of them seeing one instant."""

from __future__ import annotations

import multiprocessing
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from typing import TypeVar

from sqlalchemy import Connection, func, select

from quizsvc.participants.models import Participant
from quizsvc.verification.boards import Sums, check_board, stored_cells
from quizsvc.verification.findings import Findings
from quizsvc.verification.instant import exported, one_instant, writers_wait
from quizsvc.verification.items import check_items
from quizsvc.verification.people import ContestCheck
from quizsvc.verification.records import check_audit
from quizsvc.verification.rows import Reader, Share
from quizsvc.verification.seals import check_actual, check_board_snapshots
from quizsvc.verification.world import contests_of, keys_of, paths_of

Progress = Callable[[int], None]
K = TypeVar("K")


@dataclass
class Done:
    """What one process found: differences, what its people add up to by board and unit, and the cells that it read."""

    findings: Findings
    counted: dict[int, dict[int | None, list[int]]]
    cells: dict[int, Sums]
    guessed: dict[int, dict[tuple[int | None, str | None], list[int]]]


def verify_database(url: str, processes: int, progress: Progress) -> Findings:
    """As ``verify``, of the whole database at ``url``, by so many processes. ``progress`` is told how many attempts are
    done. Raises ``RuntimeError`` when one of the processes ends early."""
    with _workers(processes) as pipes:
        for pipe in pipes:
            _heard(pipe)
        with writers_wait(url):
            instant = one_instant(url)
            connection = instant.__enter__()
            try:
                snapshot = exported(connection)
                for place, (pipe, share) in enumerate(zip(pipes, _shares(connection, processes), strict=True)):
                    pipe.send((url, snapshot, share, place, processes))
                for pipe in pipes:
                    _heard(pipe)
            except BaseException:
                instant.__exit__(None, None, None)
                raise
        try:
            return _together(connection, _collect(pipes, progress))
        finally:
            instant.__exit__(None, None, None)


@contextmanager
def _workers(processes: int) -> Iterator[list[Pipe]]:
    """Processes that wait to be told their share. They share the seed of ``hash``, which their sums are made with."""
    context = multiprocessing.get_context("spawn")
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = str(1 + secrets.randbelow(2**32 - 1))
    workers = []
    try:
        for _ in range(processes):
            here, there = context.Pipe()
            worker = context.Process(target=work, args=(there,), daemon=True)
            worker.start()
            there.close()
            workers.append((worker, here))
    finally:
        os.environ.pop("PYTHONHASHSEED")
        os.environ.update({} if before is None else {"PYTHONHASHSEED": before})
    try:
        yield [pipe for _, pipe in workers]
    finally:
        for worker, pipe in workers:
            pipe.close()
            worker.terminate()
            worker.join()


def _heard(pipe: Pipe) -> object:
    try:
        return pipe.recv()
    except EOFError:
        raise RuntimeError("a verifying process ended before its work was done") from None


def _shares(connection: Connection, processes: int) -> list[Share]:
    """Shares with equal numbers of people, by their ids."""
    people = connection.scalar(select(func.count()).select_from(Participant)) or 0
    ids = select(Participant.id).order_by(Participant.id).limit(1)
    bounds = [connection.scalar(ids.offset(people * place // processes)) for place in range(1, processes)]
    return [Share(low, high) for low, high in zip([None, *bounds], [*bounds, None], strict=True)]


def _collect(pipes: Sequence[Pipe], progress: Progress) -> list[Done]:
    so_far = dict.fromkeys(pipes, 0)
    done: list[Done] = []
    while len(done) < len(pipes):
        for pipe in wait([pipe for pipe in pipes if so_far[pipe] >= 0]):
            assert isinstance(pipe, Pipe)
            heard = _heard(pipe)
            if isinstance(heard, Done):
                done.append(heard)
                so_far[pipe] = -1
            elif isinstance(heard, int):
                so_far[pipe] = heard
                progress(sum(max(0, attempts) for attempts in so_far.values()) + sum(one.findings.attempts for one in done))
    return done


def _together(connection: Connection, done: Sequence[Done]) -> Findings:
    """Compare the boards with what all shares add up to."""
    reader, findings = Reader(connection), Findings()
    for each in done:
        findings.add(each.findings)
    paths = paths_of(reader)
    for contest in contests_of(reader, keys_of(reader)):
        for board in contest.boards:
            cells: Sums = {}
            for each in done:
                _add(board.counted, each.counted.get(board.id, {}))
                cells |= each.cells.get(board.id, {})
            check_board(reader, board, cells, paths, findings)
        for each in done:
            _add(contest.guessed, each.guessed[contest.id])
        for board in contest.boards:
            check_actual(reader, contest, board, findings)
    check_audit(reader, findings)
    check_items(reader, findings)
    return findings


def _add(into: dict[K, list[int]], more: dict[K, list[int]]) -> None:
    for key, figures in more.items():
        before = into.get(key, [0] * len(figures))
        into[key] = [one + other for one, other in zip(before, figures, strict=True)]


def work(pipe: Pipe) -> None:
    """What each process does: verify its share of the people, and read its share of the boards' cells."""
    pipe.send("ready")
    url, snapshot, share, place, processes = pipe.recv()
    with one_instant(url, snapshot) as connection:
        pipe.send("begun")
        reader, done = Reader(connection), Done(Findings(), {}, {}, {})
        paths = paths_of(reader)
        for contest in contests_of(reader, keys_of(reader)):
            ContestCheck(contest, done.findings, pipe.send).run(reader, share)
            done.guessed[contest.id] = contest.guessed
            for number, board in enumerate(contest.boards):
                done.counted[board.id] = board.counted
                if number % processes == place:
                    done.cells[board.id] = stored_cells(reader, board.id)
                    check_board_snapshots(reader, contest, board, paths, done.findings)
        pipe.send(done)
