"""What organizers send and see about single questions."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from quizsvc.banks.files.found import LETTERS, MOST_CHOICES
from quizsvc.banks.life.states import State
from quizsvc.core.fields import NOT_BLANK, Moment, Text, Truth, Whole
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.organizers.schemas import reason

CODE = r"[0-9A-Za-z][0-9A-Za-z._-]{0,79}"
TOPIC = r"[a-z0-9][a-z0-9-]{0,79}"
MOST_AT_ONCE = 200


def _letters(**more: Any) -> fields.List[str]:
    letter = fields.String(validate=validate.OneOf(list(LETTERS)))
    return fields.List(letter, validate=validate.Length(1, MOST_CHOICES), **more)


class QuestionsQuery(PageQuery):
    state = fields.String(validate=validate.OneOf([state.value for state in State]), load_default=None)


class QuestionStepIn(Schema):
    reason = reason()


class QuestionReviewIn(Schema):
    answered = _letters(required=True, metadata={"description": "Letters of the author's choices, found without the key"})
    comment = Text(most=2000, load_default="", metadata={"description": "What the author should look at"})


class ApproveQuestionsIn(QuestionStepIn):
    questions = fields.List(Text(least=1, most=80, pattern=CODE), required=True, validate=validate.Length(1, MOST_AT_ONCE))


class RewriteQuestionIn(QuestionStepIn):
    """A new version; what is left out stays as it is."""

    text = Text(least=3, most=4000, pattern=NOT_BLANK, load_default=None)
    choices = fields.List(
        Text(least=1, most=2000, pattern=NOT_BLANK), validate=validate.Length(2, MOST_CHOICES), load_default=None
    )
    correct = _letters(load_default=None)
    topic = Text(least=1, most=80, pattern=TOPIC, load_default=None)
    difficulty = Whole(least=1, most=3, load_default=None)
    explanation = Text(most=8000, load_default=None)
    citation = Text(
        most=1000,
        load_default=None,
        metadata={"description": "As written: «khoản 2 Điều 15 Luật số 75/2015/QH13»; every place must be in the registry"},
    )


class QuestionReviewOut(Schema):
    reviewer_id = fields.String(required=True)
    answered = _letters(required=True)
    agrees = Truth(required=True)
    comment = fields.String(required=True)
    made_at = Moment(required=True)
    settled_at = Moment(required=True, allow_none=True)
    settled_by = fields.String(required=True, allow_none=True)
    settled_reason = fields.String(required=True, allow_none=True)


class BankQuestionOut(Schema):
    """Key, explanation, citations and reviews are null as long as seeing them would spoil a blind review."""

    question = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": [state.value for state in State]})
    withdrawn = Truth(required=True)
    disputed = Truth(required=True)
    reviews_made = fields.Integer(required=True)
    kind = fields.String(required=True)
    topic = fields.String(required=True)
    difficulty = fields.Integer(required=True)
    text = fields.String(required=True)
    choices = fields.List(fields.String(), required=True)
    pinned = Truth(required=True)
    author_id = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)
    law_checked_on = fields.Date(required=True, allow_none=True)
    correct = _letters(required=True, allow_none=True)
    explanation = fields.String(required=True, allow_none=True)
    citations = fields.List(fields.String(), required=True, allow_none=True)
    reviews = fields.List(fields.Nested(QuestionReviewOut), required=True, allow_none=True)


class QuestionVersionOut(Schema):
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    author_id = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)
    text = fields.String(required=True)


class BankQuestionWholeOut(BankQuestionOut):
    versions = fields.List(fields.Nested(QuestionVersionOut), required=True)
    open_rounds = fields.List(fields.String(), required=True)


class ApprovedQuestionsOut(Schema):
    approved = fields.List(fields.String(), required=True)


BankQuestionPage = page_schema(BankQuestionOut)
