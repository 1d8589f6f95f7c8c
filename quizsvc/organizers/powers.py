"""Which role may do what. A power is the set of roles that have it; each role is granted over a unit and all below it."""

from __future__ import annotations

Power = frozenset[str]

CONTEST_WRITE: Power = frozenset({"owner", "organizer"})
"""Load and amend contests of the unit."""
CORRECT: Power = frozenset({"owner", "organizer"})
"""Void or re-key a question, disqualify, extend, give extra time, add a session; and undo these."""
SEAL: Power = frozenset({"owner", "organizer"})
"""Seal a round or a contest, and declare it final."""
REGISTER_WRITE: Power = frozenset({"owner", "organizer"})
"""Headcounts and lists of people."""
DASHBOARD_READ: Power = frozenset({"owner", "organizer", "viewer"})
"""Figures of contests in progress, and previews."""
BANK_WRITE: Power = frozenset({"owner", "author"})
"""Write questions."""
BANK_REVIEW: Power = frozenset({"owner", "reviewer"})
"""Approve questions: a power of its own, so that a second person has to look."""
GRANT: Power = frozenset({"owner"})
"""Give roles and take them back."""
AUDIT_READ: Power = frozenset({"owner", "organizer"})
"""Read the log of what organizers did."""

POWERS: dict[str, Power] = {
    "contest_write": CONTEST_WRITE,
    "correct": CORRECT,
    "seal": SEAL,
    "register_write": REGISTER_WRITE,
    "dashboard_read": DASHBOARD_READ,
    "bank_write": BANK_WRITE,
    "bank_review": BANK_REVIEW,
    "grant": GRANT,
    "audit_read": AUDIT_READ,
}
"""Every power by the name under which clients know it."""


def powers_of(role: str) -> list[str]:
    """The names of what this role may do, in the order of the table."""
    return [name for name, roles in POWERS.items() if role in roles]
