"""Rows of a file in batches ready for COPY, parsed in a thread while PostgreSQL stores the last."""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TypeVar

from lkcap.exchange.kinds import BadRow, Column, Kind, RowParser, Values
from lkcap.exchange.table import Table

T = TypeVar("T")

# A batch is a few megabytes whatever the size of the file; three are in memory at a time.
BATCH_ROWS = 5_000
AHEAD = 1
RAW_MAX = 4000
LINE_MAX = 16_000


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
    """`text` is for COPY, `cells` the rows as they came by line, `words` the dictionary's."""

    file: str
    rows: int = 0
    text: list[str] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_key: dict[object, Values] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def problem(self, line: int, field: str, reason: str) -> Problem:
        return Problem(self.file, line, field, reason, raw_line(self.cells[line]))


def raw_line(cells: Sequence[str]) -> str:
    return ";".join(cells).replace("\0", "")[:RAW_MAX]


def parsed_batches(
    kind: Kind, columns: Sequence[Column], table: Table, file: str, today: date
) -> Iterator[ParsedBatch]:
    """Every row of the file, staged or with its problem; `columns` read it."""
    stager = _Stager(kind, RowParser(columns, table.places), today)
    width, batch = table.width, ParsedBatch(file)
    for line, cells in table.rows:
        batch.rows += 1
        batch.cells[line] = cells
        try:
            if len(cells) != width:
                raise BadRow("", f"в строке {len(cells)} ячеек, в заголовке {width}")
            stager.stage(batch, line, cells)
        except BadRow as bad:
            batch.problems.append(batch.problem(line, bad.field, bad.reason))
        if batch.rows == BATCH_ROWS:
            yield batch
            batch = ParsedBatch(file)
    if batch.rows:
        yield batch


class _Stager:
    """Makes rows for COPY. Every line here runs millions of times a load."""

    def __init__(self, kind: Kind, parser: RowParser, today: date) -> None:
        self._parse = parser.parse
        self._row = kind.row
        self._today = today.isoformat()
        self._key = itemgetter(*map(kind.staged.index, kind.key))
        self._holds = kind.waiting.holds if kind.waiting else None
        self._word = kind.staged.index(kind.dictionary.column) if kind.dictionary else None

    def stage(self, batch: ParsedBatch, line: int, cells: list[str]) -> None:
        """Add a row to the batch; one that repeats an earlier one adds nothing. Raises BadRow."""
        staged = self._row(self._parse(cells), self._today)
        first = batch.by_key.setdefault(self._key(staged), staged)
        if first is not staged:
            if list(first) != list(staged):
                raise BadRow("", "строка с тем же ключом уже есть в файле, и она другая")
            return
        if self._word is not None:
            batch.words.add(staged[self._word])
        parts = [str(line), *staged]
        if self._holds:
            # what waits outlives its batch, so its raw line goes along
            parts.append(raw_line(cells) if self._holds(staged) else "")
        batch.text.append(_copy_line(parts))


_SPECIAL = ("\\", "\n", "\r")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _copy_line(parts: Sequence[str]) -> str:
    """A row for COPY. Few rows hold anything to escape: look at the whole line first."""
    joined = "\t".join(parts)
    if len(joined) > LINE_MAX:
        raise BadRow("", f"строка длиннее {LINE_MAX} знаков")
    if "\0" in joined:
        raise BadRow("", "нулевой байт в тексте")
    if joined.count("\t") == len(parts) - 1 and not any(one in joined for one in _SPECIAL):
        return joined
    return "\t".join(part.translate(_ESCAPES) for part in parts)


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
        except BaseException as error:
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
