"""What organizers send and see about banks and the import of questions."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from quizsvc.banks.files.formats import NAMES
from quizsvc.banks.imports.service import Accept
from quizsvc.core.fields import NOT_BLANK, FilePart, Mapping, Moment, Text
from quizsvc.core.paging import page_schema
from quizsvc.organizers.schemas import LONGEST_REASON, reason
from quizsvc.participants.schemas import ChosenUnit
from quizsvc.units.schemas import UnitBrief

CODE = "[a-z0-9]+(-[a-z0-9]+)*"
MOST_TOPICS = 200
TRUTH = ["true", "false"]
STATUSES = ["accepted", "warning", "rejected"]
OUTCOMES = ["added", "unchanged", "rejected", "remark"]
KINDS = ["single", "multiple", "true_false"]


def _code(**more: Any) -> Text:
    return Text(least=1, most=80, pattern=CODE, **more)


def _said(**more: Any) -> fields.String:
    return fields.String(required=True, **more)


class BankIn(Schema):
    code = _code(required=True, metadata={"description": "Small letters, digits and hyphens; never changes"})
    title = Text(least=3, most=200, pattern=NOT_BLANK, required=True)
    unit = fields.Nested(ChosenUnit, required=True)
    topics = Mapping(
        keys=_code(),
        values=Text(least=3, most=200, pattern=NOT_BLANK),
        validate=validate.Length(max=MOST_TOPICS),
        load_default=dict,
        metadata={"description": "Code and title of each topic; imports add those that files name"},
    )
    reason = reason()


class BankOut(Schema):
    id = _said(metadata={"description": "Its code"})
    title = _said()
    unit = fields.Nested(UnitBrief, required=True, allow_none=True)
    topics = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    questions = fields.Integer(required=True, metadata={"description": "Those that are not withdrawn"})


class BankDetailOut(BankOut):
    states = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "How many questions have a version in each state"},
    )


BankPage = page_schema(BankOut)


class QuestionFiles(Schema):
    file = FilePart(required=True, metadata={"description": "Word, Excel, text, GIFT, Aiken, Moodle XML, QTI, …"})
    key = FilePart(metadata={"description": "A second file with the answers"})
    format = fields.String(validate=validate.OneOf(NAMES), metadata={"description": "For texts whose kind cannot be seen"})
    first_is_right = fields.String(
        validate=validate.OneOf(TRUTH),
        load_default="false",
        metadata={"description": "true: the importer says that the first choice is always the right one"},
    )


class ImportIn(QuestionFiles):
    accept = fields.String(
        validate=validate.OneOf([each.value for each in Accept]),
        load_default=Accept.ALL.value,
        metadata={"description": "all: nothing is taken while one question is rejected; accepted: those that are accepted"},
    )
    file_sha256 = Text(
        most=64, pattern="[0-9a-f]{64}", metadata={"description": "Of what was previewed; needed without dry_run"}
    )
    reason = Text(
        least=3,
        most=LONGEST_REASON,
        pattern=NOT_BLANK,
        metadata={"description": "Kept in the audit log; needed without dry_run"},
    )


class DryRunQuery(Schema):
    dry_run = fields.String(validate=validate.OneOf(TRUTH), load_default="false")


class RemarkOut(Schema):
    code = _said()
    level = _said(metadata={"enum": ["error", "warning", "notice"]})
    detail = _said()
    where = _said()


class DuplicateOut(Schema):
    """A question that is nearly the same: of a bank, of the same file (``where``), or one whose bank may not be named."""

    bank = _said(allow_none=True)
    code = _said(allow_none=True)
    where = _said(allow_none=True)
    score = fields.Float(required=True, metadata={"description": "To 100, over text without accents: 100 is not yet equal"})


class QuestionRowOut(Schema):
    """A question of the file, or a remark on the file (``outcome`` ``remark``, without any text of a question)."""

    where = _said(metadata={"description": "File, page or sheet, row, cell, paragraph or line"})
    status = _said(metadata={"enum": STATUSES})
    codes = fields.List(fields.String(), required=True)
    detail = _said()
    outcome = _said(metadata={"enum": OUTCOMES})
    number = fields.Integer(required=True, allow_none=True, metadata={"description": "As printed"})
    code = _said(allow_none=True, metadata={"description": "Of the question in the bank"})
    kind = _said(allow_none=True, metadata={"enum": [*KINDS, None]})
    text = _said(allow_none=True)
    choices = fields.List(fields.String(), required=True)
    correct = fields.List(fields.String(), required=True, metadata={"description": "Letters of the right choices, A to H"})
    found_by = _said(allow_none=True, metadata={"description": "How the key was found"})
    key_where = _said(allow_none=True)
    confidence = fields.Float(required=True, allow_none=True, metadata={"description": "From 0 to 1"})
    warnings = fields.List(fields.Nested(RemarkOut), required=True)
    section = _said()
    citation = _said(metadata={"description": "Verbatim"})
    explanation = _said()
    topic = _said(allow_none=True)
    difficulty = fields.Integer(required=True, allow_none=True)
    pictures = fields.List(fields.String(), required=True, metadata={"description": "SHA-256 of each"})
    duplicates = fields.List(fields.Nested(DuplicateOut), required=True)


class RepairOut(Schema):
    kind = _said()
    where = _said()
    before = _said()
    after = _said()


class Repaired(Schema):
    repairs = fields.List(fields.Nested(RepairOut), required=True, metadata={"description": "The first ones"})
    repairs_by_kind = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "Of all repairs"}
    )


class ReportOut(Repaired):
    file_sha256 = _said(metadata={"description": "Name it to commit: of the file, and of key file and options if any"})
    format = _said(metadata={"enum": list(NAMES)})
    bank = _said()
    title = _said(metadata={"description": "What the file calls itself"})
    dry_run = fields.Boolean(required=True)
    refused = fields.Boolean(required=True, metadata={"description": "A commit would write nothing"})
    questions = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    added = fields.Integer(required=True)
    unchanged = fields.Integer(required=True, metadata={"description": "The bank has them already, or the file twice"})
    import_id = _said(allow_none=True)
    rows = fields.List(fields.Nested(QuestionRowOut), required=True)
    rows_total = fields.Integer(required=True)
    truncated = fields.Boolean(required=True, metadata={"description": "Rejected rows are kept before all others"})


class BatchOut(Schema):
    id = _said()
    file_sha256 = _said()
    file_name = _said()
    key_name = _said(allow_none=True)
    format = _said(metadata={"enum": list(NAMES)})
    accept = _said(metadata={"enum": [each.value for each in Accept]})
    questions = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    added = fields.Integer(required=True)
    reason = _said()
    imported_at = Moment(required=True)
    imported_by = _said(allow_none=True)
    undone_at = Moment(required=True, allow_none=True)
    undone_by = _said(allow_none=True)
    undone_reason = _said(allow_none=True)


BATCH_COLUMNS = tuple(name for name in BatchOut().fields if name != "file_sha256")
BatchPage = page_schema(BatchOut)


class BatchReportOut(BatchOut, Repaired):
    """A batch with a page of its rows. Only who imported it sees keys: nobody else's blind review is spoilt."""

    keys_shown = fields.Boolean(required=True)
    items = fields.List(fields.Nested(QuestionRowOut), required=True)
    next = _said(allow_none=True)


class UndoIn(Schema):
    reason = reason()
