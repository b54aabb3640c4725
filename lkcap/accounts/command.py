"""`subscriber add`: a login without registration."""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from argon2 import PasswordHasher

from lkcap.auth.passwords import PASSWORD_MAX, one_time_password
from lkcap.config import DataConfig
from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import Refused
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query

FIND_BY_NUMBER = query("accounts/find_by_number")
FIND_SUBSCRIBER = query("accounts/find_subscriber")
ADD_SUBSCRIBER = query("accounts/add_subscriber")
SET_PASSWORD = query("accounts/set_password")
LINK_ACCOUNT = query("accounts/link_account")

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PASSWORD_MIN = 8


def add_subscriber(args: argparse.Namespace) -> int:
    """A known e-mail keeps its password unless a new one is given, and gets the accounts."""
    config = DataConfig.load()
    if not EMAIL.fullmatch(args.email):
        raise Refused(f"не адрес почты: {args.email}")
    given = _password_from_stdin() if args.password_stdin else None
    made = None if given else one_time_password()
    password_hash = PasswordHasher().hash(given or made or "")
    with batch(config.database_url.get_secret_value()) as transaction:
        accounts = [find_account(transaction, one, config.clock.today()) for one in args.account]
        is_new = subscribe(transaction, args.email, accounts, password_hash, config.clock.today())
        if given and not is_new:
            transaction.run(SET_PASSWORD, email=args.email, password_hash=password_hash)
    sys.stdout.write(f"{args.email}: счета {', '.join(number for _, number, _ in accounts)}\n")
    if made and is_new:
        sys.stdout.write(f"Пароль: {made}\n")
    return 0


def _password_from_stdin() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise Refused(f"пароль должен быть от {PASSWORD_MIN} до {PASSWORD_MAX} знаков")
    return password


def find_account(transaction: Batch, number: str, today: date) -> tuple[int, str, str]:
    """(id, number, owner); an old number of two accounts is asked about, never guessed."""
    key = number_key(number)
    found = transaction.rows(FIND_BY_NUMBER, number_key=key, today=today)
    # the number an account has today goes before another one's old number
    found = [one for one in found if number_key(one[1]) == key] or found
    if not found:
        raise Refused(f"нет такого лицевого счёта: {number}")
    if len(found) > 1:
        numbers = ", ".join(str(own) for _, own, _ in found)
        raise Refused(f"номер {number} есть у нескольких счетов, назовите один из них: {numbers}")
    return found[0]


def subscribe(
    transaction: Batch,
    email: str,
    accounts: Sequence[tuple[int, str, str]],
    password_hash: str,
    today: date,
) -> bool:
    """Make the login unless it is known, and link the accounts. Whether it was made."""
    known: list[tuple[Any, ...]] = transaction.rows(FIND_SUBSCRIBER, email=email)
    ((subscriber_id,),) = known or transaction.rows(
        ADD_SUBSCRIBER, email=email, password_hash=password_hash
    )
    for account_id, _, owner_key in accounts:
        transaction.run(
            LINK_ACCOUNT,
            subscriber_id=subscriber_id,
            account_id=account_id,
            owner_key=owner_key,
            today=today,
        )
    return not known
