"""Headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, request

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
DOCS_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def add_security_headers(app: Flask) -> None:
    """Nothing may frame, sniff or store; answers to a signed-in person never land in a shared cache."""

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.vary.add("Origin")  # a cache must not give an answer without CORS headers to the Mini App
        is_docs = request.path.startswith("/api/docs")
        response.headers.setdefault("Content-Security-Policy", DOCS_PAGE if is_docs else NOTHING)
        if not is_docs:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
