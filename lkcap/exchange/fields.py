"""Cells of a file: how each is read, and why it may be refused.

A parser takes the text of a cell and gives the text that PostgreSQL reads (ISO dates, kopecks); an
empty cell stays empty and means NULL. The same few dates and words come millions of times, so they
are cached.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction
from functools import lru_cache

from lkcap.kit.money import BadAmount, parse_roubles
from lkcap.kit.month import BadMonth, Month

Parser = Callable[[str], str]

CACHED = 1 << 15
RATE_MAX_KOPECKS = 100_000_00
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{2})\.(\d{2})\.(\d{4})")


class BadCell(ValueError):
    """The cell cannot be taken; the message says why, in Russian."""


text: Parser = str.strip

# What stands in an index may not be longer than a part of its page.
CODE_MAX = 200


def code(cell: str) -> str:
    """A number or a name that things are found by."""
    cell = cell.strip()
    if len(cell) > CODE_MAX:
        raise BadCell(f"длиннее {CODE_MAX} знаков")
    if "\n" in cell:
        raise BadCell("перевод строки внутри номера")
    return cell


# For codes that repeat from row to row.
known_code = lru_cache(CACHED)(code)


@lru_cache(CACHED)
def day(cell: str) -> str:
    """`2026-11-22` or `22.11.2026`."""
    cell = cell.strip()
    if not cell:
        return ""
    match = _DAY.fullmatch(cell)
    try:
        if match is None:
            raise ValueError(cell)
        year, month, day = match.groups()[:3] if match[1] else match.groups()[:2:-1]
        parsed = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadCell(f"не дата вида 2026-11-22 или 22.11.2026: «{cell[:20]}»") from error
    if not 1900 <= parsed.year <= 2100:
        raise BadCell(f"год не похож на настоящий: «{cell[:20]}»")
    return parsed.isoformat()


@lru_cache(CACHED)
def month(cell: str) -> str:
    """`2026-11`, kept as its first day."""
    cell = cell.strip()
    if not cell:
        return ""
    try:
        return f"{Month.parse(cell)}-01"
    except BadMonth as error:
        raise BadCell(str(error)) from error


@lru_cache(CACHED)
def amount(cell: str) -> str:
    """Roubles, kept as kopecks."""
    if not cell.strip():
        return ""
    try:
        return str(parse_roubles(cell))
    except BadAmount as error:
        raise BadCell(str(error)) from error


def sum_not_negative(cell: str) -> str:
    parsed = amount(cell)
    if parsed.startswith("-"):
        raise BadCell("сумма не может быть отрицательной")
    return parsed


def rate(cell: str) -> str:
    """Roubles a square metre a month."""
    parsed = sum_not_negative(cell)
    if parsed and int(parsed) > RATE_MAX_KOPECKS:
        raise BadCell(f"слишком большая ставка: «{cell[:20]}»")
    return parsed


def area(cell: str) -> str:
    """Square metres with any number of decimals; zero is a mistake, unknown is an empty cell."""
    cell = cell.strip().replace(",", ".").replace("\u00a0", "").replace(" ", "")
    if not cell:
        return ""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", cell):
        raise BadCell(f"не площадь: «{cell[:20]}»")
    if not cell.strip("0."):
        raise BadCell("площадь не может быть нулевой")
    return cell


def whole(low: int, high: int) -> Parser:
    """An integer of a plausible range."""

    def parse(cell: str) -> str:
        cell = cell.strip()
        if not cell:
            return ""
        if not cell.isascii() or not cell.isdigit() or not low <= int(cell) <= high:
            raise BadCell(f"нужно целое число от {low} до {high}: «{cell[:20]}»")
        return str(int(cell))

    return lru_cache(CACHED)(parse)


def one_of(words: Collection[str]) -> Parser:
    def parse(cell: str) -> str:
        cell = cell.strip()
        if not cell:
            return ""
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
