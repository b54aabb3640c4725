"""Rows of a file in batches ready for COPY, parsed in a thread while PostgreSQL stores the last."""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TypeVar

from lkcap.exchange.kinds import BadRow, Column, Kind, RowParser, Values
from lkcap.exchange.report import Problem
from lkcap.exchange.table import Table

T = TypeVar("T")

# A batch is a few megabytes whatever the size of the file; three are in memory at a time.
BATCH_ROWS = 5_000
AHEAD = 1
RAW_MAX = 4000
LINE_MAX = 16_000


@dataclass(slots=True)
class ParsedBatch:
    """`rows` are (line, staged row, its text for COPY); `cells` the rows as they came, by line."""

    file: str
    read: int = 0
    rows: list[tuple[int, Values, str]] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def raw(self, line: int) -> str:
        """The row as it came, in one line."""
        return ";".join(self.cells[line]).replace("\0", "")[:RAW_MAX]

    def problem(self, line: int, field: str, reason: str) -> Problem:
        return Problem(self.file, line, field, reason, self.raw(line))


def parsed_batches(
    kind: Kind, columns: Sequence[Column], table: Table, file: str, today: date
) -> Iterator[ParsedBatch]:
    """Every row of the file, staged or with its problem; `columns` read it.

    Every line here runs millions of times a load.
    """
    parse, make, today_iso = RowParser(columns, table.places).parse, kind.row, today.isoformat()
    copied = itemgetter(*map(kind.staged.index, kind.copied))
    width, batch = table.width, ParsedBatch(file)
    for line, cells in table.rows:
        batch.read += 1
        batch.cells[line] = cells
        try:
            if len(cells) != width:
                raise BadRow("", WIDTH_DIFFERS.format(len(cells), width))
            staged = make(parse(cells), today_iso)
            batch.rows.append((line, staged, copy_text(kind, copied(staged))))
        except BadRow as bad:
            batch.problems.append(batch.problem(line, bad.field, bad.reason))
        if batch.read == BATCH_ROWS:
            yield batch
            batch = ParsedBatch(file)
    if batch.read:
        yield batch


WIDTH_DIFFERS = "ячеек {}, а в заголовке {}: проверьте разделители и кавычки"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def escaped(cell: str) -> str:
    """One cell for COPY."""
    return cell.translate(_ESCAPES)


def copy_text(kind: Kind, cells: Sequence[str]) -> str:
    """Cells for COPY. Few rows hold anything to escape: look at the whole line first."""
    joined = "\t".join(cells)
    if len(joined) > LINE_MAX:
        raise BadRow("", f"строка длиннее {LINE_MAX} знаков")
    if "\0" in joined:
        place = next(place for place, cell in enumerate(cells) if "\0" in cell)
        raise BadRow(kind.copied[place], "нулевой байт в тексте")
    plain = "\\" not in joined and "\n" not in joined and "\r" not in joined
    if plain and joined.count("\t") == len(cells) - 1:
        return joined
    return "\t".join(map(escaped, cells))


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
