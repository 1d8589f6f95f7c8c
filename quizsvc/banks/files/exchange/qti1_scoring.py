"""What QTI 1.2 response processing gives for each possible answer, and so which choices are right.

Conditions may be nested at will («a and not b», additions per choice, «other»), so nothing is guessed from their form: they
are carried out for every answer that a person can give, at most 256.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from quizsvc.banks.files.exchange.xml_text import Element, child, children, name_of, own_text, within
from quizsvc.banks.files.found import MOST_CHOICES

NUMBER = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})")
MOST_ELEMENTS = 600
"""Of the response processing of one question."""
CLOSE = 1e-6


class UnknownScoring(Exception):
    """Response processing that cannot be carried out; the sentence is Vietnamese, ``element`` is where it is."""

    def __init__(self, sentence: str, element: Element) -> None:
        self.sentence, self.element = sentence, element
        super().__init__(sentence)


def shares_of(item: Element, response: str, names: Sequence[str], is_multiple: bool) -> list[float]:
    """What each choice earns in percent of the full mark. ``response``: ident of the response; ``names``: of the choices.

    All are 0 if there is no response processing. Raises ``UnknownScoring``.
    """
    conditions = [each for processing in children(item, "resprocessing") for each in within(processing, "respcondition")]
    if not conditions or not names or len(names) > MOST_CHOICES:
        return [0.0] * len(names)
    if sum(1 for condition in conditions for _ in condition.iter()) > MOST_ELEMENTS:
        raise UnknownScoring(f"Cách chấm của câu có hơn {MOST_ELEMENTS} thẻ XML: hãy rút gọn.", conditions[0])
    variables = {_variable(change) for condition in conditions for change in children(condition, "setvar")}
    if len(variables) > 1:
        sentence = f"Câu tính điểm vào nhiều biến ({', '.join(sorted(variables))[:80]}), không rõ đáp án: hãy viết lại câu."
        raise UnknownScoring(sentence, conditions[0])
    found = [_Scoring(conditions, response, stops).shares(names, is_multiple) for stops in (True, False)]
    if found[0] != found[1]:
        sentence = "Cách chấm tuỳ vào thứ tự các điều kiện (thuộc tính continue), không rõ đáp án: hãy sửa lại."
        raise UnknownScoring(sentence, conditions[0])
    return found[0]


class _Scoring:
    """``stops``: whether a condition that holds ends the processing unless it says ``continue="Yes"``, as it should."""

    def __init__(self, conditions: Sequence[Element], response: str, stops: bool) -> None:
        self._conditions, self._response, self._stops = conditions, response, stops

    def shares(self, names: Sequence[str], is_multiple: bool) -> list[float]:
        if not is_multiple:
            scores = [self._score(frozenset([name])) for name in names]
            best = max(scores)
            return [max(score, 0.0) / best * 100 if best > CLOSE else 0.0 for score in scores]
        right = self._best_set(names)
        return [100 / len(right) if name in right else 0.0 for name in names]

    def _best_set(self, names: Sequence[str]) -> frozenset[str]:
        """The smallest answer with the highest score; empty when no answer earns anything."""
        every = (frozenset(some) for size in range(len(names) + 1) for some in itertools.combinations(names, size))
        scores = {answer: self._score(answer) for answer in every}
        best = max(scores.values())
        if best <= CLOSE:
            return frozenset()
        smallest = frozenset.intersection(*(answer for answer, score in scores.items() if score >= best - CLOSE))
        if scores[smallest] < best - CLOSE:
            raise UnknownScoring(
                "Nhiều cách trả lời khác nhau cùng được điểm cao nhất: hãy chọn đáp án.", self._conditions[0]
            )
        return smallest

    def _score(self, answer: frozenset[str]) -> float:
        score, is_marked = 0.0, False
        for condition in self._conditions:
            tests = child(condition, "conditionvar")
            if tests is None or not self._all_hold(tests, answer, is_marked):
                continue
            changes = children(condition, "setvar")
            for change in changes:
                score = _changed(score, change)
            is_marked = is_marked or bool(changes)
            if self._stops and condition.get("continue", "No").lower() != "yes":
                break
        return score

    def _all_hold(self, tests: Element, answer: frozenset[str], is_marked: bool) -> bool:
        return all(self._holds(test, answer, is_marked) for test in children(tests))

    def _holds(self, test: Element, answer: frozenset[str], is_marked: bool) -> bool:
        """``is_marked``: whether an earlier condition held and gave marks, so that «other» does not."""
        kind = name_of(test)
        if kind in ("and", "not"):
            return self._all_hold(test, answer, is_marked) == (kind == "and")
        if kind == "or":
            return any(self._holds(each, answer, is_marked) for each in children(test))
        if kind in ("other", "unanswered"):
            return not is_marked if kind == "other" else not answer
        if kind not in ("varequal", "varsubset") or test.get("respident", self._response) != self._response:
            raise UnknownScoring(f"Không hiểu điều kiện chấm <{kind}>: hãy viết lại câu.", test)
        if kind == "varequal":
            return own_text(test) in answer
        named = {part.strip() for part in own_text(test).split(",")}
        return answer == named if test.get("setmatch", "Exact").lower() == "exact" else bool(answer) and answer <= named


def _variable(change: Element) -> str:
    return (change.get("varname") or change.get("variablename") or "SCORE").upper()


def _changed(score: float, change: Element) -> float:
    """The score after a ``setvar``. «SCORE.max», as Blackboard writes, is the full mark whatever that is."""
    written = own_text(change)
    if written.lower().endswith(".max"):
        value = 100.0
    elif written.lower().endswith(".min"):
        value = 0.0
    elif NUMBER.fullmatch(written):
        value = float(written)
    else:
        raise UnknownScoring(f"Không hiểu điểm «{written[:40]}» trong cách chấm: hãy viết lại câu.", change)
    action = change.get("action", "Set").lower()
    if action == "set":
        return value
    if action == "add":
        return score + value
    if action == "subtract":
        return score - value
    raise UnknownScoring(f"Không hiểu phép tính điểm «{action[:40]}»: hãy viết lại câu.", change)
