"""A file as a stream of rows: encoding, delimiter and header recognised by themselves."""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import IO

SNIFFED_BYTES = 1 << 20
LINE_MAX = 1 << 20


class BadFile(Exception):
    """The file as a whole cannot be read; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class Table:
    """`places` maps a known column to its place; `rows` gives (line of the file, cells)."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    width: int
    rows: Iterator[tuple[int, list[str]]] = field(repr=False)


def _encoding(head: bytes) -> str:
    """UTF-8 unless it cannot be; the head may end inside a character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("файл в UTF-16; сохраните его в UTF-8 или windows-1251")
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "cp1251"


@contextmanager
def open_text(raw: IO[bytes], name: str) -> Iterator[IO[str]]:
    """Decompress `.gz` and decode; raises BadFile."""
    unpacked = gzip.GzipFile(fileobj=raw) if name.endswith(".gz") else raw
    buffered = io.BufferedReader(unpacked, SNIFFED_BYTES)  # type: ignore[type-var]
    try:
        head = buffered.peek(SNIFFED_BYTES)
    except (OSError, EOFError) as error:
        raise BadFile(f"{name}: архив испорчен: {error}") from error
    try:
        with io.TextIOWrapper(buffered, encoding=_encoding(head), newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        raise BadFile(f"{name}: ни UTF-8, ни windows-1251 (байт {error.start})") from error
    except (EOFError, OSError) as error:
        raise BadFile(f"{name}: файл оборван или испорчен: {error}") from error


def read_table(
    text: IO[str], name: str, columns: Mapping[str, bool], spelling: Mapping[str, str] | None = None
) -> Table:
    """Read the header. `columns` says which are required; `spelling` maps foreign names to ours."""
    first = text.readline(LINE_MAX)
    if not first.strip():
        raise BadFile(f"{name}: файл пуст, нет даже заголовка")
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    names = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    ours = [(spelling or {}).get(one, one if spelling is None else "") for one in names]
    places = {one: place for place, one in enumerate(ours) if one in columns}
    if doubled := [one for one in places if ours.count(one) > 1]:
        raise BadFile(f"{name}: столбец повторяется: {', '.join(doubled)}")
    if absent := [one for one, required in columns.items() if required and one not in places]:
        raise BadFile(f"{name}: нет столбцов: {', '.join(absent)}")
    ignored = [one for one, our in zip(names, ours, strict=True) if our not in columns and one]
    missing = [one for one in columns if one not in places]
    rows = _rows(text, name, delimiter, len(names))
    return Table(places, tuple(ignored), tuple(missing), len(names), rows)


def _rows(text: IO[str], name: str, delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Blank lines are no rows. A short or long row comes as it is: the verdict is the caller's.

    Hardly a line holds a quote, and splitting is three times as fast as the csv module.
    """
    line = 1
    while raw := text.readline(LINE_MAX):
        line += 1
        first_line = line
        if len(raw) == LINE_MAX:
            raise BadFile(f"{name}: строка {line} длиннее {LINE_MAX} знаков: это не таблица")
        if '"' in raw:
            reader = csv.reader(chain((raw,), text), delimiter=delimiter)
            try:
                cells = next(reader)
            except csv.Error as error:
                raise BadFile(f"{name}: строка {line}: {error}") from error
            line += reader.line_num - 1
        else:
            cells = raw.rstrip("\r\n").split(delimiter)
        if any(cells):
            # delimiters left over at the end are no cells
            yield first_line, cells if any(cells[width:]) else cells[:width]
