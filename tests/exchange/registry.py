"""Registries written for a test, loaded, and what the books say afterwards."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lkcap.exchange.payments import load_payments
from lkcap.exchange.report import Report
from lkcap.kit.batch import batch
from lkcap.kit.clock import Clock
from lkcap.ledger.books import COMPARISONS
from tests.exchange.texts import put
from tests.factory import Books
from tests.payments.taken import ZONE

OWN = "86000000017"
HEADER = "operation_id;paid_at;account;amount"
# (operation, day, account, roubles)
Line = tuple[str, str, str, str]
CLOCK = Clock(ZONE, date(2026, 11, 22))


def line(
    operation: str = "U-1", day: str = "2026-11-10", account: str = OWN, amount: str = "100,00"
) -> Line:
    return operation, day, account, amount


def written(books: Books, *lines: Line, name: str = "payments.csv") -> Path:
    return put(books, name, "\n".join([HEADER, *(";".join(one) for one in lines)]))


def take(books: Books, *lines: Line, **options: bool) -> Report:
    return load_payments(books.database, written(books, *lines), "csv", clock=CLOCK, **options)


def outcomes(report: Report) -> dict[str, tuple[int, int]]:
    """(rows, kopecks) by what became of them."""
    return {one.verdict: (one.rows, one.amount) for one in report.outcomes}


def entries(books: Books) -> Sequence[tuple[str, str, int, str]]:
    """(account, kind, kopecks, bank's number) of provisional entries, stornos too."""
    return books.rows(
        "SELECT number, CAST(kind AS text), amount, bank_ref FROM entry JOIN account"
        " USING (account_id) WHERE load_id = 0 ORDER BY entry_id"
    )


def owed(books: Books, number: str = OWN) -> dict[str, tuple[int, int]]:
    """(loaded, in transit) by kind, kopecks."""
    return {
        kind: (loaded, in_transit)
        for kind, loaded, in_transit in books.rows(
            "SELECT CAST(kind AS text), balance, in_transit FROM account_balance"
            " JOIN account USING (account_id) WHERE number = %s",
            number,
        )
    }


def wrong(books: Books) -> dict[str, list[tuple[object, ...]]]:
    """What `verify-books` would find; empty where the books agree."""
    with batch(books.database) as transaction:
        found = {name: transaction.rows(one) for name, one in COMPARISONS.items()}
    return {name: rows for name, rows in found.items() if rows}
