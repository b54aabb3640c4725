"""A query of the bank as it stood on the wire, and the values that can be trusted to be values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import unquote_to_bytes
from zoneinfo import ZoneInfo

# The server's own limit of a request line; a long genuine call has a thousand.
QUERY_BYTES_MAX = 8192
# Ids of the bank are opaque: 32 hex digits before 2024, 20 and 16 letters and digits since.
ID_MAX = 64
# What a pass-through value may have; our order ids are shorter.
PASSED_MAX = 128

# `ts` bears no zone; the bank's clock shows Moscow (measured against its own RRN).
BANK_ZONE = ZoneInfo("Europe/Moscow")
_FIRST_YEAR, _LAST_YEAR = 2010, 2099

_ESCAPED = re.compile(rb"(?:[^%]|%[0-9A-Fa-f]{2})*")


class BadCall(ValueError):
    """The bank's call makes no sense; the message says why, in Russian, and quotes no value."""


def octets(raw: bytes | str) -> bytes:
    """The query's bytes, of text as aiohttp's `raw_path` gives it. Raises BadCall."""
    try:
        query = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else raw
    except UnicodeEncodeError as error:
        raise BadCall("запрос не из байтов") from error
    if len(query) > QUERY_BYTES_MAX:
        raise BadCall(f"запрос длиннее {QUERY_BYTES_MAX} байт")
    return query


def unescaped(value: bytes) -> bytes:
    """Percent-decoded, `+` left alone. Raises BadCall where a `%` begins no escape."""
    if not _ESCAPED.fullmatch(value):
        raise BadCall("за «%» стоят не две шестнадцатеричные цифры")
    return unquote_to_bytes(value)


@dataclass(frozen=True, slots=True)
class Query:
    """Raw values by decoded name; a parameter nobody asks for is never decoded."""

    values: Mapping[bytes, bytes]

    @classmethod
    def read(cls, query: bytes) -> Self:
        """Raises BadCall where a name stands twice, however it is written.

        Any name: what a browser smuggles into the start address comes back from the bank.
        """
        values: dict[bytes, bytes] = {}
        for name, value in _pairs(query):
            if name in values:
                raise BadCall("один параметр стоит дважды")
            values[name] = value
        return cls(values)

    def required(self, name: str, limit: int) -> str:
        """Text of 1 to `limit` printable characters. Raises BadCall."""
        if name.encode() not in self.values:
            raise BadCall(f"нет {name}")
        try:
            text = unescaped(self.values[name.encode()].replace(b"+", b" ")).decode()
        except UnicodeDecodeError as error:
            raise BadCall(f"{name}: не UTF-8") from error
        except BadCall as error:
            raise BadCall(f"{name}: {error}") from error
        if not text.strip():
            raise BadCall(f"{name}: пусто")
        if len(text) > limit:
            raise BadCall(f"{name}: длиннее {limit} знаков")
        if not text.isprintable():
            raise BadCall(f"{name}: непечатные знаки")
        return text

    def readable(self, name: str, limit: int) -> str | None:
        """As `required`, and None instead of BadCall."""
        try:
            return self.required(name, limit)
        except BadCall:
            return None

    def note(self, name: str, limit: int) -> str | None:
        """What is only kept and shown: trimmed, cut, freed of what is not printable."""
        value = unquote_to_bytes(self.values.get(name.encode(), b"").replace(b"+", b" "))
        text = "".join(filter(str.isprintable, value.decode("utf-8", "replace")))
        return text.strip()[:limit].rstrip() or None

    def moment(self, name: str) -> datetime:
        """`20260130 14:15:03` of the bank's clock, in UTC. Raises BadCall."""
        text = self.required(name, ID_MAX)
        if not re.fullmatch("[0-9]{8} [0-9]{2}:[0-9]{2}:[0-9]{2}", text):
            raise BadCall(f"{name}: не время вида ГГГГММДД чч:мм:сс")
        try:
            moment = datetime.strptime(text, "%Y%m%d %H:%M:%S").replace(tzinfo=BANK_ZONE)
        except ValueError as error:
            raise BadCall(f"{name}: нет такого времени") from error
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadCall(f"{name}: не наше столетие")
        return moment.astimezone(UTC)


def _pairs(query: bytes) -> Iterator[tuple[bytes, bytes]]:
    for pair in filter(None, query.split(b"&")):
        name, _, value = pair.partition(b"=")
        yield unquote_to_bytes(name.replace(b"+", b" ")), value
