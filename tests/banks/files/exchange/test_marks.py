import pytest

from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange.marks import right_of_one, right_of_several


@pytest.mark.parametrize(
    ("shares", "right", "faults"),
    [
        ([0, 100, 0], [1], []),
        ([0, 100, 50], [1], [("partial-mark", Level.WARNING, 2)]),
        ([0, 50, 0], [], [("no-full-mark", Level.ERROR, None)]),
        ([100, 100], [0, 1], [("several-right", Level.ERROR, None)]),
        ([0, -50], [], [("no-key", Level.ERROR, None)]),
        ([], [], [("no-key", Level.ERROR, None)]),
    ],
)
def test_one_right_choice(shares: list[float], right: list[int], faults: list[tuple[str, Level, int | None]]) -> None:
    found, told = right_of_one(shares)

    assert found == right
    assert [(fault.code, fault.level, fault.choice) for fault in told] == faults


@pytest.mark.parametrize(
    ("shares", "right", "faults"),
    [
        ([50, -100, 50], [0, 2], []),
        ([33.33333, 33.33333, 33.33333, 0], [0, 1, 2], []),
        ([33, 33, 33], [0, 1, 2], []),
        ([0, 100], [1], []),
        ([70, 30, 0], [0, 1], [("uneven-marks", Level.WARNING)]),
        ([100, 100, 0], [0, 1], [("marks-sum", Level.WARNING)]),
        ([100, 50, 0], [0, 1], [("marks-sum", Level.ERROR)]),
        ([50, 0, 0], [0], [("marks-sum", Level.ERROR)]),
        ([0, -100], [], [("no-key", Level.ERROR)]),
    ],
)
def test_several_right_choices(shares: list[float], right: list[int], faults: list[tuple[str, Level]]) -> None:
    found, told = right_of_several(shares)

    assert found == right
    assert [(fault.code, fault.level) for fault in told] == faults
