"""Argon2id, in threads of its own: a hash costs 64 MiB and 50 ms, the event loop has neither."""

import asyncio
import os
import re
import secrets
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lkcap.auth.turns import Rank, Turns

# As many at once as memory allows; the rest wait their turn.
THREADS = 2
PASSWORD_MAX = 200
# A page goes before a password: who logs in waits anyway.
NICENESS = 10

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_ONE_TIME = re.compile(rf"[{_LETTERS}]{{4}}(-[{_LETTERS}]{{4}}){{2}}")


def _step_back() -> None:
    # on Linux the priority is a thread's own, and those that argon2 starts inherit it
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


class Passwords:
    """Hash and verify without blocking."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._threads = ThreadPoolExecutor(THREADS, "argon2", _step_back)
        self._turns = Turns(THREADS)
        # verified when nobody is known by the login: a stranger costs as much as a subscriber
        self._nobody = hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    async def hashed(self, password: str, rank: Rank = Rank.STRANGER) -> str:
        """The same without blocking. Raises TooMany where too many wait for their turn."""
        async with self._turns.turn(rank):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def fits(
        self, password_hash: str | None, password: str, rank: Rank = Rank.STRANGER
    ) -> bool:
        """Whether the password is the one hashed; None stands for an unknown login.

        Raises TooMany where too many wait for their turn.
        """
        judged = password_hash or self._nobody
        async with self._turns.turn(rank):
            loop = asyncio.get_running_loop()
            fits = await loop.run_in_executor(
                self._threads, self._fits, judged, password[:PASSWORD_MAX]
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
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def as_one_time(password: str) -> str | None:
    """The one-time password that was meant; None for what cannot be one.

    Copied from a letter it may have blanks around it, and a telephone writes a capital first.
    """
    meant = password.strip().lower()
    return meant if _ONE_TIME.fullmatch(meant) else None
