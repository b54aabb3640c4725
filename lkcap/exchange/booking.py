"""How entries are booked: most by COPY as they are, the rest one by one before the judge."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lkcap.exchange.batches import BATCH_ROWS, ParsedBatch, escaped
from lkcap.exchange.kinds import Ledger, Values
from lkcap.exchange.report import Problem
from lkcap.exchange.stores import Describe, Store, as_lines

# (line, staged row, its text for COPY)
Row = tuple[int, Values, str]

# Columns of a staged entry.
ENTRY_ID, ACCOUNT, _, SERVICE, _, OP = range(6)
TURNOVER = ("account_id", "kind", "year", "change", "charged", "paid")
CHARGES = ("charge", "recalculation", "act")


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

    def take(self, parsed: ParsedBatch) -> None:
        self.begin(parsed)
        self._learn_services(parsed)
        rows = list(self._without_repeated(parsed))
        accounts = self._accounts(rows)
        known = {one for (one,) in self._known(rows)}
        plain: list[Row] = []
        others: list[Row] = []
        for row in rows:
            staged = row[1]
            is_plain = (
                staged[ACCOUNT] in accounts
                and staged[ENTRY_ID] not in known
                and staged[OP] != "opening"
            )
            (plain if is_plain else others).append(row)
        self._book(plain, accounts)
        if others:
            self._stage(parsed, others)
            self.batch.run(self.storing.defer)
            self._judge(parsed.problem)

    def _learn_services(self, parsed: ParsedBatch) -> None:
        new = {staged[SERVICE] for _, staged, _ in parsed.rows} - self.services.keys()
        if new:
            self.batch.run(self.storing.add_services, names=list(new))
            self.services = dict(self.batch.rows(self.storing.list_services))

    def _without_repeated(self, parsed: ParsedBatch) -> Iterator[Row]:
        """Equal rows of one batch are one; of different ones with one number the first counts."""
        first: dict[str, Values] = {}
        repeated: list[Problem] = []
        for row in parsed.rows:
            line, staged, _ = row
            before = first.setdefault(staged[ENTRY_ID], staged)
            if before is staged:
                yield row
            elif before != staged:
                reason = "номер записи повторяется в файле, содержание другое"
                repeated.append(parsed.problem(line, "entry_id", reason))
        self.set_aside(repeated)

    def _accounts(self, rows: Sequence[Row]) -> dict[str, int]:
        """Accounts any entry of which may be booked: known, and without an opening to mind."""
        numbers = list({staged[ACCOUNT] for _, staged, _ in rows})
        found = self.batch.rows(self.storing.find_accounts, numbers=numbers)
        return {number: account_id for number, account_id, has_opening in found if not has_opening}

    def _known(self, rows: Sequence[Row]) -> list[tuple[str]]:
        entry_ids = "\n".join([staged[ENTRY_ID] for _, staged, _ in rows])
        return self.batch.rows(self.storing.find_known, entry_ids=entry_ids)

    def _book(self, rows: Sequence[Row], accounts: dict[str, int]) -> None:
        load_id, services = self.report.load_id, self.services
        lines = (
            f"{accounts[staged[ACCOUNT]]}\t{services[staged[SERVICE]]}\t{load_id}\t{text}"
            for _, staged, text in rows
        )
        columns = ["account_id", "service_id", "load_id", *self.kind.copied]
        self.batch.copy("entry", columns, as_lines(lines))
        self.batch.copy("load_turnover", TURNOVER, as_lines(_turnover(rows, accounts)))
        self.file.new += len(rows)

    def _stage(self, parsed: ParsedBatch, rows: Sequence[Row]) -> None:
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


def _turnover(rows: Sequence[Row], accounts: dict[str, int]) -> Iterator[str]:
    """What the rows change, by account, kind and year: kopecks, as the judge counts them too."""
    changes: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for _, (_, account, period, _, kind, op, amount, *_), _ in rows:
        sums, kopecks = changes[account, kind, period[:4]], int(amount)
        if op in CHARGES:
            sums[0] += kopecks
            sums[1] += kopecks
        elif op == "payment":
            sums[0] -= kopecks
            sums[2] += kopecks
        else:
            sums[0] += -kopecks if op == "write_off" else kopecks
    for (account, kind, year), (change, charged, paid) in changes.items():
        yield f"{accounts[account]}\t{kind}\t{year}\t{change}\t{charged}\t{paid}"
