"""One durable insert: the least that any submission costs on this database and this disk."""

from __future__ import annotations

import re
import shutil
import subprocess

from sqlalchemy import Connection, make_url, text

from tests.bench.stage import Stage

TABLE = "CREATE TABLE bench_plain (id {serial} PRIMARY KEY, attempt integer, answers text, score integer, told text)"
INSERT = "INSERT INTO bench_plain (attempt, answers, score, told) VALUES (7, 'a,b,c,d,a,b,c,d,a,b,c,d,a,b,c', 15, 'x')"


def make_plain_table(connection: Connection) -> None:
    serial = "serial" if connection.dialect.name == "postgresql" else "integer"
    connection.execute(text(TABLE.format(serial=serial)))
    connection.commit()


def commits_a_second(here: Stage, *, clients: int) -> float | None:
    """By pgbench into the table above; ``None`` on SQLite, or where there is no pgbench."""
    if here.kind != "postgresql" or shutil.which("pgbench") is None:
        return None
    script = here.folder / "plain.sql"
    script.write_text(INSERT + ";\n", encoding="utf-8")
    url = make_url(here.url)
    target = ["-h", str(url.host), "-p", str(url.port), "-U", str(url.username), str(url.database)]
    command = ["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", "2", "-f", str(script), *target]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([\d.]+)", said)
    return None if found is None else float(found[1])
