"""Cells of registries: every bank writes days, times and sums in its own way.

A parser takes the text of a cell, raises BadCell or BadAmount, and never sees an empty cell.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache

from lkcap.exchange import fields
from lkcap.exchange.fields import CACHED, BadCell
from lkcap.kit.money import BadAmount, Kopecks, parse_roubles

PURPOSE_MAX = 2000
SUM_MAX = 40
_CLOCK = re.compile(r"(\d{1,2})[-:](\d{2})(?:[-:](\d{2}))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DASHED = re.compile(r"\d{2}-\d{2}-\d{4}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII
)
_NO_CODE = re.compile(r"[\x00-\x1f\x7f]")


@lru_cache(CACHED)
def day(cell: str) -> date:
    """`2026-01-30` or `30.01.2026`, as in the project's other files."""
    return date.fromisoformat(fields.day(cell))


@lru_cache(CACHED)
def dashed_day(cell: str) -> date:
    """`30-01-2026`."""
    if not _DASHED.fullmatch(cell):
        raise BadCell(f"не дата вида 30-01-2026: «{cell[:20]}»")
    return day(cell.replace("-", "."))


@lru_cache(CACHED)
def compact_day(cell: str) -> date:
    """`20260130` of a date field, or what a text field may hold."""
    match = _COMPACT.fullmatch(cell)
    return day("-".join(match.groups()) if match else cell)


@lru_cache(CACHED)
def clock(cell: str) -> time:
    """`14-15-03`, `14:15:03` or `14:15`, by the bank's clock."""
    match = _CLOCK.fullmatch(cell)
    try:
        if match is None:
            raise ValueError(cell)
        hour, minute, second = map(int, match.groups("0"))
        return time(hour, minute, second)
    except ValueError as error:
        raise BadCell(f"не время вида 14-15-03: «{cell[:20]}»") from error


def instant(cell: str) -> tuple[date, datetime | None]:
    """ISO 8601 with an offset, or a day: (the day as written, the instant in UTC if it is one)."""
    if not _INSTANT.fullmatch(cell):
        return day(cell), None
    try:
        written = datetime.fromisoformat(cell)
    except ValueError as error:
        raise BadCell(f"нет такого времени: «{cell[:32]}»") from error
    return day(written.date().isoformat()), written.astimezone(UTC)


def roubles(cell: str) -> Kopecks:
    """As everywhere, and bounded: thousands of digits are no number to Python either."""
    if len(cell) > SUM_MAX:
        raise BadAmount(f"не сумма в рублях: «{cell[:40]}»")
    return parse_roubles(cell)


def dbf_roubles(cell: str) -> Kopecks:
    """As a DBF writes a number: `.50`, `498.2000`. No rounding: only zeros may follow kopecks."""
    whole, point, fraction = cell.partition(".")
    if point:
        kept = fraction[:2] + fraction[2:].rstrip("0")
        cell = f"{whole}{'' if whole[-1:].isdigit() else '0'}.{kept}"
    return roubles(cell)


def code(cell: str) -> str:
    """A number that things are found by: one line, bounded, zeros kept."""
    if _NO_CODE.search(cell):
        raise BadCell("управляющий знак внутри номера")
    return fields.code(cell)


def purpose(cell: str) -> str:
    """Any text in one line."""
    if len(cell) > PURPOSE_MAX:
        raise BadCell(f"длиннее {PURPOSE_MAX} знаков")
    if "\0" in cell:
        raise BadCell("нулевой байт в тексте")
    return " ".join(cell.split())
