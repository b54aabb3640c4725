"""Codes of a second device (RFC 6238), of subscribers and of employees alike.

Six digits of a step of 30 seconds. A code of the step before or after is taken, for clocks differ;
no step is taken twice.
"""

import re
from datetime import datetime

import pyotp

from lkcap.config import Config
from lkcap.kit.security import cipher

STEP_SECONDS = 30
# How many steps a clock may be wrong by.
SLACK = 1
_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """160 random bits in base32, as applications for codes want them."""
    return pyotp.random_base32()


def encrypted(config: Config, secret: str) -> bytes:
    """The secret as it is stored: under the first of SECRET_KEYS."""
    return cipher(config).encrypt(secret.encode())


def decrypted(config: Config, stored: bytes) -> str:
    """Raises cryptography's InvalidToken where none of SECRET_KEYS has encrypted it."""
    return cipher(config).decrypt(bytes(stored)).decode()


def accepts(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step whose code this is, to be stored as the last one taken; None when it does not fit.

    Blanks do not count: applications show «123 456».
    """
    typed = re.sub(r"\s", "", code)
    if not _CODE.fullmatch(typed):
        return None
    current, codes = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    fitting = None
    for step in range(current - SLACK, current + SLACK + 1):
        is_new = last_step is None or step > last_step
        # every step is compared, and each in constant time
        if pyotp.utils.strings_equal(codes.generate_otp(step), typed) and is_new:
            fitting = step
    return fitting
