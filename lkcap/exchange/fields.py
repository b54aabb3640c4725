"""Cells of a file: how each is read, and why it may be refused.

A parser takes the text of a cell and gives the text that COPY takes (ISO dates, kopecks, `\\N` left
to the caller for None). The same few dates and words come millions of times, so they are cached.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction
from functools import lru_cache

from lkcap.kit.money import BadAmount, parse_roubles
from lkcap.kit.month import BadMonth, Month

Parser = Callable[[str], str | None]

CACHED = 1 << 15
TEXT_MAX = 2000


class BadCell(ValueError):
    """The cell cannot be taken; the message says why, in Russian."""


_COPY_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_SPECIAL = re.compile(r"[\\\t\n\r\0]")


def text(cell: str) -> str | None:
    cell = cell.strip()
    if not cell:
        return None
    if len(cell) > TEXT_MAX:
        raise BadCell(f"длиннее {TEXT_MAX} знаков")
    if _SPECIAL.search(cell):
        if "\0" in cell:
            raise BadCell("нулевой байт в тексте")
        return cell.translate(_COPY_SPECIAL)
    return cell


short_text = lru_cache(CACHED)(text)


@lru_cache(CACHED)
def day(cell: str) -> str | None:
    """`2026-11-22` or `22.11.2026`."""
    return str(parsed) if (parsed := parse_day(cell)) else None


def parse_day(cell: str) -> date | None:
    """The same as a date; None for an empty cell. Raises BadCell."""
    cell = cell.strip()
    if not cell:
        return None
    parts = cell.split(".")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else cell
    try:
        parsed = date.fromisoformat(iso)
    except ValueError as error:
        raise BadCell(f"не дата вида 2026-11-22 или 22.11.2026: «{cell[:20]}»") from error
    if not 1900 <= parsed.year <= 2100:
        raise BadCell(f"год не похож на настоящий: «{cell[:20]}»")
    return parsed


@lru_cache(CACHED)
def month(cell: str) -> str | None:
    """`2026-11`, kept as its first day."""
    cell = cell.strip()
    if not cell:
        return None
    try:
        return f"{Month.parse(cell)}-01"
    except BadMonth as error:
        raise BadCell(str(error)) from error


@lru_cache(CACHED)
def amount(cell: str) -> str | None:
    """Roubles, kept as kopecks."""
    if not cell.strip():
        return None
    try:
        return str(parse_roubles(cell))
    except BadAmount as error:
        raise BadCell(str(error)) from error


def sum_not_negative(cell: str) -> str | None:
    parsed = amount(cell)
    if parsed is not None and parsed.startswith("-"):
        raise BadCell("сумма не может быть отрицательной")
    return parsed


def area(cell: str) -> str | None:
    """Square metres with any number of decimals; zero is a mistake, unknown is an empty cell."""
    cell = cell.strip().replace(",", ".").replace("\u00a0", "").replace(" ", "")
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", cell):
        raise BadCell(f"не площадь: «{cell[:20]}»")
    if not cell.strip("0."):
        raise BadCell("площадь не может быть нулевой")
    return cell


def whole(low: int, high: int) -> Parser:
    """An integer of a plausible range."""

    def parse(cell: str) -> str | None:
        cell = cell.strip()
        if not cell:
            return None
        if not cell.isascii() or not cell.isdigit() or not low <= int(cell) <= high:
            raise BadCell(f"нужно целое число от {low} до {high}: «{cell[:20]}»")
        return str(int(cell))

    return lru_cache(CACHED)(parse)


def one_of(words: Collection[str]) -> Parser:
    def parse(cell: str) -> str | None:
        cell = cell.strip()
        if not cell:
            return None
        if cell not in words:
            raise BadCell(f"нет такого значения: «{cell[:30]}»; бывает {', '.join(words)}")
        return cell

    return lru_cache(CACHED)(parse)


def share(cell: str) -> Fraction:
    """`1`, `1/3`, `0,5`; empty is the whole. Raises BadCell."""
    cell = cell.strip().replace(",", ".").replace(" ", "")
    if not cell:
        return Fraction(1)
    if not re.fullmatch(r"\d{1,6}/\d{1,6}|\d{1,2}(\.\d{1,6})?", cell):
        raise BadCell(f"не доля: «{cell[:20]}»")
    try:
        parsed = Fraction(cell)
    except ZeroDivisionError as error:
        raise BadCell("ноль в знаменателе доли") from error
    if not 0 < parsed <= 1:
        raise BadCell("доля должна быть больше нуля и не больше единицы")
    return parsed
