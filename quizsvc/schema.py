"""Every table of the service, imported in one place for migrations and tools."""

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.auth.models import RefreshToken, RoleGrant, SignInSession
from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.contests.models import Board, Contest, ContestAmendment, Round, RoundQuestion
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Consent, Erasure, Participant
from quizsvc.registers.models import Headcount, ListedPerson, Registration
from quizsvc.units.models import Unit, UnitSuccession

MODELS = (
    Unit,
    UnitSuccession,
    Participant,
    Consent,
    Erasure,
    SignInSession,
    RefreshToken,
    RoleGrant,
    AuditRow,
    Bank,
    Question,
    QuestionVersion,
    Instrument,
    Board,
    Contest,
    ContestAmendment,
    Round,
    RoundQuestion,
    Attempt,
    Receipt,
    Entry,
    RankCell,
    Tally,
    Headcount,
    ListedPerson,
    Registration,
)
