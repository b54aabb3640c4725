"""A load: files into the registry and the ledger, one transaction, a verdict for every row.

The way of a row: file → table.py → kinds.py (cells) → COPY into a staging table → problems.sql
→ store.sql. What cannot be taken is set aside with its reason; above `max_bad` nothing goes in.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from fractions import Fraction
from typing import IO, Any

from lkcap.exchange.batches import BATCH_ROWS, ParsedBatch, Problem, ahead, parsed_batches
from lkcap.exchange.kinds import Kind
from lkcap.exchange.sources import Source
from lkcap.exchange.table import open_text, read_table
from lkcap.kit.batch import Batch, batch
from lkcap.kit.sql import Query, query

LOCK = query("exchange/lock")
BEGIN_LOAD = query("exchange/begin_load")
END_LOAD = query("exchange/end_load")
SET_ASIDE = query("exchange/set_aside")
LOAD_TABLES = (query("exchange/load_turnover"), query("exchange/moved_accounts"))
TOTALS = tuple(
    query(f"ledger/{name}")
    for name in (
        "apply_balances", "apply_turnover", "clear_moved_houses", "recount_moved_years",
        "recount_moved_debts", "refresh_fund_years", "refresh_fund_total",
    )
)  # fmt: skip

# A batch is small beside the tables it meets, and the planner cannot know how they grow within the
# load: look rows up by index, never scan, hash or merge. The totals at the end may do as they like.
BATCH_PLANNER = {
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
}
TOTALS_PLANNER = dict.fromkeys(("enable_seqscan", "enable_hashjoin", "enable_mergejoin"), "on")
PROBLEMS_SHOWN = 100


# (line, field, reason) of a refused row → the problem with its file and raw line.
Describe = Callable[[int, str, str], Problem]


class LoadRefused(Exception):
    """Nothing went in; the report says what was wrong."""

    def __init__(self, report: "Report") -> None:
        super().__init__("загрузка отменена: отложенных строк больше, чем разрешено")
        self.report = report


# The thread that waits for PostgreSQL must not wait for the one that parses as well.
SWITCH_SECONDS = 0.0005


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


class _DryRun(Exception):
    """Rolls a trial load back."""


@dataclass(slots=True)
class FileReport:
    """What became of one file; `ignored` and `missing` are columns."""

    name: str
    rows: int = 0
    new: int = 0
    aside: int = 0
    ignored: Sequence[str] = ()

    @property
    def same(self) -> int:
        return self.rows - self.new - self.aside


@dataclass(slots=True)
class Report:
    """What became of a load. Of problems and differences the first are kept, all are counted."""

    load_id: int = 0
    files: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    differences: list[tuple[Any, ...]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def new(self) -> int:
        return sum(file.new for file in self.files)

    @property
    def aside(self) -> int:
        return sum(file.aside for file in self.files)

    @property
    def is_clean(self) -> bool:
        return not self.aside and not self.differences


@dataclass(slots=True)
class Load:
    """One load in its transaction."""

    batch: Batch
    today: date
    report: Report
    progress: Callable[[int], None]
    words: set[str] = field(default_factory=set)

    def take(self, kind: Kind, name: str, raw: IO[bytes], format_: str) -> None:
        """Load one file; raises BadFile."""
        foreign = kind.formats[format_] if format_ else None
        columns = foreign.columns(kind.columns) if foreign else kind.columns
        required = {column.name: column.required for column in columns}
        with open_text(raw, name) as text:
            table = read_table(text, name, required, foreign.spelling if foreign else None)
            file = FileReport(name, ignored=() if foreign else table.ignored)
            self.report.files.append(file)
            self._make_tables(kind)
            for parsed in ahead(parsed_batches(kind, columns, table, name, self.today)):
                self._store(kind, file, parsed)
                self.progress(raw.tell())
        if kind.waiting:
            self._store_waiting(kind, file)

    def _make_tables(self, kind: Kind) -> None:
        self.batch.run(kind.stage)
        if kind.waiting:
            self.batch.run(kind.waiting.table)

    def _store(self, kind: Kind, file: FileReport, parsed: ParsedBatch) -> None:
        file.rows += parsed.rows
        self._set_aside(file, parsed.problems)
        columns = ["line", *kind.staged, *(["raw"] if kind.waiting else [])]
        text = "\n".join([*parsed.text, ""]).encode()
        self.batch.copy(kind.table, columns, text)
        if kind.dictionary and not parsed.words <= self.words:
            self.batch.run(kind.dictionary.grow)
            self.words |= parsed.words
        if kind.waiting:
            self.batch.run(kind.waiting.defer)
        self._store_staged(kind, file, parsed.problem)

    def _store_waiting(self, kind: Kind, file: FileReport) -> None:
        assert kind.waiting is not None
        while self.batch.run(kind.waiting.recall, most=BATCH_ROWS):
            kept = dict(self.batch.staged_raw(kind.table))

            def problem(line: int, field: str, reason: str, kept: dict[int, str] = kept) -> Problem:
                return Problem(file.name, line, field, reason, kept[line])

            self._refuse(kind, file, problem, self.batch.rows(kind.waiting.problems))
            self._store_staged(kind, file, problem)

    def _store_staged(self, kind: Kind, file: FileReport, problem: Describe) -> None:
        if kind.problems:
            self._refuse(kind, file, problem, self.batch.rows(kind.problems))
        if kind.listing:
            self.report.differences += self.batch.rows(kind.listing)
        counts = [0]
        for step in kind.store:
            touched = self.batch.count(step, **self._parameters(step))
            if step in kind.counts:
                counts.append(touched)
        file.new += max(counts)
        if kind.judge:
            *refused, (_, _, booked) = self.batch.rows(kind.judge, load_id=self.report.load_id)
            self._set_aside(file, [problem(*row) for row in refused])
            file.new += int(booked)
        self.batch.discard(kind.table, [])

    def _refuse(
        self, kind: Kind, file: FileReport, problem: Describe, rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Set rows of the staging table aside, one reason a row."""
        by_line = {row[0]: row for row in reversed(rows)}
        if by_line:
            self._set_aside(file, [problem(*by_line[line]) for line in sorted(by_line)])
            self.batch.discard(kind.table, list(by_line))

    def _parameters(self, step: Query) -> dict[str, Any]:
        known = {"load_id": self.report.load_id, "today": self.today}
        return {name: known[name] for name in step.parameters}

    def _set_aside(self, file: FileReport, problems: Sequence[Problem]) -> None:
        file.aside += len(problems)
        self.report.problems += problems[: PROBLEMS_SHOWN - len(self.report.problems)]
        load_id = self.report.load_id
        self.batch.insert(SET_ASIDE, [{"load_id": load_id} | asdict(one) for one in problems])

    def finish(self) -> None:
        """Totals follow what was booked, in the same transaction."""
        self.batch.tune(TOTALS_PLANNER)
        for step in TOTALS:
            self.batch.run(step, **self._parameters(step))
        self.batch.run(
            END_LOAD,
            load_id=self.report.load_id,
            rows_new=self.report.new,
            rows_same=self.report.rows - self.report.new - self.report.aside,
            rows_aside=self.report.aside,
        )


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

    `max_bad` is the share of rows that may be set aside. Raises LoadRefused, BadFile,
    DatabaseUnavailable; then nothing has changed.
    """
    report = Report(notices=list(source.notices))
    with suppress(_DryRun), _interpreter_for_rows(), batch(url) as transaction:
        transaction.tune(BATCH_PLANNER)
        transaction.run(LOCK)
        report.load_id = transaction.value(BEGIN_LOAD, today=today, **source.described)
        for table in LOAD_TABLES:
            transaction.run(table)
        one = Load(transaction, today, report, progress)
        for file in source.files:
            with file.open() as raw:
                one.take(file.kind, file.name, raw, source.format)
        if report.aside > max_bad * report.rows:
            raise LoadRefused(report)
        one.finish()
        if dry_run:
            raise _DryRun
    return report
