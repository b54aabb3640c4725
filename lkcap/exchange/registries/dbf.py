"""DBF (dBase III and its kin) as records of text cells.

Written here because a payment may not be lost in silence. dbfread 2.0.7 reads a file cut in the
middle of a sum as a smaller sum, skips records with a spoilt mark, never ends on a record of no
length, and opens nothing but files by name; dbf 0.99.11 leaves a refused file open.
"""

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lkcap.exchange.registries.model import Faults
from lkcap.exchange.table import BadFile

_HEAD = struct.Struct("<4xLHH17xB2x")
_FIELD = struct.Struct("<11sc4xBB14x")
_FIELDS_END = b"\r"
_LIVE, _DELETED = b" ", b"*"
# After the last record: the mark of the end and padding.
_PADDING = b"\x1a\0 "
_ENCODINGS = {0x26: "cp866", 0x65: "cp866", 0xC9: "cp1251"}
_TEXT_TYPES = "CDNF"
# Where Cyrillic capitals stand, and what hardly ever occurs in the other encoding.
_ONLY_DOS = bytes(range(0x80, 0xB0))
_ONLY_WINDOWS = bytes((*range(0xC0, 0xE0), *range(0xF2, 0x100)))


@dataclass(frozen=True, slots=True)
class Column:
    """`start` is the place inside a record, its mark included."""

    name: str
    type: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Dbf:
    """A file whose size agrees with its header."""

    content: bytes
    columns: tuple[Column, ...]
    encoding: str
    start: int
    length: int
    count: int

    def records(
        self, names: Collection[str], faults: Faults
    ) -> Iterator[tuple[int, dict[str, str] | None]]:
        """(number from 1, cells of the named columns); None for a deleted record."""
        columns = [column for column in self.columns if column.name in names]
        for number in range(1, self.count + 1):
            at = self.start + (number - 1) * self.length
            record = self.content[at : at + self.length]
            if record[:1] == _DELETED:
                yield number, None
            elif record[:1] != _LIVE:
                faults.add(number, "", "испорчена пометка удаления")
            else:
                cells = {column.name: self._cell(column, record) for column in columns}
                bad = [name for name, cell in cells.items() if cell is None]
                for name in bad:
                    faults.add(number, name, f"не {self.encoding}")
                if not bad:
                    yield number, {name: cell or "" for name, cell in cells.items()}

    def _cell(self, column: Column, record: bytes) -> str | None:
        """None where the bytes are no text."""
        raw = record[column.start : column.start + column.length].rstrip(b"\0 ")
        try:
            return raw.decode(self.encoding).strip()
        except UnicodeDecodeError:
            return None


def open_dbf(content: bytes) -> Dbf:
    """Read the header. Raises BadFile: a registry that is not whole is not read at all."""
    if len(content) < _HEAD.size:
        raise BadFile("файл короче заголовка DBF")
    count, start, length, language = _HEAD.unpack_from(content)
    columns = tuple(_columns(content[_HEAD.size : start]))
    if start > len(content) or length != 1 + sum(column.length for column in columns):
        raise BadFile("это не DBF: длина записи не равна сумме полей")
    end = start + count * length
    if end > len(content):
        kept = (len(content) - start) // length
        raise BadFile(f"файл оборван: записей {count}, целых из них {kept}")
    if content[end:].strip(_PADDING):
        raise BadFile(f"после {count} записей заголовка есть ещё данные")
    encoding = _ENCODINGS.get(language) or _recognised(content[start:end])
    return Dbf(content, columns, encoding, start, length, count)


def _columns(header: bytes) -> Iterator[Column]:
    """Descriptions of 32 bytes up to the mark of their end."""
    start, at = 1, 0
    while header[at : at + 1] != _FIELDS_END:
        if at + _FIELD.size > len(header):
            raise BadFile("это не DBF: описание полей не закончено")
        name, kind, length, more = _FIELD.unpack_from(header, at)
        # texts longer than a byte can tell go on in the place of decimals
        length += more << 8 if kind == b"C" else 0
        told = name.partition(b"\0")[0].decode("ascii", "replace").strip().upper()
        yield Column(told, kind.decode("latin-1"), start, length)
        start, at = start + length, at + _FIELD.size


def refuse_types(columns: Collection[Column]) -> None:
    """Raise BadFile for binary fields: sums are read as digits, never as floats."""
    for column in columns:
        if column.type not in _TEXT_TYPES:
            raise BadFile(f"поле {column.name} типа {column.type}; бывает {', '.join(_TEXT_TYPES)}")


def _recognised(records: bytes) -> str:
    """The header does not tell: UTF-8 if it can be, else by which letters are there."""
    try:
        records.decode("utf-8")
    except UnicodeDecodeError:
        dos = len(records) - len(records.translate(None, _ONLY_DOS))
        windows = len(records) - len(records.translate(None, _ONLY_WINDOWS))
        return "cp1251" if windows > dos else "cp866"
    return "utf-8"
