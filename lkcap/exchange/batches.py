"""Rows of a file in batches ready for COPY, parsed in a thread while PostgreSQL stores the last."""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TypeVar

from lkcap.exchange.kinds import BadRow, Kind, parse_row
from lkcap.exchange.table import Table

T = TypeVar("T")

# A batch is a few megabytes whatever the size of the file.
BATCH_ROWS = 20_000
AHEAD = 2
RAW_MAX = 4000


@dataclass(frozen=True, slots=True)
class Problem:
    """A row set aside: where it stands, which column, why, and the row as it came."""

    file: str
    line: int
    field: str
    reason: str
    raw: str


@dataclass(slots=True)
class ParsedBatch:
    """`text` is for COPY; `cells` keeps the rows as they came, by line."""

    file: str
    rows: int = 0
    text: list[str] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_key: dict[tuple[str | None, ...], Sequence[str | None]] = field(default_factory=dict)

    def is_repeated(self, key: tuple[str | None, ...], staged: Sequence[str | None]) -> bool:
        """Whether an equal row of this key is already here; raises BadRow for a different one."""
        first = self.by_key.setdefault(key, staged)
        if first is not staged and list(first) != list(staged):
            raise BadRow("", "строка с тем же ключом уже есть в файле, и она другая")
        return first is not staged

    def problem(self, line: int, field: str, reason: str) -> Problem:
        return Problem(self.file, line, field, reason, raw_line(self.cells[line]))


def raw_line(cells: Sequence[str]) -> str:
    return ";".join(cells).replace("\0", "")[:RAW_MAX]


def parsed_batches(kind: Kind, table: Table, file: str, today: date) -> Iterator[ParsedBatch]:
    """Every row of the file, staged or with its problem."""
    plan = [(column, table.places.get(column.name)) for column in kind.columns]
    key = itemgetter(*(kind.staged.index(name) for name in kind.key), slice(0, 0))
    batch = ParsedBatch(file)
    for line, cells in table.rows:
        batch.rows += 1
        batch.cells[line] = cells
        try:
            if len(cells) != table.width:
                raise BadRow("", f"в строке {len(cells)} ячеек, в заголовке {table.width}")
            staged = kind.row(parse_row(plan, cells), today)
            if not batch.is_repeated(key(staged), staged):
                batch.text.append(_copy_line(kind, line, staged, cells))
        except BadRow as bad:
            batch.problems.append(batch.problem(line, bad.field, bad.reason))
        if batch.rows == BATCH_ROWS:
            yield batch
            batch = ParsedBatch(file)
    if batch.rows:
        yield batch


def _copy_line(
    kind: Kind, line: int, staged: Sequence[str | None], cells: Sequence[str]
) -> str:
    parts = [str(line), *[r"\N" if cell is None else cell for cell in staged]]
    if kind.waiting:
        # what waits outlives its batch, so its raw line goes along
        raw = raw_line(cells) if kind.waiting.holds(staged) else None
        parts.append(r"\N" if raw is None else _escaped(raw))
    return "\t".join(parts)


def _escaped(raw: str) -> str:
    return raw.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


class _End:
    """What the thread sends last: nothing more, or the error that stopped it."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, made in a thread a little ahead of the one who takes them."""
    ready: queue.Queue[T | _End] = queue.Queue(AHEAD)
    stopped = threading.Event()

    def make() -> None:
        end = _End()
        try:
            for item in items:
                ready.put(item)
                if stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again in the taker's thread
            end = _End(error)
        ready.put(end)

    thread = threading.Thread(target=make, name="parser", daemon=True)
    thread.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        stopped.set()
        while thread.is_alive():
            _drain(ready)
            thread.join(0.05)


def _drain(ready: "queue.Queue[T]") -> None:
    while not ready.empty():
        ready.get_nowait()
