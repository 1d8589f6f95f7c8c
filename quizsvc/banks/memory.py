"""Question versions kept in the memory of a process: every paper asks for some, and they never change."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from sqlalchemy.orm import Session

from quizsvc.banks.models import QuestionVersion
from quizsvc.banks.queries import VersionCache

EXTENSION = "quizsvc.versions"


def kept_versions(session: Session, ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """The versions with these ids, for reading only; the database is asked for those not seen before."""
    cache: VersionCache = current_app.extensions.setdefault(EXTENSION, VersionCache())
    return cache.versions_by_id(session, ids)
