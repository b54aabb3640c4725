"""Rows of a file in batches ready for COPY, parsed in a thread while PostgreSQL stores the last."""

import hashlib
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TypeVar

from lkcap.exchange.kinds import BadRow, Column, Kind, Ledger, RowParser, Values
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
    """`text` is for COPY, `cells` the rows as they came by line.

    `keys` know a registry's repeated rows, `by_key` the ledger's; `words` are of its word column.
    """

    file: str
    rows: int = 0
    text: list[str] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_key: dict[object, Values] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def has_equal(self, key: object, staged: Values) -> bool:
        """Whether an equal row of this key is already here; raises BadRow for a different one."""
        first = self.by_key.setdefault(key, staged)
        if first is not staged and first != staged:
            raise BadRow("entry_id", "номер записи повторяется в файле, содержание другое")
        return first is not staged

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
                raise BadRow(
                    "",
                    f"ячеек {len(cells)}, а в заголовке {width}: проверьте разделители и кавычки",
                )
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
        self._kind = kind
        self._parse = parser.parse
        self._today = today.isoformat()
        self._key = itemgetter(*map(kind.staged.index, kind.key))
        self._ledger = kind.storing if isinstance(kind.storing, Ledger) else None
        self._word = kind.staged.index(self._ledger.word) if self._ledger else 0

    def stage(self, batch: ParsedBatch, line: int, cells: list[str]) -> None:
        """Add a row to the batch. Raises BadRow."""
        staged = self._kind.row(self._parse(cells), self._today)
        key = self._key(staged)
        parts = [str(line), *staged]
        if self._ledger:
            if batch.has_equal(key, staged):
                return
            batch.words.add(staged[self._word])
            # what waits outlives its batch, so its raw line goes along
            parts.append(raw_line(cells) if self._ledger.waits(staged) else "")
            batch.text.append(self._copy_line(parts))
        else:
            text = self._copy_line(parts)
            batch.text.append(text)
            batch.keys.append(_key_line(line, key, text))

    def _copy_line(self, parts: Sequence[str]) -> str:
        """A row for COPY. Few rows hold anything to escape: look at the whole line first."""
        joined = "\t".join(parts)
        if len(joined) > LINE_MAX:
            raise BadRow("", f"строка длиннее {LINE_MAX} знаков")
        if "\0" in joined:
            names = [
                name
                for name, part in zip(self._kind.staged, parts[1:], strict=False)
                if "\0" in part
            ]
            raise BadRow(names[0], "нулевой байт в тексте")
        if joined.count("\t") == len(parts) - 1 and not any(one in joined for one in _SPECIAL):
            return joined
        return "\t".join(part.translate(_ESCAPES) for part in parts)


def _key_line(line: int, key: str | tuple[str, ...], text: str) -> str:
    """(line, key, digest of the row): enough to know a repeated row of a file of any size."""
    name = key if isinstance(key, str) else " | ".join(key)
    digest = hashlib.md5(text.partition("\t")[2].encode(), usedforsecurity=False).hexdigest()
    return f"{line}\t{name.translate(_ESCAPES)}\t{digest}"


_SPECIAL = ("\\", "\n", "\r")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


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
