"""How long a token lives, what an access token says, and what the next refresh token is."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from quizsvc.core.keys import Keys
from quizsvc.core.problems import TokenExpired, TokenInvalid

ACCESS_LIFE = timedelta(minutes=15)
REFRESH_LIFE = timedelta(days=30)
PARALLEL_REFRESH_GRACE = timedelta(seconds=10)
"""Two honest calls of one phone may refresh with the same token at once: within this time after its first use the token
gives the same successor again. Later use means that someone else has it, and ends the whole session."""

ISSUER = "quizsvc"
AUDIENCE = "quizsvc-api"
ALGORITHM = "HS256"


@dataclass(frozen=True)
class AccessClaims:
    """Who the bearer is, and by which sign-in."""

    participant_id: UUID
    session_id: UUID


def issue_access_token(keys: Keys, claims: AccessClaims, *, token_id: UUID, now: datetime) -> str:
    """A signed access token; its ``kid`` names the newest key."""
    key_id, key = next(iter(keys.signing.items()))
    payload = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(claims.participant_id),
        "sid": str(claims.session_id),
        "jti": str(token_id),
        "iat": now.timestamp(),  # with its milliseconds: cut to seconds, a token would live up to a second less
        "exp": (now + ACCESS_LIFE).timestamp(),
    }
    return jwt.encode(payload, key, algorithm=ALGORITHM, headers={"kid": key_id})


def read_access_token(keys: Keys, token: str, *, now: datetime) -> AccessClaims:
    """The claims of a token that we signed. Raises ``TokenExpired`` or ``TokenInvalid``, which say nothing of the why.

    Expiry is compared with ``now`` and not by PyJWT, whose clock cannot be handed over.
    """
    try:
        claims, expires_at = _verified(tuple(keys.signing.items()), token)
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError, OSError, AttributeError):
        raise TokenInvalid from None
    if now >= expires_at:
        raise TokenExpired
    return claims


@functools.lru_cache(maxsize=4096)  # someone who plays sends the same token a dozen times; what a token says never changes
def _verified(signing: tuple[tuple[str, bytes], ...], token: str) -> tuple[AccessClaims, datetime]:
    """The claims and the expiry of a token that one of these keys has signed; what is wrong with another one is raised."""
    key = dict(signing)[jwt.get_unverified_header(token)["kid"]]
    payload = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=AUDIENCE,
        options={
            "require": ["exp", "iat", "sub", "aud", "iss", "jti", "sid"],
            "verify_exp": False,
            "verify_iat": False,
        },
    )
    return AccessClaims(UUID(payload["sub"]), UUID(payload["sid"])), datetime.fromtimestamp(payload["exp"], UTC)


def token_hash(token: str) -> str:
    """What is stored of a refresh token. It has 256 random bits, so a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


def successors(keys: Keys, token: str) -> list[str]:
    """The refresh token that replaces ``token``, by each key, the newest first; only we can compute them."""
    digests = (hmac.new(key, token.encode(), hashlib.sha256).digest() for key in keys.refresh)
    return [base64.urlsafe_b64encode(digest).decode().rstrip("=") for digest in digests]
