"""What can stand between a person and a question."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from quizsvc.core.problems import Problem


class QuestionLifeRefused(Problem):
    """``reason`` is a code of ``life/states.py``; ``question`` the one that it concerns."""

    slug = "question-life"
    title = "Câu hỏi chưa thể chuyển sang bước này"
    title_en = "The question cannot take this step"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"reason": fields.String(), "question": fields.String()}
