"""The proof that whoever sends a token also holds the secret of the Zalo App it was made for."""

from __future__ import annotations

import hashlib
import hmac


def app_secret_proof(app_secret: str, access_token: str) -> str:
    """The header ``appsecret_proof``. Without it a token of any other Zalo App would be accepted too."""
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()
