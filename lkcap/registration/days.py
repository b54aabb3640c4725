"""A day as people type it, in both forms of contract §6."""

import re
from calendar import monthrange
from datetime import date

from lkcap.kit.month import NAMES_PREPOSITIONAL
from lkcap.kit.words import plural

_DAY = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[.,/\s]\s?(\d{1,2})[.,/\s]\s?(\d{4})(?: ?г\.?)?",
    re.ASCII,
)
FIRST_YEAR = 1900


class BadDay(ValueError):
    """Not a day that can be; the message is for the reader, in Russian."""


def parse_day(text: str, today: date) -> date:
    """`14.02.2020` or `2020-02-14`; a day to come or before 1900 is a misprint. Raises BadDay."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise BadDay("Введите день, месяц и год, например 14.02.2020")
    parts = match.groups()[:3] if match[1] else match.groups()[:2:-1]
    year, month, day = (int(part) for part in parts)
    if not FIRST_YEAR <= year <= today.year:
        raise BadDay(f"Проверьте год: он от {FIRST_YEAR} до {today.year}")
    if not 1 <= month <= 12:
        raise BadDay("Такого месяца нет: их двенадцать. Сначала пишется день, потом месяц")
    if not 1 <= day <= monthrange(year, month)[1]:
        days = plural(monthrange(year, month)[1], "день", "дня", "дней")
        raise BadDay(f"Такого дня нет: в {NAMES_PREPOSITIONAL[month - 1]} {year} года {days}")
    if (found := date(year, month, day)) > today:
        raise BadDay("Этот день ещё не наступил")
    return found
