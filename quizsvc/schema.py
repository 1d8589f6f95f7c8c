"""Every table of the service, imported in one place for migrations and tools."""

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.auth.models import RefreshToken, RoleGrant, SignInSession
from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.contests.models import Board, Contest, Round, RoundQuestion
from quizsvc.leaderboards.models import Entry, RankCell, ScoreCell, Tally
from quizsvc.participants.models import Consent, Erasure, Participant
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
    Bank,
    Question,
    QuestionVersion,
    Instrument,
    Board,
    Contest,
    Round,
    RoundQuestion,
    Attempt,
    Receipt,
    Entry,
    RankCell,
    ScoreCell,
    Tally,
)
