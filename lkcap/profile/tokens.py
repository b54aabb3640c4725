"""Random tokens of links: the letter holds the token, the database only its hash."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """256 random bits in letters of a URL."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> bytes:
    """SHA-256, 32 bytes: nothing random of 256 bits needs a slower one."""
    return hashlib.sha256(token.encode()).digest()
