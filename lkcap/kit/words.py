"""Russian words around numbers and dates, with the spaces that must not break."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal
from num2words import num2words

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


def moment(at: datetime) -> str:
    """«22.11.2026 14:05», in the zone the moment is given in."""
    return f"{at:%d.%m.%Y}{NBSP}{at:%H:%M}"


def month_name(day: date) -> str:
    """The month of a day: «ноябрь 2026»."""
    return Month.of(day).name


@lru_cache(maxsize=4096)
def square_metres(area: Decimal) -> str:
    """«3 412,6 м²»."""
    return f"{format_decimal(area.normalize(), '#,##0.######', locale='ru')}{NBSP}м²"


def uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def tel(phone: str) -> str:
    """A telephone for a link: digits and a leading plus; 8 (800) is +7 800 in Russia."""
    digits = re.sub(r"\D", "", phone)
    return "+7" + digits[1:] if len(digits) == 11 and digits[0] in "78" else digits


_SHORT = ("д.", "кв.", "г.", "ул.", "пер.", "пр.", "пом.", "корп.", "стр.", "№", "в", "на", "с")


def unbroken(text: str) -> str:
    """Tie abbreviations of an address to what follows: «ул. Кедровая» never breaks in between."""
    words = text.split(" ")
    return "".join(word + (NBSP if word in _SHORT else " ") for word in words).rstrip(" ")


_PREMISES = {"living": "кв.", "nonliving": "пом.", "parking": "машино-место", "room": "комн."}


def premises_address(house: str, kind: str, number: str) -> str:
    """The house's address with the flat, as on an envelope."""
    if kind == "parking" and not number[:1].isdigit():
        return f"{house}, {number}"  # «м/м 7» says it already
    return f"{house}, {_PREMISES[kind]} {number}"


def in_words(kopecks: int) -> str:
    """«Семьсот семьдесят четыре рубля 79 копеек», as banks want a sum in words."""
    whole, fraction = divmod(kopecks, 100)
    told = num2words(whole, lang="ru")
    unit = plural(whole, "рубль", "рубля", "рублей").split(NBSP)[1]
    rest = plural(fraction, "копейка", "копейки", "копеек").split(NBSP)[1]
    return f"{told[:1].upper()}{told[1:]} {unit} {fraction:02d}{NBSP}{rest}"
