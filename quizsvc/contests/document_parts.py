"""The values that a contest document becomes, what can be wrong in it, and the small parts that appear in many places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from quizsvc.contests.eligibility import Eligibility, Participation, ParticipationRule, TrackRule, When
from quizsvc.contests.ranking_keys import KINDS, Order, RankingKey
from quizsvc.contests.rules import ContestRules, Phase, Prize, RoundRules

Path = tuple[str | int, ...]
MIDNIGHT_AT_THE_END = re.compile(r"([Tt ])24:00(:00(?:\.0+)?)?(?=[Zz+-]|$)")


@dataclass(frozen=True)
class RoundDocument:
    """One round as it is written."""

    code: str
    title: str
    opens_at: datetime
    closes_at: datetime
    rules: RoundRules


@dataclass(frozen=True)
class ContestDocument:
    """A contest as it is written; ``source`` is the document itself and ``sha256`` its canonical hash."""

    slug: str
    title: str
    organizer_code: str
    rounds: tuple[RoundDocument, ...]
    rules: ContestRules
    source: dict[str, Any]
    sha256: str

    @property
    def official(self) -> tuple[RoundDocument, ...]:
        """The rounds that count, without the trial ones."""
        return tuple(made for made in self.rounds if made.rules.phase is Phase.OFFICIAL)


@dataclass(frozen=True)
class Fault:
    """What is wrong, in Vietnamese and in English, and where: the path of keys and positions into the document."""

    path: Path
    detail: str
    detail_en: str = ""

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)

    def __str__(self) -> str:
        return f"{self.detail} ({self.detail_en})" + (f" [{self.pointer}]" if self.path else "")


class Faults(list[Fault]):
    """What was found wrong so far."""

    def add(self, path: Path, detail: str, detail_en: str) -> None:
        self.append(Fault(path, detail, detail_en))

    def repeated(self, codes: Sequence[str], base: Path, key: str, what: str, what_en: str) -> None:
        """One fault at each code that was used before it in the list at ``base``."""
        for place, code in enumerate(codes):
            if code in codes[:place]:
                at = (*base, place, key)
                self.add(at, f"Mã {what} «{code}» đã dùng ở {what} trước.", f"The {what_en} code “{code}” is used twice.")


def moment(text: str, path: Path, faults: Faults) -> datetime | None:
    """RFC 3339 with an offset, in UTC; ``24:00`` is the end of its day."""
    ends = MIDNIGHT_AT_THE_END.search(text)
    try:
        read = datetime.fromisoformat(MIDNIGHT_AT_THE_END.sub(r"\g<1>00:00\g<2>", text))
        if read.tzinfo is not None:
            return (read + timedelta(days=bool(ends))).astimezone(UTC)  # may leave the years that exist
    except (ValueError, OverflowError):
        example = "2026-11-23T08:00:00+07:00"
        faults.add(
            path, f"«{text}» không phải thời điểm, ví dụ đúng: {example}.", f"“{text}” is no moment such as {example}."
        )
        return None
    faults.add(path, f"«{text}» thiếu múi giờ, hãy thêm +07:00.", f"“{text}” has no offset; add +07:00.")
    return None


def ranking(
    written: Sequence[Mapping[str, str]] | None, usual: tuple[RankingKey, ...], path: Path, faults: Faults
) -> tuple[RankingKey, ...]:
    """The keys of a ranking; an order that is not written is the usual one of its kind of key."""
    if written is None:
        return usual
    names = [each["key"] for each in written]
    for place, name in enumerate(names):
        if name in names[:place]:
            faults.add((*path, place, "key"), f"Khóa xếp hạng «{name}» lặp lại.", f"The ranking key “{name}” is repeated.")
    return tuple(RankingKey(each["key"], Order(each.get("order", KINDS[each["key"]].usual))) for each in written)


def prizes(written: Sequence[Mapping[str, Any]], tracks: Sequence[str], path: Path, faults: Faults) -> tuple[Prize, ...]:
    """Levels of prizes; each for a track that exists."""
    faults.repeated([each["prize"] for each in written], path, "prize", "giải", "prize")
    for place, each in enumerate(written):
        known_track(each.get("track"), tracks, (*path, place, "track"), faults)
    return tuple(Prize(**each) for each in written)


def known_track(track: str | None, tracks: Sequence[str], path: Path, faults: Faults) -> None:
    if track is not None and track not in tracks:
        faults.add(path, f"Không có bảng thi mang mã «{track}» trong mục tracks.", f"There is no track “{track}”.")


def eligibility(document: Mapping[str, Any], faults: Faults) -> Eligibility:
    """Who may play, in which class and in which track."""
    asked = document.get("eligibility", {})
    ages(asked, ("eligibility",), faults)
    tracks = document.get("tracks", [])
    faults.repeated([each["track"] for each in tracks], ("tracks",), "track", "bảng thi", "track")
    return Eligibility(
        min_age=asked.get("min_age"),
        needs_unit=asked.get("needs_unit", False),
        max_age=asked.get("max_age"),
        units=tuple(asked.get("units", ())),
        occupations=tuple(asked.get("occupations", ())),
        participation=tuple(
            ParticipationRule(
                Participation(each["class"]),
                when(each.get("when", {}), ("participation", place, "when"), faults),
                each["reason"],
            )
            for place, each in enumerate(document.get("participation", []))
        ),
        tracks=tuple(
            TrackRule(each["track"], each["title"], when(each.get("when", {}), ("tracks", place, "when"), faults))
            for place, each in enumerate(tracks)
        ),
    )


def when(written: Mapping[str, Any], path: Path, faults: Faults) -> When:
    """A condition on a person."""
    ages(written, path, faults)
    return When(
        occupations=tuple(written.get("occupations", ())),
        units=tuple(written.get("units", ())),
        lists=tuple(written.get("lists", ())),
        min_age=written.get("min_age"),
        max_age=written.get("max_age"),
    )


def ages(written: Mapping[str, Any], path: Path, faults: Faults) -> None:
    least, most = written.get("min_age"), written.get("max_age")
    if least is not None and most is not None and most < least:
        faults.add((*path, "max_age"), "Tuổi cao nhất nhỏ hơn tuổi thấp nhất.", "max_age is below min_age.")
