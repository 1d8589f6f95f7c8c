"""What may happen to a version of a question, and to whom. Pure rules; a refusal names a stable code and says why.

A version is a draft until somebody other than its author has answered it before seeing the key, and agreed: then it is
reviewed. Approving makes it the one that can be drawn. A disagreement stops it until a third look has settled it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """``QuestionVersion.state``."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETIRED = "retired"


@dataclass(frozen=True)
class Review:
    """A blind answer: who gave it, whether it was the key, and whether a disagreement has been settled since."""

    reviewer: UUID
    agrees: bool
    is_settled: bool = False


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a version. ``seen_by``: who saw its key otherwise than by reviewing it."""

    state: State
    author: UUID | None
    reviews: Collection[Review] = ()
    seen_by: Collection[UUID] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether somebody found another answer and nobody has settled it."""
        return any(not review.agrees and not review.is_settled for review in self.reviews)

    @property
    def has_agreement(self) -> bool:
        """Whether somebody else than the author came to the same key by themselves."""
        return any(review.agrees and review.reviewer != self.author for review in self.reviews)


class LifeRefused(Exception):
    """``code`` is stable, ``sentence`` Vietnamese and says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


def check_review(facts: Facts, reviewer: UUID) -> None:
    """Whether this person may answer the version blind. Raises ``LifeRefused``."""
    if facts.state not in (State.DRAFT, State.REVIEWED):
        raise LifeRefused("not-open-for-review", "Câu hỏi này đã được duyệt hoặc đã thôi dùng, không cần phản biện nữa.")
    if reviewer == facts.author:
        raise LifeRefused("own-question", "Người soạn không được phản biện câu hỏi của chính mình; hãy nhờ người khác.")
    if any(review.reviewer == reviewer for review in facts.reviews):
        raise LifeRefused("already-reviewed", "Bạn đã phản biện câu hỏi này rồi.")
    if reviewer in facts.seen_by:
        raise LifeRefused("key-already-seen", "Bạn đã xem đáp án nên không thể trả lời khách quan; hãy nhờ người khác.")


def after_review(facts: Facts) -> State:
    """The state that the reviews give a version that is not approved yet."""
    return State.REVIEWED if facts.has_agreement and not facts.is_disputed else State.DRAFT


def check_settling(facts: Facts, by: UUID) -> None:
    """Whether this person may settle the disagreement in favour of the key: neither its author nor who disagreed."""
    if not facts.is_disputed:
        raise LifeRefused("nothing-to-settle", "Câu hỏi này không có ý kiến trái chiều nào cần xử lý.")
    objectors = {review.reviewer for review in facts.reviews if not review.agrees and not review.is_settled}
    if by == facts.author or by in objectors:
        raise LifeRefused("not-a-third-person", "Ý kiến trái chiều phải do người thứ ba xử lý, không phải người trong cuộc.")


def check_approval(facts: Facts, by: UUID) -> None:
    """Whether this person may approve the version. Raises ``LifeRefused``."""
    if facts.state is State.APPROVED:
        raise LifeRefused("already-approved", "Câu hỏi này đã được duyệt.")
    if facts.state is State.RETIRED:
        raise LifeRefused("retired", "Câu hỏi này đã thôi dùng; hãy soạn phiên bản mới.")
    if facts.is_disputed:
        raise LifeRefused("disputed", "Có người phản biện chọn đáp án khác; phải xử lý ý kiến đó trước khi duyệt.")
    if not facts.has_agreement:
        raise LifeRefused("not-reviewed", "Chưa có người thứ hai phản biện và chọn trùng đáp án, nên chưa thể duyệt.")
    if by == facts.author:
        raise LifeRefused("own-question", "Người soạn không được tự duyệt câu hỏi của mình; hãy nhờ người khác.")
    if facts.author is None and not any(review.agrees and review.reviewer != by for review in facts.reviews):
        said = "Câu hỏi này nạp bằng dòng lệnh nên chưa có người soạn; người duyệt phải khác người đã phản biện."
        raise LifeRefused("second-person", said)


def may_see_key(facts: Facts, who: UUID) -> bool:
    """Whether showing the key spoils nothing: to its author, to who has reviewed, and to all once it is decided."""
    decided = facts.state in (State.APPROVED, State.RETIRED)
    return decided or who == facts.author or who in facts.seen_by or any(each.reviewer == who for each in facts.reviews)
