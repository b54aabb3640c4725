"""Employees come, forget their passwords and leave: one way for the command and for the page."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from argon2 import PasswordHasher

from lkcap.auth import totp
from lkcap.auth.passwords import one_time_password
from lkcap.config import Config
from lkcap.kit.sql import query

ADD_EMPLOYEE = query("staff/add_employee")
RESET_EMPLOYEE = query("staff/reset_employee")
DISABLE_EMPLOYEE = query("staff/disable_employee")

LOGIN = re.compile(r"[\w.@-]{2,60}")
# Told by telephone or on paper, so it may wait over a weekend.
ONE_TIME_LIFETIME = timedelta(days=4)
ISSUER = "Рабочее место фонда"


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens the desk to an employee; shown once, kept nowhere in clear."""

    password: str
    secret: str

    @classmethod
    def make(cls) -> "Keys":
        return cls(one_time_password(), pyotp.random_base32())

    def address(self, login: str) -> str:
        """What an application for one-time codes reads from a QR code (`otpauth://`)."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=login, issuer_name=ISSUER)

    def stored(self, config: Config, hasher: PasswordHasher, now: datetime) -> dict[str, Any]:
        """The columns: a hash, its last day, and the secret under the site's keys."""
        return {
            "password_hash": hasher.hash(self.password),
            "one_time_until": now + ONE_TIME_LIFETIME,
            "totp_secret": totp.encrypted(config, self.secret),
        }


def no_token() -> bytes:
    """No browser's: «all other sessions» of it are all sessions."""
    return secrets.token_bytes(32)
