"""A Flask view that does nothing: what any service on this server costs before it does anything."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.route("/bare", methods=["GET", "POST", "PATCH"])
def bare() -> dict[str, str]:
    return {"status": "ok"}
