"""What goes in and out about attempts."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from quizsvc.attempts.errors import ReceiptOut
from quizsvc.attempts.paper import MADE_ID
from quizsvc.contests.eligibility import Participation
from quizsvc.contests.lifecycle import State
from quizsvc.contests.predicted_number import LARGEST_PREDICTION, WRITTEN, parse_predicted
from quizsvc.core.fields import Mapping, Moment, Text, Whole
from quizsvc.core.paging import page_schema
from quizsvc.participants.schemas import ConsentOut, ParticipantOut

ATTEMPT_STATES = ("open", "submitted", "expired", "void")
KINDS = ("single", "multiple", "true_false")


class Predicted(fields.Field[int]):
    """A predicted number: a JSON integer, or a text as people type it; ``None`` takes a prediction back."""

    def __init__(self) -> None:
        metadata = {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": LARGEST_PREDICTION,
            "pattern": f"^({WRITTEN})$",
            "description": "As typed: digits in groups of three, spaces of any kind and other scripts' digits are read too",
        }
        super().__init__(allow_none=True, metadata=metadata)
        self._number = Whole(least=0, most=LARGEST_PREDICTION)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        if not isinstance(value, str):
            number: int = self._number.deserialize(value, attr, data, **more)
            return number
        found = parse_predicted(value)
        if isinstance(found, str):
            raise ValidationError(found)
        return found


class Prompt(Schema):
    prompt = fields.String(required=True)


class RoundOut(Schema):
    id = fields.String(required=True)
    contest = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in State]))
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    question_count = fields.Integer(required=True)
    time_limit_ms = fields.Integer(required=True)
    allowed_ms = fields.Integer(required=True, metadata={"description": "What a start now would really give"})
    attempts_allowed = fields.Integer(required=True, allow_none=True, metadata={"description": "null: unlimited"})
    attempts_used = fields.Integer(required=True)
    prediction = fields.Nested(Prompt, required=True, allow_none=True)
    eligible = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    track = fields.String(required=True, allow_none=True, metadata={"description": "The track I would play in"})
    participation = fields.String(required=True, validate=validate.OneOf([each.value for each in Participation]))
    server_now = Moment(required=True)
    question_ms = fields.Integer(metadata={"description": "Only where each question has its own time"})


class ChoiceOut(Schema):
    id = fields.String(required=True)
    text = fields.String(required=True)


class QuestionOut(Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    text = fields.String(required=True)
    choices = fields.List(fields.Nested(ChoiceOut), required=True)


class SubmissionOut(Schema):
    attempt_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ATTEMPT_STATES))
    submitted_at = Moment(required=True)
    duration_ms = fields.Integer(required=True)
    score = fields.Integer(required=True, allow_none=True)
    max_score = fields.Integer(required=True)
    correct_count = fields.Integer(required=True, allow_none=True)
    question_count = fields.Integer(required=True)
    result_visible = fields.Boolean(required=True)
    receipt = fields.Nested(ReceiptOut, required=True)


class AttemptOut(Schema):
    id = fields.String(required=True)
    round_id = fields.String(required=True)
    number = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ATTEMPT_STATES))
    version = fields.Integer(required=True)
    started_at = Moment(required=True)
    deadline_at = Moment(required=True)
    server_now = Moment(required=True)
    remaining_ms = fields.Integer(required=True)
    questions = fields.List(fields.Nested(QuestionOut), required=True)
    prediction = fields.Nested(Prompt, required=True, allow_none=True)
    answers = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    predicted = fields.Integer(required=True, allow_none=True)
    result = fields.Nested(SubmissionOut, required=True, allow_none=True)
    question_count = fields.Integer(metadata={"description": "Of the whole paper; only with `question_ms`"})
    question_ms = fields.Integer(
        metadata={"description": "Each question has its own time; `questions` holds those whose turn has come"}
    )
    question_remaining_ms = fields.Integer(metadata={"description": "For the last of `questions`; only with `question_ms`"})


class AttemptBrief(Schema):
    id = fields.String(required=True)
    round_id = fields.String(required=True)
    number = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ATTEMPT_STATES))
    started_at = Moment(required=True)
    deadline_at = Moment(required=True)
    result = fields.Nested(SubmissionOut, required=True, allow_none=True)


AttemptPage = page_schema(AttemptBrief)


MOST_CHOSEN = 8


class GivenAnswers(Mapping):
    """Ids of questions with the ids of the choices given. Ids as we make them pass every check of ``Text`` as they are, so
    they are not put through it one by one."""

    def __init__(self) -> None:
        super().__init__(
            keys=Text(least=1, most=40),
            values=fields.List(Text(least=1, most=40), validate=validate.Length(max=MOST_CHOSEN)),
            validate=validate.Length(max=200),
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if type(value) is dict and all(_is_ours(name) and _are_ours(chosen) for name, chosen in value.items()):
            return value
        return super()._deserialize(value, attr, data, **more)


def _are_ours(chosen: Any) -> bool:
    return type(chosen) is list and len(chosen) <= MOST_CHOSEN and all(_is_ours(each) for each in chosen)


def _is_ours(given: Any) -> bool:
    return type(given) is str and MADE_ID.fullmatch(given) is not None


class SaveIn(Schema):
    version = Whole(least=1, required=True)
    answers = GivenAnswers()
    predicted = Predicted()


class SavedOut(Schema):
    version = fields.Integer(required=True)
    saved_at = Moment(required=True)
    remaining_ms = fields.Integer(required=True)
    server_now = Moment(required=True)


class SubmitIn(Schema):
    request_id = Text(least=8, most=64, required=True)
    version = Whole(least=1)
    answers = GivenAnswers()
    predicted = Predicted()


class CitationOut(Schema):
    law = fields.String(required=True)
    article = fields.String(required=True)
    clause = fields.String(required=True, allow_none=True)
    point = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class ReviewedQuestion(QuestionOut):
    answer = fields.List(fields.String(), required=True)
    correct = fields.List(fields.String(), required=True)
    is_right = fields.Boolean(required=True)
    ruling = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(["rekey", "accept_all", "drop"]),
        metadata={"description": "How the committee ruled on the question: another key, right for everybody, not marked"},
    )
    explanation = fields.String(required=True)
    legal_basis = fields.List(fields.Nested(CitationOut), required=True)


class ReviewOut(Schema):
    attempt_id = fields.String(required=True)
    questions = fields.List(fields.Nested(ReviewedQuestion), required=True)


class ExportedProfile(ParticipantOut):
    phone = fields.String(required=True, allow_none=True, metadata={"description": "Its last digits"})
    zalo_user_id = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)


class ExportedSession(Schema):
    started_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True, attribute="revoked_at")


class ExportedRole(Schema):
    role = fields.String(required=True)
    unit_id = fields.String(required=True)
    granted_at = Moment(required=True)
    revoked_at = Moment(required=True, allow_none=True)


class PlayedAs(Schema):
    """What a report may know of the person at the start of an attempt."""

    occupation = fields.String(required=True, allow_none=True)
    age = fields.Integer(required=True, allow_none=True)


class ExportedAttempt(AttemptBrief):
    answers = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    predicted = fields.Integer(required=True, allow_none=True)
    profile = fields.Nested(PlayedAs, required=True)


class ExportOut(Schema):
    """Everything that is held about the caller."""

    profile = fields.Nested(ExportedProfile, required=True)
    consents = fields.List(fields.Nested(ConsentOut), required=True)
    sessions = fields.List(fields.Nested(ExportedSession), required=True)
    roles = fields.List(fields.Nested(ExportedRole), required=True)
    attempts = fields.List(fields.Nested(ExportedAttempt), required=True)
    exported_at = Moment(required=True)
