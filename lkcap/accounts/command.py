"""`subscriber add`: a login without registration."""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher

from lkcap.accounts.named import FIND_BY_NUMBER, Named, meant
from lkcap.auth.one_time import HOURS, SET_ONE_TIME_PASSWORD
from lkcap.auth.passwords import PASSWORD_MAX, one_time_password
from lkcap.config import DataConfig
from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import Refused
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query

FIND_SUBSCRIBER = query("accounts/find_subscriber")
ADD_SUBSCRIBER = query("accounts/add_subscriber")
SET_PASSWORD = query("auth/set_password")
LINK_ACCOUNT = query("accounts/link_account")
END_SESSIONS = query("profile/end_all_sessions")

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PASSWORD_MIN = 8


def add_subscriber(args: argparse.Namespace) -> int:
    """A known e-mail keeps its password unless a new one is given, and gets the accounts.

    A new one without a password given gets a one-time password, good for a day.
    """
    config = DataConfig.load()
    if not EMAIL.fullmatch(args.email):
        raise Refused(f"не адрес почты: {args.email}")
    given = _password_from_stdin() if args.password_stdin else None
    password_hash = PasswordHasher().hash(given) if given else None
    now, today = config.clock.now(), config.clock.today()
    with batch(config.database_url.get_secret_value()) as transaction:
        accounts = [find_account(transaction, one, today) for one in args.account]
        login = subscribe(transaction, args.email, accounts, password_hash, today)
        if given and not login.is_new:
            parameters = {"subscriber_id": login.subscriber_id, "password_hash": password_hash}
            transaction.run(SET_PASSWORD, now=now, **parameters)
            transaction.run(END_SESSIONS, subscriber_id=login.subscriber_id)
        made = None if given or not login.is_new else _one_time(transaction, login, now)
    sys.stdout.write(f"{args.email}: счета {', '.join(one.number for one in accounts)}\n")
    if made:
        sys.stdout.write(f"Пароль: {made}\n")
        sys.stdout.write(f"Он одноразовый, действует {HOURS} ч: с ним придумывают свой.\n")
    return 0


def _one_time(transaction: Batch, login: "Login", now: datetime) -> str:
    password = one_time_password()
    transaction.run(
        SET_ONE_TIME_PASSWORD,
        subscriber_id=login.subscriber_id,
        password_hash=PasswordHasher().hash(password),
        now=now,
        expires_at=now + timedelta(hours=HOURS),
    )
    return password


def _password_from_stdin() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise Refused(f"пароль должен быть от {PASSWORD_MIN} до {PASSWORD_MAX} знаков")
    return password


def find_account(transaction: Batch, number: str, today: date) -> Named:
    """An old number of two accounts is asked about, never guessed; raises Refused."""
    key = number_key(number)
    rows = transaction.rows(FIND_BY_NUMBER, number_key=key, today=today)
    found = meant([Named(*row) for row in rows], key)
    if not found:
        raise Refused(f"нет такого лицевого счёта: {number}")
    if len(found) > 1:
        numbers = ", ".join(one.number for one in found)
        raise Refused(f"номер {number} есть у нескольких счетов, назовите один из них: {numbers}")
    return found[0]


@dataclass(frozen=True, slots=True)
class Login:
    subscriber_id: int
    is_new: bool


def subscribe(
    transaction: Batch,
    email: str,
    accounts: Sequence[Named],
    password_hash: str | None,
    today: date,
) -> Login:
    """Make the login unless it is known, and link the accounts."""
    known: list[tuple[Any, ...]] = transaction.rows(FIND_SUBSCRIBER, email=email)
    ((subscriber_id,),) = known or transaction.rows(
        ADD_SUBSCRIBER, email=email, password_hash=password_hash
    )
    for account in accounts:
        transaction.run(
            LINK_ACCOUNT,
            subscriber_id=subscriber_id,
            account_id=account.account_id,
            owner_key=account.owner_key,
            today=today,
        )
    return Login(subscriber_id, not known)
