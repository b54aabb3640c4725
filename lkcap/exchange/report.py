"""What became of a load, for the one who started it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(slots=True)
class Report:
    """What became of a load. Of problems and differences the first are kept, all are counted."""

    load_id: int = 0
    files: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    differences: list[tuple[Any, ...]] = field(default_factory=list)
    differ: int = 0
    notices: list[str] = field(default_factory=list)

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
        return not self.aside and not self.differ
