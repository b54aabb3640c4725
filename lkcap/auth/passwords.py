"""Argon2id, in threads of its own: a hash costs 64 MiB and 50 ms, the event loop has neither."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# As many at once as memory allows; the rest wait their turn.
THREADS = 2
PASSWORD_MAX = 200


class Passwords:
    """Hash and verify without blocking."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        # verified when nobody is known by the login: a stranger costs as much as a subscriber
        self._nobody = hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is the one hashed; None stands for an unknown login."""
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(
            self._threads, self._fits, password_hash or self._nobody, password[:PASSWORD_MAX]
        )
        return fits and password_hash is not None

    def close(self) -> None:
        self._threads.shutdown()


PASSWORDS = web.AppKey("lkcap_passwords", Passwords)


async def passwords_context(app: web.Application) -> AsyncIterator[None]:
    yield
    app[PASSWORDS].close()


def one_time_password() -> str:
    """Sixty bits that survive a telephone call: no letters that look alike."""
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
