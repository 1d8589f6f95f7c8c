"""What can go wrong with an attempt."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, fields

from quizsvc.core.fields import Moment
from quizsvc.core.problems import Problem


class ReceiptOut(Schema):
    code = fields.String(required=True)
    sha256 = fields.String(required=True)


class StoredState(Schema):
    """What the service has, for a phone to take over."""

    version = fields.Integer(required=True)
    answers = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    predicted = fields.Integer(required=True, allow_none=True)
    saved_at = Moment(required=True, allow_none=True)


class NoAttemptsLeft(Problem):
    slug = "no-attempts-left"
    title = "Bạn đã dùng hết số lượt thi"
    title_en = "No attempts left"
    status = 409


class AttemptClosed(Problem):
    slug = "attempt-closed"
    title = "Bài thi đã nộp, không thể thay đổi"
    title_en = "The attempt is closed"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"receipt": fields.Nested(ReceiptOut)}


class AttemptExpired(Problem):
    slug = "attempt-expired"
    title = "Đã hết giờ; bài được chấm theo những câu đã lưu"
    title_en = "The attempt's time is over"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"receipt": fields.Nested(ReceiptOut)}


class StaleVersion(Problem):
    slug = "stale-version"
    title = "Có bản lưu mới hơn từ nơi khác"
    title_en = "A newer version is stored"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"stored": fields.Nested(StoredState)}


class QuestionTimeOver(Problem):
    """``questions``: those whose answers would change although their time is over; ``stored`` is what counts for them."""

    slug = "question-time-over"
    title = "Đã hết giờ của câu hỏi này, không đổi được câu trả lời"
    title_en = "The time for this question is over"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {
        "questions": fields.List(fields.String()),
        "stored": fields.Nested(StoredState),
    }


class ReviewNotOpen(Problem):
    slug = "review-not-open"
    title = "Chưa đến lúc xem đáp án"
    title_en = "The review is not open yet"
    status = 403
    extra_fields: ClassVar[dict[str, Any]] = {"visible_from": Moment(allow_none=True)}
