"""What became of a load, for the one who started it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lkcap.payments.linking import Linked

PROBLEMS_SHOWN = 100
DIFFERENCES_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """A row set aside: where it stands, which column, why, and the row as it came."""

    file: str
    line: int
    field: str
    reason: str
    raw: str


@dataclass(slots=True)
class FileReport:
    """What became of one file; `ignored` are columns nobody needs."""

    name: str
    rows: int = 0
    new: int = 0
    aside: int = 0
    ignored: Sequence[str] = ()

    @property
    def same(self) -> int:
        return self.rows - self.new - self.aside


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a registry's rows, and their sum in kopecks: `new`, `found` (was in suspense,
    its account is known now), `matched` with a bank's message, `known`, in `suspense`, `waits`
    there since an earlier load.
    """

    verdict: str
    rows: int
    amount: int


@dataclass(slots=True)
class Report:
    """What became of a load. Of problems and differences the first are kept, all are counted.

    `linked` are payments that billing's entries have confirmed; None where nobody has looked.
    `other_sums` are payments that a registry has otherwise: (trx_id, ours, theirs), kopecks.
    """

    load_id: int = 0
    files: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    differences: list[tuple[Any, ...]] = field(default_factory=list)
    differ: int = 0
    notices: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    other_sums: list[tuple[Any, ...]] = field(default_factory=list)
    linked: Linked | None = None

    def add_problems(self, file: FileReport, problems: Sequence[Problem]) -> None:
        file.aside += len(problems)
        self.problems += problems[: PROBLEMS_SHOWN - len(self.problems)]

    def add_differences(self, found: Sequence[tuple[Any, ...]]) -> None:
        self.differ += len(found)
        self.differences += found[: DIFFERENCES_SHOWN - len(self.differences)]

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
        return not self.aside and not self.differ and not self.other_sums
