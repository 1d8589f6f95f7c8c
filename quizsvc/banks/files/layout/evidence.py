"""Everything that speaks for a choice being right, and what follows from it together.

Each piece of evidence names the letters, the way they were found and the place. What the file does throughout is ``firm``;
a mark that only some questions carry is not. Firm evidence that disagrees stops the question: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FoundBy, FoundKey, Remark, letters_of
from quizsvc.banks.files.layout import remarks
from quizsvc.banks.files.layout.answers import Stated, stated_by
from quizsvc.banks.files.layout.items import Draft
from quizsvc.banks.files.layout.marks import KINDS, Convention, Reading
from quizsvc.banks.letter_references import choice_refers

CHOICE_LETTER = re.compile(r"(?<!\w)[A-H](?!\w)")
ORDER = (
    FoundBy.KEY_FILE,
    FoundBy.LETTER_LINE,
    FoundBy.TEXT_LINE,
    FoundBy.TABLE,
    FoundBy.SIGN,
    FoundBy.HIGHLIGHT,
    FoundBy.COLOUR,
    FoundBy.BOLD,
    FoundBy.UNDERLINE,
    FoundBy.ITALIC,
    FoundBy.ABSENCE,
    FoundBy.SENTENCE,
    FoundBy.POSITION,
)
"""Where several agree, the first of these is named."""


@dataclass(frozen=True)
class Evidence:
    """``letters`` are right, says ``found_by`` at ``where``. ``form``: ``firm``, ``weak`` (used when there is nothing firm,
    and told), ``unclear`` (marks on several choices where the file marks one) or ``unused`` (the file has no one way of
    using this mark). ``ratio``: of the mark's convention."""

    found_by: FoundBy
    letters: tuple[str, ...]
    where: Where
    form: str = "firm"
    ratio: float = 1.0


@dataclass(frozen=True)
class Verdict:
    """The key, or none; ``agreeing`` are the ways in which it was found."""

    correct: tuple[str, ...] = ()
    found_by: FoundBy | None = None
    key_where: Where | None = None
    agreeing: tuple[Evidence, ...] = ()
    remarks: tuple[Remark, ...] = ()


def of_lines(draft: Draft, choices: Sequence[str]) -> tuple[list[Evidence], list[Remark]]:
    """What the answer lines of a question say."""
    found: list[Evidence] = []
    told: list[Remark] = []
    for item in draft.answers:
        stated = stated_by(item, choices, [option.bullet_number for option in draft.options])
        found += _of_stated(stated, item.where)
        if len(stated.letters) > 1 and any(_names_exactly(choice, stated.letters) for choice in choices):
            told.append(remarks.several_or_one(stated.letters, item.where))
        if stated.contradicts:
            told.append(remarks.answer_text_differs(stated.letters, stated.contradicts, item.where))
    return found, told


def _names_exactly(choice: str, letters: Sequence[str]) -> bool:
    """Whether a choice such as «Cả A, B» names these letters: then «AB» may mean it."""
    return choice_refers(choice) and set(CHOICE_LETTER.findall(choice)) == set(letters)


def _of_stated(stated: Stated, where: Where) -> list[Evidence]:
    found = [Evidence(FoundBy.LETTER_LINE, stated.letters, where)] if stated.letters else []
    if stated.by_text and (not stated.letters or stated.by_text != stated.letters):
        found.append(Evidence(FoundBy.TEXT_LINE, stated.by_text, where))
    return found


def of_signs(draft: Draft) -> list[Evidence]:
    """Asterisks and ticks; where all but one carry «(sai)», the one."""
    right = [at for at, option in enumerate(draft.options) if option.is_marked_right]
    wrong = [at for at, option in enumerate(draft.options) if option.is_marked_wrong]
    if not right and wrong and len(wrong) == len(draft.options) - 1:
        right = [at for at in range(len(draft.options)) if at not in wrong]
    if not right:
        return []
    form = "unclear" if len(right) == len(draft.options) else "firm"
    return [Evidence(FoundBy.SIGN, letters_of(right), draft.options[right[0]].item.where, form)]


