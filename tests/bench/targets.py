"""What was aimed at, and whether a figure reaches it. Nothing here ever fails a run: it is for people to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

TARGETS = {
    "rank p50, largest / smallest board": ("<=", 1.2),
    "rank p99, largest / smallest board": ("<=", 2.0),
    "COUNT(*) on the index / rank, largest board": (">=", 800.0),
    "submit / one-statement commit": (">=", 0.28),
    "submit / bare Flask view": (">=", 0.60),
    "save / bare Flask view": (">=", 0.60),
    "board page / bare Flask view": (">=", 0.95),
    "own rank / bare Flask view": (">=", 0.80),
    "32 clients: one contest / many": (">=", 0.95),
    "server processes, MB": ("<=", 150.0),
    "database without answers, MB per million people": ("<=", 150.0),
    "stored answers, bytes per attempt": ("<=", 80.0),
    "outside the database, MB per million people": ("<=", 9.0),
    "sealing, s": ("<=", 30.0),
    "verifying, s": ("<=", 60.0),
}
"""By the name of the figure: which way, and how far. A rate over a rate where the name has a stroke."""


@dataclass
class Report:
    """The figures of one run."""

    title: str
    console: Console
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, name: str, value: float, *, said: str = "", holds: bool = True) -> None:
        """A figure; ``said`` adds to it in words. Where the target does not hold (another size), it is not judged."""
        way, aim = TARGETS.get(name, ("", 0.0))
        judged = ""
        if way and holds:
            judged = "met" if (value <= aim if way == "<=" else value >= aim) else "MISSED"
        shown = f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
        self.rows.append((name, f"{shown} {said}".strip(), f"{way} {aim:g}" if way else "", judged))

    def show(self) -> None:
        table = Table(title=self.title, title_justify="left")
        for column in ("figure", "here", "aim", ""):
            table.add_column(column)
        for row in self.rows:
            table.add_row(*row)
        self.console.print(table)
