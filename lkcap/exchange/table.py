"""A file as a stream of rows: encoding, delimiter and header recognised by themselves."""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO

SNIFFED_BYTES = 1 << 20
# An address or a name in quotes may hold a line break; a page of text is a quote left open.
RECORD_LINES = 20
LINE_MAX = 1 << 20


class BadFile(Exception):
    """The file as a whole cannot be read; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class Table:
    """`places` maps a known column to its place; `rows` gives (line of the file, cells)."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]
    width: int
    rows: Iterator[tuple[int, list[str]]] = field(repr=False)


def _windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1251", "replace"), error.end


codecs.register_error("windows-1251", _windows)


def _encoding(head: bytes, *, is_whole: bool) -> tuple[str, str]:
    """(encoding, what to do with errors): UTF-8 unless it cannot be.

    The head may end inside a character. While it is plain ASCII nothing is known yet: then what
    turns out not to be UTF-8 is read as windows-1251.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("файл в UTF-16; сохраните его в UTF-8 или windows-1251")
    if head.isascii() and not is_whole:
        return "utf-8-sig", "windows-1251"
    for cut in range(1 if is_whole else 4):
        with suppress(UnicodeDecodeError):
            head[: len(head) - cut].decode("utf-8")
            return "utf-8-sig", "strict"
    return "cp1251", "strict"


@contextmanager
def open_text(raw: IO[bytes], name: str) -> Iterator[IO[str]]:
    """Decompress `.gz` and decode; raises BadFile."""
    unpacked = gzip.GzipFile(fileobj=raw) if name.endswith(".gz") else raw
    try:
        head = unpacked.read(SNIFFED_BYTES)
        encoding, errors = _encoding(head, is_whole=len(head) < SNIFFED_BYTES)
        unpacked.seek(0)
        buffered = io.BufferedReader(unpacked, SNIFFED_BYTES)  # type: ignore[type-var]
        with io.TextIOWrapper(buffered, encoding, errors, newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        raise BadFile(f"{name}: ни UTF-8, ни windows-1251 (байт {error.start})") from error
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
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
    rows = _rows(text, name, delimiter, len(names))
    return Table(places, tuple(ignored), len(names), rows)


def _rows(text: IO[str], name: str, delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Blank lines are no rows. A short or long row comes as it is: the verdict is the caller's.

    Hardly a line holds a quote, and splitting is three times as fast as the csv module.
    """
    lines = _Lines(text, name)
    for raw in lines:
        first_line = lines.number
        plain = '"' not in raw
        cells = raw.rstrip("\r\n").split(delimiter) if plain else lines.quoted(raw, delimiter)
        if any(cells):
            # delimiters left over at the end are no cells
            if len(cells) > width and not any(cells[width:]):
                cells = cells[:width]
            yield first_line, cells


class _Lines:
    """The lines of a file after its header, numbered, with a way back for a quote left open."""

    def __init__(self, text: IO[str], name: str) -> None:
        self._text = text
        self._name = name
        self._back: list[str] = []
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        while raw := self._back.pop() if self._back else self._text.readline(LINE_MAX):
            self.number += 1
            if len(raw) == LINE_MAX:
                raise BadFile(f"{self._name}: строка {self.number} слишком длинная: это не таблица")
            yield raw

    def quoted(self, raw: str, delimiter: str) -> list[str]:
        """The cells of a record with quotes, of several lines if need be.

        A quote that is not closed, or closed in the middle of a cell, spoils its own line only:
        that one comes as a single cell.
        """
        record = [raw]
        while True:
            try:
                return next(csv.reader(record, delimiter=delimiter, strict=True))
            except csv.Error as error:
                more = "unexpected end" in str(error) and len(record) < RECORD_LINES
                following = next(iter(self), "") if more else ""
                if not following:
                    self._back += record[:0:-1]
                    self.number -= len(record) - 1
                    return [raw.rstrip("\r\n")]
                record.append(following)
