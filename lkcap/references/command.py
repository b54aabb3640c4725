"""`reference withdraw NUMBER|CODE --why TEXT`: take a reference back."""

import argparse
import sys

from lkcap.config import DataConfig
from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import Refused
from lkcap.kit.sql import query
from lkcap.kit.words import short_date
from lkcap.references.codes import BadCode, number_of, parse_code, parse_number

FIND_NAMED = query("references/find_named")
WITHDRAW = query("references/withdraw")

WHY_MAX = 500


def withdraw(args: argparse.Namespace) -> int:
    """Whoever checks the paper from now on is told the day and the reason, word for word."""
    why = " ".join(args.why.split())
    if not 0 < len(why) <= WHY_MAX:
        raise Refused(f"причина нужна словами, не длиннее {WHY_MAX} знаков: её увидит каждый")
    config = DataConfig.load()
    with batch(config.database_url.get_secret_value()) as transaction:
        reference_id, number = _find(transaction, args.reference)
        today = config.clock.today()
        # a second one at once finds nothing to withdraw
        if not transaction.run(WITHDRAW, reference_id=reference_id, today=today, why=why):
            raise Refused(f"справка № {number} уже отозвана")
    sys.stdout.write(f"Справка № {number} отозвана {short_date(today)}: {why}\n")
    return 0


def _find(transaction: Batch, name: str) -> tuple[int, str]:
    """(id, number); a number must be right with its year."""
    year, reference_id = parse_number(name) or (0, 0)
    code = "" if reference_id else _code(name)
    rows = transaction.rows(FIND_NAMED, reference_id=reference_id, code=code)
    for found, made_on in rows:
        if year in (0, made_on.year):
            return found, number_of(found, made_on)
    raise Refused(f"нет такой справки: {name}")


def _code(name: str) -> str:
    try:
        return parse_code(name)
    except BadCode as error:
        raise Refused(f"это не номер вида 2026-000017 и не код справки: {name}") from error
