"""Addresses, names and days as people write them."""

from datetime import date

import pytest

from lkcap.registration.addresses import Fit, fit, words_of
from lkcap.registration.days import BadDay, parse_day
from lkcap.registration.names import compare_names, compare_organizations, compare_surnames

HOUSE = "г. Северореченск, ул. Кедровая, д. 14"
BLOCK = "г. Северореченск, ул. Речная, д. 3, корп. 1"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (f"{HOUSE}, кв. 27", Fit.WHOLE),
        ("Северореченск Кедровая 14 27", Fit.WHOLE),
        ("Кедровая 14-27, Северореченск", Fit.WHOLE),
        ("628000, ХМАО, г Северореченск, улица Кедравая, дом 14, квартира 027", Fit.WHOLE),
        ("СЕВЕРОРЕЧЕНСК УЛ КЕДРОВАЯ Д 14 КВ 27", Fit.WHOLE),
        (HOUSE, Fit.HOUSE),
        ("ул. Кедровая, д. 14, кв. 27", Fit.OTHER_TOWN),
        ("г. Другой, ул. Кедровая, д. 14, кв. 27", Fit.OTHER_TOWN),
        (f"{HOUSE}, кв. 72", Fit.OTHER_PREMISES),
        ("г. Северореченск, ул. Кедровая, д. 14а, кв. 27", Fit.OTHER),
        ("г. Северореченск, ул. Кедровая, д. 41, кв. 27", Fit.OTHER),
        ("г. Северореченск, ул. Речная, д. 14, кв. 27", Fit.OTHER),
        ("27", Fit.OTHER),
        ("?", Fit.OTHER),
    ],
)
def test_an_address_is_compared_with_that_of_the_account(told: str, expected: Fit):
    assert fit(told, HOUSE, "27") is expected


@pytest.mark.parametrize(
    "told",
    ["Северореченск Речная 3к1 н1", "Северореченск, Речная 3/1, пом. Н-1",
     "Северореченск, Речная, дом 3, корпус 1, помещение н 1"],
)  # fmt: skip
def test_blocks_and_lettered_premises_fit(told: str):
    assert fit(told, BLOCK, "н1") is Fit.WHOLE


def test_a_house_without_its_block_is_another_house():
    assert fit("Северореченск, Речная 3, н1", BLOCK, "н1") is Fit.OTHER


@pytest.mark.parametrize(
    ("told", "house", "premises"),
    [
        (
            "Северореченск, 50 лет Октября 3-12а",
            "г. Северореченск, ул. 50 лет Октября, д. 3",
            "12а",
        ),
        (
            "Северореченск, 50 лет Октября 3 кв 12 А",
            "г. Северореченск, ул. 50 лет Октября, д. 3",
            "12а",
        ),
        ("п. Глубокое, Алая, 1 - 5", "обл. Свердловская, п. Глубокое, ул. Алая, д. 1", "000005"),
        ("Северореченск, Березовая 14 «А», 7", "г. Северореченск, ул. Берёзовая, д. 14а", "м/м 7"),
        ("Северореченск, Мира 1, кв 1-2", "г. Северореченск, пр-кт Мира, д. 1", "1-2"),
        ("Северореченск Мира 1 5", "Северореченск Мира 1", "5"),
    ],
)
def test_addresses_are_written_in_many_ways(told: str, house: str, premises: str):
    assert fit(told, house, premises) is Fit.WHOLE


def test_small_words_and_post_codes_are_no_words_of_an_address():
    assert words_of("628000, г. Северореченск, ул. Кедровая, д. 14-А") == [
        "северореченск", "кедровая", "14а"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "ours", "verdict"),
    [
        ("ПРИМЕРОВА", "Примерова", "agree"),
        ("Новоселова", "Новосёлова", "agree"),
        ("Петрова - Водкина", "Петрова-Водкина", "agree"),
        ("ПетроваВодкина", "Петрова-Водкина", "agree"),
        ("Водкина", "Петрова-Водкина", "agree"),
        ("Петрова-Водкина", "Петрова", "agree"),
        ("Премерова", "Примерова", "unknown"),
        ("Образцова", "Примерова", "differ"),
        ("-", "Примерова", "differ"),
    ],
)
def test_surnames_are_compared(told: str, ours: str, verdict: str):
    assert compare_surnames(told, ours) == verdict


@pytest.mark.parametrize(
    ("told", "ours", "verdict"),
    [("анна", "Анна", "agree"), ("А.", "Анна", "agree"), ("Анна", "А", "agree"),
     ("Наталья", "Наталия", "unknown"), ("Иван", "Анна", "differ"), ("", "Анна", "differ")],
)  # fmt: skip
def test_first_names_are_compared(told: str, ours: str, verdict: str):
    assert compare_names(told, ours) == verdict


@pytest.mark.parametrize(
    ("told", "ours", "verdict"),
    [
        ('Общество с ограниченной ответственностью "Ромашка"', "ООО «Ромашка»", "agree"),
        ("Ромашка ООО", "ООО «РОМАШКА»", "agree"),
        ("ООО «Ромашко»", "ООО «Ромашка»", "unknown"),
        ("ООО «Лютик»", "ООО «Ромашка»", "differ"),
    ],
)
def test_organizations_are_compared(told: str, ours: str, verdict: str):
    assert compare_organizations(told, ours) == verdict


@pytest.mark.parametrize(
    "text", ["2020-02-29", "29.02.2020", " 29.2.2020 ", "29/02/2020", "29 02 2020", "29.02.2020 г."]
)
def test_a_day_is_read_in_any_form(text: str):
    assert parse_day(text, TODAY) == date(2020, 2, 29)


def test_today_is_the_last_day_that_has_come():
    assert parse_day("22.11.2026", TODAY) == TODAY
    for text in (
        "23.11.2026",
        "29.02.2021",
        "00.01.2020",
        "32.01.2020",
        "1.1.20",
        "",
        "٢٢.11.2026",
    ):
        with pytest.raises(BadDay):
            parse_day(text, TODAY)
