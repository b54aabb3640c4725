"""The demo's employees, one of each role; like the subscribers' password, known to all."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyotp
from argon2 import PasswordHasher

from lkcap.auth import totp
from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.staff.employees import ADD_EMPLOYEE, RESET_EMPLOYEE
from lkcap.staff.role import Role

NAMES = {
    Role.OPERATOR: "Примеров П. П.",
    Role.ACCOUNTANT: "Счетоводова А. И.",
    Role.EDITOR: "Словесный И. К.",
    Role.ADMIN: "Главнова Е. С.",
}


def employ(config: Config, password: str) -> None:
    """At every start: whatever became of them, they are as the demo prints them."""
    stored: dict[str, Any] = {
        "password_hash": PasswordHasher().hash(password),
        "one_time_until": None,
    }
    with batch(config.database_url.get_secret_value()) as transaction:
        for role, name in NAMES.items():
            login, now = role.value, config.clock.now()
            stored["totp_secret"] = totp.encrypted(config, secret_of(role))
            added = transaction.rows(
                ADD_EMPLOYEE, login=login, name=name, role=login, now=now, **stored
            )
            if not added:
                transaction.rows(RESET_EMPLOYEE, login=login, **stored)


def secret_of(role: Role) -> str:
    """The same at every start, so that an application for codes has to be taught once."""
    digest = hashlib.sha256(f"lkcap demo {role.value}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def codes(now: datetime) -> Iterator[tuple[Role, str]]:
    """What each employee's application shows now."""
    for role in NAMES:
        yield role, pyotp.TOTP(secret_of(role)).at(now)
