"""What every refusal looks like."""

from __future__ import annotations

from typing import Any

from quizsvc.core.errors import PHRASES
from quizsvc.core.problems import all_problems

TITLES = {f"/problems/{kind.slug}": (kind.title, kind.title_en) for kind in all_problems()}


def assert_problem(answer: Any, status: int, slug: str | None = None, **members: Any) -> dict[str, Any]:
    """The problem in an answer: this one, complete, in Vietnamese, with nothing that was not asked for.

    Without ``slug`` a problem that HTTP itself names. ``members``: further ones and their values, ``...`` for any.
    """
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    problem: dict[str, Any] = answer.json
    kind = "about:blank" if slug is None else f"/problems/{slug}"
    title = PHRASES[status] if slug is None else TITLES[kind][0]
    assert (problem["type"], problem["status"], problem["title"]) == (kind, status, title)
    assert problem["instance"] == answer.headers["X-Request-Id"]
    assert "Accept-Language" in answer.headers["Vary"]
    assert set(problem) - {"detail"} == {"type", "title", "status", "instance", *members}
    for name, value in members.items():
        assert value is ... or problem[name] == value
    return problem


def assert_faults(answer: Any, *pointers: str) -> None:
    """422 with exactly these pointers, each with a word of explanation."""
    problem = answer.json
    assert_problem(answer, 422, "validation", errors=problem.get("errors"))
    assert [fault["pointer"] for fault in problem["errors"]] == list(pointers), problem["errors"]
    assert all(fault["detail"] for fault in problem["errors"])
