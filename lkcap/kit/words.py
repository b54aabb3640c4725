"""Russian words around numbers and dates, with the spaces that must not break."""

from datetime import date

from babel import Locale

from lkcap.kit.money import NBSP
from lkcap.kit.month import NAMES_GENITIVE, Month

_PLURAL = Locale("ru").plural_form
_FORMS = {"one": 0, "few": 1}


def plural(number: int, one: str, few: str, many: str) -> str:
    """`plural(3, "месяц", "месяца", "месяцев")` is «3 месяца»."""
    word = (one, few, many)[_FORMS.get(_PLURAL(number), 2)]
    return f"{number}{NBSP}{word}"


def day_and_month(day: date) -> str:
    """«15 декабря»."""
    return f"{day.day}{NBSP}{NAMES_GENITIVE[day.month - 1]}"


def long_date(day: date) -> str:
    """«22 ноября 2026 г.»."""
    return f"{day_and_month(day)} {day.year}{NBSP}г."


def short_date(day: date) -> str:
    """«22.11.2026», for tables."""
    return f"{day:%d.%m.%Y}"


def month_name(day: date) -> str:
    """The month of a day: «ноябрь 2026»."""
    return Month.of(day).name


_SHORT = ("д.", "кв.", "г.", "ул.", "пер.", "пр.", "пом.", "корп.", "стр.", "№", "в", "на", "с")


def unbroken(text: str) -> str:
    """Tie abbreviations of an address to what follows: «ул. Кедровая» never breaks in between."""
    words = text.split(" ")
    return "".join(word + (NBSP if word in _SHORT else " ") for word in words).rstrip(" ")
