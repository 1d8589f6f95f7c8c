"""Why a correction is not made, or not taken back."""

from __future__ import annotations

from quizsvc.core.problems import Problem


class CorrectionRefused(Problem):
    slug = "correction-refused"
    title = "Không thể điều chỉnh như vậy"
    title_en = "This correction cannot be made"
    status = 409


class CannotUndo(Problem):
    slug = "cannot-undo"
    title = "Không thể hoàn tác việc điều chỉnh này"
    title_en = "This correction cannot be undone"
    status = 409
