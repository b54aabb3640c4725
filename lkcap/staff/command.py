"""`staff add`, `staff reset`, `staff disable`, `staff list` (contract §1)."""

import argparse
import sys

from argon2 import PasswordHasher

from lkcap.config import Config
from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import Refused
from lkcap.staff.employees import (
    ADD_EMPLOYEE,
    DISABLE_EMPLOYEE,
    LOGIN,
    RESET_EMPLOYEE,
    Keys,
    no_token,
)
from lkcap.staff.journal import NOTE
from lkcap.staff.queries import END_OTHER_SESSIONS, LIST_EMPLOYEES
from lkcap.staff.role import TITLES, Role


def add(args: argparse.Namespace) -> int:
    """A new employee: prints his one-time password and the secret of his one-time codes."""
    config, keys = Config.load(), Keys.make()
    if not LOGIN.fullmatch(args.login):
        raise Refused("логин: от 2 до 60 букв, цифр и знаков . @ - _")
    stored = keys.stored(config, PasswordHasher(), config.clock.now())
    with batch(config.database_url.get_secret_value()) as transaction:
        added = transaction.rows(
            ADD_EMPLOYEE,
            login=args.login,
            name=args.name or args.login,
            role=args.role,
            now=config.clock.now(),
            **stored,
        )
        if not added:
            raise Refused(f"логин {args.login} уже есть; новый пароль даёт staff reset")
        _note(transaction, config, args.login, f"завёл сотрудника: {TITLES[Role(args.role)]}")
    return _tell(args.login, keys)


def reset(args: argparse.Namespace) -> int:
    """Another password and another secret; his browsers are logged out."""
    config, keys = Config.load(), Keys.make()
    stored = keys.stored(config, PasswordHasher(), config.clock.now())
    with batch(config.database_url.get_secret_value()) as transaction:
        found = transaction.rows(RESET_EMPLOYEE, login=args.login, **stored)
        _end_sessions(transaction, args.login, found)
        _note(transaction, config, args.login, "дал новый пароль")
    return _tell(args.login, keys)


def disable(args: argparse.Namespace) -> int:
    """He works here no more; his name stays in the journal."""
    config = Config.load()
    with batch(config.database_url.get_secret_value()) as transaction:
        now = config.clock.now()
        found = transaction.rows(DISABLE_EMPLOYEE, login=args.login, now=now)
        _end_sessions(transaction, args.login, found)
        _note(transaction, config, args.login, "закрыл доступ")
    sys.stdout.write(f"{args.login}: доступ закрыт\n")
    return 0


def list_(_: argparse.Namespace) -> int:
    """Everybody who ever worked at the desk, a line each."""
    config = Config.load()
    with batch(config.database_url.get_secret_value()) as transaction:
        for _id, login, name, role, one_time_until, disabled_at, _seen in transaction.rows(
            LIST_EMPLOYEES
        ):
            state = "закрыт" if disabled_at else "ещё не входил" if one_time_until else "работает"
            sys.stdout.write(f"{login}\t{role}\t{state}\t{name}\n")
    return 0


def _end_sessions(transaction: Batch, login: str, found: list[tuple[int]]) -> None:
    if not found:
        raise Refused(f"нет такого сотрудника: {login}")
    ((staff_id,),) = found
    transaction.run(END_OTHER_SESSIONS, staff_id=staff_id, token_hash=no_token())


def _note(transaction: Batch, config: Config, login: str, action: str) -> None:
    transaction.run(
        NOTE,
        at=config.clock.now(),
        staff_id=None,
        action=action,
        subject_kind="сотрудник",
        subject=login,
        details="командой на сервере",
        address="",
    )


def _tell(login: str, keys: Keys) -> int:
    sys.stdout.write(
        f"Логин: {login}\nПароль: {keys.password}\nСекрет TOTP: {keys.secret}\n"
        f"Для приложения: {keys.address(login)}\n"
    )
    return 0
