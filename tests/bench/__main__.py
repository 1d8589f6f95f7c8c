"""``python -m tests.bench [NAME …]``: what must not grow with the number of participants, and what playing costs.

Only ratios within one run mean something; the milliseconds say more about the machine than about the code. Databases are
made and dropped here. ``docs/performance.md`` says how to read the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console

from tests.bench import boards, clients, imports, nghe_an, playing, sealing, serving
from tests.bench.targets import Report
from tests.databases import postgresql_answers

PARTS = ("imports", "boards", "playing", "serving", "clients", "contest")
SIZES = {"small": (1_000, 10_000, 100_000), "full": (10_000, 1_000_000, 10_000_000)}
ATTEMPTS = {"small": 25_000, "full": nghe_an.ATTEMPTS}
PLAYS = {"small": 48, "full": 192}
CONTESTS = {"small": 40, "full": 200}
QUESTIONS = {"small": 100, "full": 1_000}


def part(name: str, kind: str, scale: str, report: Report) -> None:
    if name == "imports" and kind == "sqlite":  # needs no database
        imports.bench(QUESTIONS[scale], report)
    elif name == "boards":
        boards.bench(kind, SIZES[scale], report)
    elif name == "playing":
        playing.bench(kind, PLAYS[scale], report)
    elif name == "serving":
        serving.bench(kind, PLAYS[scale], report)
    elif name == "clients" and kind == "postgresql":
        clients.bench(PLAYS[scale] // 16, CONTESTS[scale], report)
    elif name == "contest":
        sealing.bench(kind, ATTEMPTS[scale], report)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument(
        "--scale", choices=SIZES, default="small", help="full: millions of people, half an hour, 10 GB of disk"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    given = parser.parse_args(arguments)
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    kinds = ["sqlite", "postgresql"] if given.database == "both" else [given.database]
    console = Console(width=140)
    if "postgresql" in kinds and not postgresql_answers():
        console.print("PostgreSQL does not answer here (TEST_DATABASE_URL): measured on SQLite only.")
        kinds.remove("postgresql")
    for name in given.parts or PARTS:
        for kind in kinds:
            report = Report(f"{name}, {kind}, {given.scale}", console)
            part(name, kind, given.scale, report)
            if report.rows:
                report.show()


if __name__ == "__main__":
    main()
