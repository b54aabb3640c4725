"""How batches of rows are stored: what all kinds share, and the registry's and comparisons' ways.

The ledger's way is in booking.py.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lkcap.exchange.batches import ParsedBatch, escaped
from lkcap.exchange.kinds import Comparison, Kind, Registry, Values
from lkcap.exchange.report import FileReport, Problem, Report
from lkcap.kit.batch import Batch
from lkcap.kit.sql import Query, query

SET_ASIDE = query("exchange/set_aside")
LIST_REPEATED = query("exchange/list_repeated")
KEEP_KEYS = query("exchange/keep_keys")

# (line, field, reason) of a refused row → the problem with its file and raw line.
Describe = Callable[[int, str, str], Problem]


@dataclass(slots=True)
class Store(ABC):
    """One file on its way into the database; `keep`: what a foreign file lacks stays as it was."""

    batch: Batch
    kind: Kind
    file: FileReport
    report: Report
    today: date
    keep: bool = False

    def prepare(self) -> None:
        self.batch.run(self.kind.stage)

    def digest(self, parsed: ParsedBatch) -> ParsedBatch:
        """What needs no database; runs in the parser's thread."""
        return parsed

    @abstractmethod
    def take(self, parsed: ParsedBatch) -> None:
        """Store a batch; what cannot be stored is set aside."""

    def finish(self) -> None:  # noqa: B027 - most have nothing that waits
        """The file has ended."""

    def begin(self, parsed: ParsedBatch) -> None:
        self.file.rows += parsed.read
        self.set_aside(parsed.problems)

    def stage(self, parsed: ParsedBatch) -> None:
        """Every parsed row into the staging table."""
        lines = (f"{line}\t{text}" for line, _, text in parsed.rows)
        self.batch.copy(self.kind.table, ["line", *self.kind.copied], as_lines(lines))

    def stage_once(self, parsed: ParsedBatch, problems: Query | None) -> None:
        """Stage what can be stored; of two rows about one thing the second is refused."""
        self.stage(parsed)
        keys = map(self._key_line, parsed.rows)
        self.batch.copy("stage_keys", ["line", "key", "digest"], as_lines(keys))
        if problems:
            rows = self.batch.rows(problems)
            self.batch.discard("stage_keys", self.refuse(parsed.problem, rows))
        self._drop_repeated(parsed)

    def _key_line(self, row: tuple[int, Values, str]) -> str:
        """(line, key, digest of the row): enough to know a repeated row in a file of any size."""
        line, staged, text = row
        key = " | ".join(staged[self.kind.staged.index(name)] for name in self.kind.key)
        digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        return f"{line}\t{escaped(key)}\t{digest}"

    def _drop_repeated(self, parsed: ParsedBatch) -> None:
        reason = "строка с тем же ключом уже есть в файле, и она другая"
        key = self.kind.columns[0].name
        repeated = self.batch.rows(LIST_REPEATED, kind=self.kind.name)
        self.refuse(parsed.problem, [(line, key, reason) for line, equal in repeated if not equal])
        lines = [line for line, _ in repeated]
        self.batch.discard(self.kind.table, lines)
        self.batch.discard("stage_keys", lines)
        self.batch.run(KEEP_KEYS, kind=self.kind.name)

    def clear(self) -> None:
        """Make way for the next batch."""
        self.batch.clear(self.kind.table)
        self.batch.clear("stage_keys")

    def refuse(self, describe: Describe, rows: Sequence[tuple[Any, ...]]) -> list[int]:
        """Set staged rows aside, one reason a row; returns their lines."""
        by_line = {row[0]: row for row in reversed(rows)}
        self.set_aside([describe(*by_line[line]) for line in sorted(by_line)])
        self.batch.discard(self.kind.table, list(by_line))
        return list(by_line)

    def set_aside(self, problems: Sequence[Problem]) -> None:
        self.report.add_problems(self.file, problems)
        load_id = self.report.load_id
        self.batch.insert(SET_ASIDE, [{"load_id": load_id} | asdict(one) for one in problems])

    def parameters(self, step: Query) -> dict[str, Any]:
        known = {"load_id": self.report.load_id, "today": self.today, "keep": self.keep}
        return {name: known[name] for name in step.parameters}


def as_lines(lines: Iterable[str]) -> bytes:
    """Rows for COPY, each ended."""
    return "\n".join([*lines, ""]).encode()


@dataclass(slots=True)
class RegistryStore(Store):
    """Things are made or changed."""

    def take(self, parsed: ParsedBatch) -> None:
        self.begin(parsed)
        storing = self.kind.storing
        assert isinstance(storing, Registry)
        self.stage_once(parsed, storing.problems)
        counts = [0]
        for step in storing.store:
            touched = self.batch.run(step, **self.parameters(step))
            if step in storing.counts:
                counts.append(touched)
        self.file.new += min(len(parsed.rows), max(counts))
        self.clear()


@dataclass(slots=True)
class ComparisonStore(Store):
    """Nothing of ours changes; what differs is kept and told."""

    def take(self, parsed: ParsedBatch) -> None:
        self.begin(parsed)
        storing = self.kind.storing
        assert isinstance(storing, Comparison)
        self.stage_once(parsed, storing.problems)
        found = self.batch.rows(storing.compare, load_id=self.report.load_id, file=self.file.name)
        self.report.add_differences(found)
        self.clear()
