"""`payments`: a bank's registry, booked whole or refused whole (contract §6.8).

What a row becomes is judged in SQL: known, matched with a bank's message, new, or in suspense. The
way money is booked is that of a bank's message (sql/payments/book_entries.sql).
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from lkcap.exchange.batches import BATCH_ROWS, escaped
from lkcap.exchange.controls import hold_back
from lkcap.exchange.controls import keep as keep_control
from lkcap.exchange.loads import BEGIN_LOAD, END_LOAD, LOCK
from lkcap.exchange.registries.model import FILE_BYTES_MAX, Faults, Registry, RegistryRow
from lkcap.exchange.registries.reading import read_registry
from lkcap.exchange.report import FileReport, Outcome, Problem, Report
from lkcap.exchange.stores import SET_ASIDE
from lkcap.exchange.table import BadFile
from lkcap.kit.batch import Batch, batch
from lkcap.kit.clock import Clock
from lkcap.kit.money import roubles_plain
from lkcap.kit.month import Month
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query
from lkcap.payments.entries import ADD_SERVICE, BOOK_ENTRIES, USUAL_SERVICE
from lkcap.payments.linking import STOP_BOOKINGS, Linked, list_differences

PAYMENTS = "payments"

STAGE = query("exchange/payments/stage")
FIND_ACCOUNTS = query("exchange/payments/find_accounts")
FIND_SERVICES = query("exchange/payments/find_services")
REFUSE_EARLY = query("exchange/payments/refuse_early")
JUDGE = query("exchange/payments/judge")
STORE = query("exchange/payments/store")
LIST_OUTCOMES = query("exchange/payments/list_outcomes")
LIST_SUSPENDED = query("exchange/payments/list_suspended")
KEEP_DIFFERENCES = query("exchange/payments/keep_differences")

TABLE = "stage_payments"
COLUMNS = (
    "line", "trx_id", "part", "number", "number_key", "principal", "penalty", "paid_on", "paid_at",
)  # fmt: skip
BOOKED = ("new", "found")


class _DryRun(Exception):
    """Rolls a trial load back."""


def load_payments(
    url: str,
    path: Path,
    format_: str,
    *,
    clock: Clock,
    dry_run: bool = False,
    may_repeat_total: bool = False,
) -> Report:
    """Book a registry as one transaction; `clock` tells today and the fund's zone.

    `may_repeat_total`: a person has seen that the file tells of a payment order that another has
    told of. Raises BadRegistry with every fault, BadFile, DatabaseUnavailable; then nothing has
    changed.
    """
    content = _content(path)
    registry = read_registry(content, format_, path.name)
    refuse_later_months(registry, clock.open_month())
    report = Report(notices=[f"{path.name}: {notice}" for notice in registry.notices])
    described = {
        "kind": PAYMENTS,
        "format": format_,
        "source": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
    with suppress(_DryRun), batch(url) as transaction:
        transaction.run(LOCK)
        if not may_repeat_total:
            hold_back(transaction, registry, format_, str(described["sha256"]), clock)
        report.load_id = transaction.value(BEGIN_LOAD, today=clock.today(), **described)
        keep_control(transaction, registry, report.load_id)
        transaction.run(STAGE)
        _stage(transaction, registry, clock)
        _take(transaction, report, path.name, format_)
        if dry_run:
            raise _DryRun
    return report


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise BadFile(f"нет такого файла: {path}")
    with path.open("rb") as file:
        return file.read(FILE_BYTES_MAX + 1)


def refuse_later_months(registry: Registry, open_month: Month) -> None:
    """Raise BadRegistry: nobody has paid yet in a month that has not begun (contract §4)."""
    faults = Faults()
    for row in registry.rows:
        if Month.of(row.paid_on) > open_month:
            faults.add(row.line, "дата платежа", f"{row.paid_on:%d.%m.%Y} ещё не наступило")
    faults.refuse()


def _stage(transaction: Batch, registry: Registry, clock: Clock) -> None:
    rows = iter(registry.rows)
    while some := list(islice(rows, BATCH_ROWS)):
        lines = "".join(f"{_staged(row, clock)}\n" for row in some)
        transaction.copy(TABLE, COLUMNS, lines.encode())
    transaction.analyze(TABLE)


def _staged(row: RegistryRow, clock: Clock) -> str:
    """A row for COPY. A payment of which only the day is known stands at its beginning."""
    paid_at = row.paid_at or datetime.combine(row.paid_on, time(), clock.zone)
    penalty = row.penalty or 0
    cells: tuple[object, ...] = (
        row.line, row.operation_id, f"{row.account}/{row.amount}/{row.ordinal}", row.account,
        number_key(row.account), row.amount - penalty, penalty, row.paid_on, paid_at.isoformat(),
    )  # fmt: skip
    return "\t".join(escaped(str(cell)) for cell in cells)


def _take(transaction: Batch, report: Report, name: str, source: str) -> None:
    """Judge the staged rows, store them, and tell what became of them."""
    transaction.run(FIND_ACCOUNTS)
    _find_services(transaction)
    transaction.run(REFUSE_EARLY)
    # a bank's message about one of these payments would see nothing of what follows
    transaction.run(STOP_BOOKINGS)
    transaction.run(JUDGE, source=source)
    taken = transaction.rows(STORE, source=source, load_id=report.load_id)
    billed = [payment for some in _batched(taken) for payment in _book(transaction, some)]
    report.linked = Linked(len(billed), list_differences(transaction, billed))
    report.other_sums = transaction.rows(KEEP_DIFFERENCES, load_id=report.load_id, file=name)
    report.outcomes = [Outcome(*row) for row in transaction.rows(LIST_OUTCOMES)]
    told = FileReport(name, rows=sum(one.rows for one in report.outcomes))
    told.new = sum(one.rows for one in report.outcomes if one.verdict in BOOKED)
    report.files.append(told)
    _set_aside(transaction, report, told)
    transaction.run(
        END_LOAD,
        load_id=report.load_id,
        rows_new=told.new,
        rows_same=told.same,
        rows_aside=told.aside,
    )


def _find_services(transaction: Batch) -> None:
    if (None,) in transaction.rows(FIND_SERVICES, usual=USUAL_SERVICE):
        transaction.run(ADD_SERVICE, usual=USUAL_SERVICE)
        transaction.run(FIND_SERVICES, usual=USUAL_SERVICE)


def _batched(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    for start in range(0, len(rows), BATCH_ROWS):
        yield rows[start : start + BATCH_ROWS]


def _book(transaction: Batch, taken: Sequence[tuple[Any, ...]]) -> list[int]:
    """Make the entries of (payment, service, day); the payments that billing has entries of."""
    payment_ids, service_ids, days = map(list, zip(*taken, strict=True))
    found = transaction.rows(
        BOOK_ENTRIES, payment_ids=payment_ids, service_ids=service_ids, days=days
    )
    return [payment_id for (payment_id,) in found]


def _set_aside(transaction: Batch, report: Report, told: FileReport) -> None:
    """Money that waits for a person is told of as any row that could not be taken."""
    problems = [
        Problem(
            told.name, line, "account",
            f"{reason}{f': {number}' if number else ''}; сумма {roubles_plain(amount)}", raw,
        )
        for line, raw, number, amount, reason in transaction.rows(LIST_SUSPENDED)
    ]  # fmt: skip
    report.add_problems(told, problems)
    transaction.insert(
        SET_ASIDE, [{"load_id": report.load_id} | asdict(problem) for problem in problems]
    )
