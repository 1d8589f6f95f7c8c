"""Every table of the service, imported in one place for migrations and tools."""

from quizsvc.attempts.decisions import CommitteePlace, Disqualification, MakeUpPerson, MakeUpSession, Ruling
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.auth.models import RefreshToken, RoleGrant, SignInSession
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.models import Bank, Instrument, KeySeen, Question, QuestionReview, QuestionVersion
from quizsvc.contests.models import Board, Contest, ContestAmendment, Round, RoundQuestion
from quizsvc.corrections.models import Correction
from quizsvc.item_statistics.models import ItemCount, ItemProgress
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal
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
    Correction,
    Bank,
    Question,
    QuestionVersion,
    QuestionReview,
    KeySeen,
    QuestionImport,
    QuestionSource,
    Instrument,
    Board,
    Contest,
    ContestAmendment,
    Round,
    RoundQuestion,
    Attempt,
    Receipt,
    Disqualification,
    Ruling,
    MakeUpSession,
    MakeUpPerson,
    CommitteePlace,
    Entry,
    RankCell,
    Tally,
    Snapshot,
    SnapshotEntry,
    SnapshotBlock,
    SnapshotTotal,
    ItemCount,
    ItemProgress,
    Headcount,
    ListedPerson,
    Registration,
)