def of_marks(draft: Draft, readings: Sequence[Reading], conventions: Mapping[str, Convention]) -> list[Evidence]:
    """What bold, colour and the like say, as this file uses them."""
    found = []
    for reading in readings:
        convention = conventions.get(reading.kind)
        where = draft.options[reading.places[0]].item.where
        letters = letters_of(reading.places)
        kind = KINDS[reading.kind]
        if convention is None:
            if reading.form == "one":
                found.append(Evidence(kind, letters, where, "weak", 0.0))
            elif reading.form != "all":
                found.append(Evidence(kind, letters_of(_marked(reading, len(draft.options))), where, "unused", 0.0))
        elif convention.form == "rest" and len(draft.options) > 2:
            form = "firm" if reading.form == "rest" else "unclear"
            found.append(Evidence(FoundBy.ABSENCE, letters, where, form, convention.ratio))
        elif convention.form == "rest":
            found.append(Evidence(FoundBy.ABSENCE, _other(letters), where, "weak", convention.ratio))
        elif reading.form == "one" or (convention.form == "many" and reading.form != "all"):
            marked = letters_of(_marked(reading, len(draft.options)))
            found.append(Evidence(kind, marked, where, "firm", convention.ratio))
        else:
            marked = letters_of(_marked(reading, len(draft.options)))
            found.append(Evidence(kind, marked, where, "unclear", convention.ratio))
    return found


def _other(letters: tuple[str, ...]) -> tuple[str, ...]:
    return ("B",) if letters == ("A",) else ("A",)


def _marked(reading: Reading, count: int) -> list[int]:
    """The choices that carry the mark; a ``rest`` reading names the one that does not."""
    return [at for at in range(count) if at not in reading.places] if reading.form == "rest" else list(reading.places)


def of_keys(keys: Sequence[FoundKey], found_by: FoundBy, by_text: Callable[[str], tuple[str, ...]]) -> list[Evidence]:
    """What lists, tables and key files say; an answer given as text counts where it is the text of a choice."""
    found = []
    for key in keys:
        letters = key.letters or (by_text(key.text) if key.text else ())
        if letters:
            found.append(Evidence(found_by, letters, key.where))
    return found


def decide(evidence: Sequence[Evidence], count: int, where: Where, allows_several: bool) -> Verdict:
    """The key that all firm evidence agrees on. ``count``: of the choices; ``where``: of the question."""
    beyond = [each for each in evidence if any(letter not in letters_of(range(min(count, 8))) for letter in each.letters)]
    if beyond:
        return Verdict(remarks=(remarks.key_not_a_choice(beyond[0].letters, count, beyond[0].where),))
    firm = sorted((each for each in evidence if each.form == "firm"), key=lambda each: ORDER.index(each.found_by))
    different = next((each for each in firm[1:] if each.letters != firm[0].letters), None)
    if different is not None:
        return Verdict(remarks=(_conflict(firm[0], different),))
    unclear = [each for each in evidence if each.form == "unclear"]
    if firm and len(firm[0].letters) == count > 1:
        return Verdict(remarks=(remarks.all_right(firm[0].where),))
    if not firm:
        return _without_firm(evidence, unclear, where)
    partly = next((each for each in unclear if len(each.letters) < count), None)
    if partly is not None and partly.letters != firm[0].letters:
        return Verdict(remarks=(_conflict(firm[0], partly),))
    told = [remarks.marks_unclear(each.found_by, each.where) for each in unclear]
    told += [
        remarks.stray_mark(each.found_by, each.letters, each.where)
        for each in evidence
        if each.form in ("weak", "unused") and each.letters != firm[0].letters
    ]
    if len(firm[0].letters) > 1:
        told.append(remarks.several_keys(firm[0].letters, firm[0].where, Level.NOTICE if allows_several else Level.WARNING))
    return Verdict(firm[0].letters, firm[0].found_by, firm[0].where, tuple(firm), tuple(told))


def _conflict(first: Evidence, second: Evidence) -> Remark:
    if first.found_by is second.found_by and first.found_by in (FoundBy.TABLE, FoundBy.KEY_FILE):
        return remarks.key_repeated(first.letters, first.where, second.letters, second.where)
    return remarks.key_conflict(first.found_by, first.letters, first.where, second.found_by, second.letters, second.where)


def _without_firm(evidence: Sequence[Evidence], unclear: Sequence[Evidence], where: Where) -> Verdict:
    if unclear:
        each = unclear[0]
        return Verdict(remarks=(remarks.several_keys(each.letters, each.where, Level.ERROR),))
    weak = [each for each in evidence if each.form == "weak"]
    unused = [each for each in evidence if each.form == "unused"]
    if unused and not weak:
        return Verdict(remarks=(remarks.marks_without_use(unused[0].found_by, unused[0].letters, unused[0].where),))
    if not weak:
        return Verdict(remarks=(remarks.no_key(where),))
    other = next((each for each in weak[1:] if each.letters != weak[0].letters), None)
    if other is not None:
        return Verdict(remarks=(_conflict(weak[0], other),))
    told = remarks.weak_mark(weak[0].found_by, weak[0].letters, weak[0].where)
    return Verdict(weak[0].letters, weak[0].found_by, weak[0].where, tuple(weak), (told,))
