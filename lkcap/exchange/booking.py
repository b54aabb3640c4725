"""How entries are booked: most by COPY as they are, the rest one by one before the judge."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lkcap.exchange.batches import BATCH_ROWS, ParsedBatch, escaped
from lkcap.exchange.kinds import Ledger, Values
from lkcap.exchange.report import Problem
from lkcap.exchange.stores import Describe, Store, as_lines

# (line, staged row, its text for COPY)
Row = tuple[int, Values, str]
# (account, kind, year) → [change of the balance, charged, paid]
Turnover = dict[tuple[str, str, str], list[int]]

# Columns of a staged entry.
ENTRY_ID, ACCOUNT, PERIOD, SERVICE, KIND, OP, AMOUNT = range(7)
TURNOVER = ("account_id", "kind", "year", "change", "charged", "paid")
CHARGES = ("charge", "recalculation", "act")


@dataclass(slots=True)
class Entries(ParsedBatch):
    """A batch looked through before the database is asked: rows without repeated ones, and what
    they would change."""

    accounts: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    entry_ids: str = ""
    has_openings: bool = False
    turnover: Turnover = field(default_factory=dict)


def looked_through(parsed: ParsedBatch) -> Entries:
    """Equal rows of one batch are one; of different ones with one number the first counts."""
    first: dict[str, Values] = {}
    rows: list[Row] = []
    for row in parsed.rows:
        line, staged, _ = row
        before = first.setdefault(staged[ENTRY_ID], staged)
        if before is staged:
            rows.append(row)
        elif before != staged:
            reason = "номер записи повторяется в файле, содержание другое"
            parsed.problems.append(parsed.problem(line, "entry_id", reason))
    turnover = turnover_of(rows)
    return Entries(
        parsed.file, parsed.read, rows, parsed.cells, parsed.problems,
        accounts={account for account, _, _ in turnover},
        services={staged[SERVICE] for _, staged, _ in rows},
        entry_ids="\n".join(first),
        has_openings=any(staged[OP] == "opening" for _, staged, _ in rows),
        turnover=turnover,
    )  # fmt: skip


@dataclass(slots=True)
class LedgerStore(Store):
    """Entries are booked or refused, openings when all others are in."""

    services: dict[str, int] = field(default_factory=dict)

    @property
    def storing(self) -> Ledger:
        assert isinstance(self.kind.storing, Ledger)
        return self.kind.storing

    def prepare(self) -> None:
        self.batch.run(self.kind.stage)
        self.batch.run(self.storing.table)

    def digest(self, parsed: ParsedBatch) -> ParsedBatch:
        return looked_through(parsed)

    def take(self, parsed: ParsedBatch) -> None:
        assert isinstance(parsed, Entries)
        self.begin(parsed)
        self._learn_services(parsed.services)
        accounts = self._free_accounts(parsed.accounts)
        known = self.batch.rows(self.storing.find_known, entry_ids=parsed.entry_ids)
        if not known and not parsed.has_openings and len(accounts) == len(parsed.accounts):
            self._book(parsed.rows, parsed.turnover, accounts)
        else:
            self._take_apart(parsed, accounts, {entry_id for (entry_id,) in known})

    def _learn_services(self, names: set[str]) -> None:
        if new := names - self.services.keys():
            self.batch.run(self.storing.add_services, names=list(new))
            self.services = dict(self.batch.rows(self.storing.list_services))

    def _free_accounts(self, numbers: set[str]) -> dict[str, int]:
        """Accounts any entry of which may be booked: known, and without an opening to mind."""
        found = self.batch.rows(self.storing.find_accounts, numbers=list(numbers))
        return {number: account_id for number, account_id, has_opening in found if not has_opening}

    def _take_apart(self, parsed: Entries, accounts: dict[str, int], known: set[str]) -> None:
        """Book what nothing speaks against; the judge sees the rest."""
        plain: list[Row] = []
        others: list[Row] = []
        for row in parsed.rows:
            staged = row[1]
            speaks_against = (
                staged[ACCOUNT] not in accounts
                or staged[ENTRY_ID] in known
                or staged[OP] == "opening"
            )
            (others if speaks_against else plain).append(row)
        self._book(plain, turnover_of(plain), accounts)
        self._stage(parsed, others)
        self.batch.run(self.storing.defer)
        self._judge(parsed.problem)

    def _book(self, rows: Sequence[Row], turnover: Turnover, accounts: dict[str, int]) -> None:
        load_id, services = self.report.load_id, self.services
        lines = [
            f"{accounts[staged[ACCOUNT]]}\t{services[staged[SERVICE]]}\t{load_id}\t{text}"
            for _, staged, text in rows
        ]
        columns = ["account_id", "service_id", "load_id", *self.kind.copied]
        self.batch.copy("entry", columns, as_lines(lines))
        changes = (
            f"{accounts[account]}\t{kind}\t{year}\t{change}\t{charged}\t{paid}"
            for (account, kind, year), (change, charged, paid) in turnover.items()
        )
        self.batch.copy("load_turnover", TURNOVER, as_lines(changes))
        self.file.new += len(rows)

    def _stage(self, parsed: Entries, rows: Sequence[Row]) -> None:
        lines = (
            f"{line}\t{escaped(staged[ACCOUNT])}\t{escaped(staged[SERVICE])}"
            f"\t{escaped(parsed.raw(line))}\t{text}"
            for line, staged, text in rows
        )
        columns = ["line", "account", "service", "raw", *self.kind.copied]
        self.batch.copy(self.kind.table, columns, as_lines(lines))

    def finish(self) -> None:
        """The openings, the earliest first."""
        while self.batch.run(self.storing.recall, most=BATCH_ROWS):
            kept = dict(self.batch.staged_raw(self.kind.table))

            def describe(
                line: int, field: str, reason: str, kept: dict[int, str] = kept
            ) -> Problem:
                return Problem(self.file.name, line, field, reason, kept[line])

            self.refuse(describe, self.batch.rows(self.storing.problems))
            self._judge(describe)

    def _judge(self, describe: Describe) -> None:
        *refused, (_, _, booked) = self.batch.rows(self.storing.judge, load_id=self.report.load_id)
        self.set_aside([describe(*row) for row in refused])
        self.file.new += int(booked)
        self.batch.clear(self.kind.table)


def turnover_of(rows: Sequence[Row]) -> Turnover:
    """What the rows change, by account, kind and year: kopecks, as the judge counts them too."""
    # an account has few sums of a year, and rows by the million: what an op means is asked later
    sums: dict[tuple[str, str, str, str], int] = {}
    for _, staged, _ in rows:
        key = (staged[ACCOUNT], staged[KIND], staged[PERIOD][:4], staged[OP])
        sums[key] = sums.get(key, 0) + int(staged[AMOUNT])
    changes: Turnover = defaultdict(lambda: [0, 0, 0])
    for (account, kind, year, op), kopecks in sums.items():
        turned = changes[account, kind, year]
        if op in CHARGES:
            turned[0] += kopecks
            turned[1] += kopecks
        elif op == "payment":
            turned[0] -= kopecks
            turned[2] += kopecks
        else:
            turned[0] += -kopecks if op == "write_off" else kopecks
    return changes
