"""Russian words around numbers and dates, with the spaces that must not break."""

from datetime import date
from decimal import Decimal

import pytest

from lkcap.kit import words
from lkcap.kit.numbers import number_key

DAY = date(2026, 5, 2)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 месяцев"),
        (1, "1 месяц"),
        (2, "2 месяца"),
        (5, "5 месяцев"),
        (11, "11 месяцев"),
        (12, "12 месяцев"),
        (21, "21 месяц"),
        (104, "104 месяца"),
        (111, "111 месяцев"),
    ],
)
def test_a_number_takes_its_form_of_the_word(number: int, told: str):
    assert words.plural(number, "месяц", "месяца", "месяцев") == told.replace(" ", "\u00a0")


def test_a_day_is_told_in_three_ways():
    assert words.day_and_month(DAY) == "2\u00a0мая"
    assert words.long_date(DAY) == "2\u00a0мая 2026\u00a0г."
    assert words.short_date(DAY) == "02.05.2026"


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("8 (800) 100-21-86", "+78001002186"),
        ("+7 3467 00-00-00", "+73467000000"),
        ("112", "112"),
    ],
)
def test_a_telephone_becomes_a_link(phone: str, link: str):
    assert words.tel(phone) == link


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("3412.60", "3\u00a0412,6\u00a0м²"),
        ("100", "100\u00a0м²"),
        ("0.5", "0,5\u00a0м²"),
        ("51.123456", "51,123456\u00a0м²"),
    ],
)
def test_an_area_keeps_every_digit_it_has(area: str, told: str):
    assert words.square_metres(Decimal(area)) == told


def test_an_address_does_not_break_after_an_abbreviation():
    told = words.unbroken("г. Северореченск, ул. Кедровая, д. 14, кв. 27")
    assert told == "г.\u00a0Северореченск, ул.\u00a0Кедровая, д.\u00a014, кв.\u00a027"


@pytest.mark.parametrize(
    "typed",
    [
        "86000000017",
        " 860 0000 0017 ",
        "86-000-000-017",
        "8600\u20110000\u2013017",
        "86 000000\u00a0017",
    ],
)
def test_an_account_number_is_found_however_it_is_typed(typed: str):
    assert number_key(typed) == "86000000017"


def test_letters_of_an_account_number_have_no_case():
    assert number_key("аб-12к") == number_key("АБ12К")
