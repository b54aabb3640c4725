"""A load: files into the registry and the ledger, one transaction, a verdict for every row.

The way of a row: file → table.py (cells) → kinds.py (staged row) → batches.py (COPY) → stores.py
and the SQL of its kind. What cannot be taken is set aside with its reason; above `max_bad` nothing
goes in.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from fractions import Fraction

import psycopg2

from lkcap.exchange.batches import ahead, parsed_batches
from lkcap.exchange.booking import LedgerStore
from lkcap.exchange.kinds import Comparison, Ledger, Registry
from lkcap.exchange.report import FileReport, Report
from lkcap.exchange.sources import Source, SourceFile
from lkcap.exchange.stores import ComparisonStore, RegistryStore, Store
from lkcap.exchange.table import open_text, read_table
from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.sql import query
from lkcap.payments.linking import link

LOCK = query("exchange/lock")
BEGIN_LOAD = query("exchange/begin_load")
END_LOAD = query("exchange/end_load")
LOAD_TABLES = tuple(
    query(f"exchange/{name}")
    for name in ("load_turnover", "moved_accounts", "load_keys", "stage_keys")
)
TOTALS = tuple(
    query(f"ledger/{name}")
    for name in (
        "apply_balances", "apply_turnover", "note_moves", "move_accounts", "clear_moved_houses",
        "recount_moved_years", "recount_moved_debts", "refresh_fund_years", "refresh_fund_total",
    )
)  # fmt: skip

STORES: dict[type, type[Store]] = {
    Registry: RegistryStore,
    Ledger: LedgerStore,
    Comparison: ComparisonStore,
}

# A batch is small beside the tables it meets, and the planner cannot know how they grow within the
# load: look rows up by index, never scan, hash or merge. The totals at the end may do as they like.
BATCH_PLANNER = {
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
}
TOTALS_PLANNER = dict.fromkeys(("enable_seqscan", "enable_hashjoin", "enable_mergejoin"), "on")


class LoadRefused(Exception):
    """Nothing went in; the report says what was wrong."""

    def __init__(self, report: Report) -> None:
        super().__init__("загрузка отменена: отложенных строк больше, чем разрешено")
        self.report = report


class _DryRun(Exception):
    """Rolls a trial load back."""


def load(
    url: str,
    source: Source,
    *,
    today: date,
    max_bad: Fraction,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Report:
    """Load a file or a package as one transaction.

    `max_bad` is the share of rows that may be set aside; `progress` is told the bytes read. Entries
    that were committed are looked through for payments of ours (contract, «Never twice»).
    Raises LoadRefused, BadFile, DatabaseUnavailable; then nothing has changed.
    """
    report = Report(notices=list(source.notices))
    with suppress(_DryRun), _interpreter_for_rows(), batch(url) as transaction:
        transaction.tune(BATCH_PLANNER)
        transaction.run(LOCK)
        report.load_id = transaction.value(BEGIN_LOAD, today=today, **source.described)
        for table in LOAD_TABLES:
            transaction.run(table)
        before = 0
        for file in source.files:
            take_file(transaction, file, source.format, report, today, progress, before)
            before += file.size
        if report.aside > max_bad * report.rows:
            raise LoadRefused(report)
        _finish(transaction, report, today)
        if dry_run:
            raise _DryRun
    if not dry_run and _brought_entries(source, report):
        _link(url, report, today)
    return report


def _brought_entries(source: Source, report: Report) -> bool:
    return any(
        told.new and isinstance(file.kind.storing, Ledger)
        for file, told in zip(source.files, report.files, strict=True)
    )


def _link(url: str, report: Report, today: date) -> None:
    """The load is in, whatever becomes of this."""
    try:
        report.linked = link(url, today)
    except (DatabaseUnavailable, psycopg2.Error) as error:
        report.notices.append(
            f"Загружено, но платежи портала с записями не сопоставлены, это сделает tidy: {error}"
        )


def take_file(
    transaction: Batch,
    file: SourceFile,
    format_: str,
    report: Report,
    today: date,
    progress: Callable[[int], None],
    before: int,
) -> None:
    """Load one file; raises BadFile."""
    kind, foreign = file.kind, file.kind.formats.get(format_)
    columns = foreign.columns(kind.columns) if foreign else kind.columns
    required = {column.name: column.required for column in columns}
    with file.open() as raw, open_text(raw, file.name) as text:
        table = read_table(text, file.name, required, foreign.spelling if foreign else None)
        told = FileReport(file.name, ignored=() if foreign else table.ignored)
        report.files.append(told)
        make = STORES[type(kind.storing)]
        store = make(transaction, kind, told, report, today, keep=foreign is not None)
        store.prepare()
        parsed_rows = parsed_batches(kind, columns, table, file.name, today)
        for parsed in ahead(map(store.digest, parsed_rows)):
            store.take(parsed)
            progress(before + raw.tell())
        store.finish()


def _finish(transaction: Batch, report: Report, today: date) -> None:
    """Totals follow what was booked, in the same transaction."""
    transaction.tune(TOTALS_PLANNER)
    known = {"load_id": report.load_id, "today": today}
    for step in TOTALS:
        transaction.run(step, **{name: known[name] for name in step.parameters})
    transaction.run(
        END_LOAD,
        load_id=report.load_id,
        rows_new=report.new,
        rows_same=report.rows - report.new - report.aside,
        rows_aside=report.aside,
    )


# The thread that waits for PostgreSQL must not wait for the one that parses as well.
SWITCH_SECONDS = 0.0001


@contextmanager
def _interpreter_for_rows() -> Iterator[None]:
    """Rows make no cycles: looking for them among a million cells costs a third of the time."""
    collects, switches = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(switches)
        if collects:
            gc.enable()
