"""The month, the unit in which the ledger counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.kit.month import BadMonth, Month, months

MONTHS = st.builds(Month, st.integers(1990, 2199), st.integers(1, 12))


def test_a_month_is_read_and_written_in_one_form():
    assert str(Month.parse("2026-09")) == "2026-09"


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-9", "09.2026", "1989-12", "2200-01", "2026-09 "],
)
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(BadMonth, match="месяц"):
        Month.parse(text)


def test_a_month_goes_over_the_year():
    assert Month(2026, 11) + 2 == Month(2027, 1)
    assert Month(2026, 1) + -1 == Month(2025, 12)


@given(MONTHS, st.integers(-24, 24))
def test_a_difference_is_what_was_added(month: Month, step: int):
    if 1990 <= (month.year * 12 + month.month - 1 + step) // 12 < 2200:
        assert (month + step) - month == step


@given(MONTHS, MONTHS)
def test_months_are_ordered_as_their_days(one: Month, two: Month):
    assert (one < two) == (one.first_day < two.first_day)
    assert (one == two) == (one.first_day == two.first_day) == (hash(one) == hash(two))


def test_a_month_knows_its_days():
    assert Month.of(date(2028, 2, 5)).last_day == date(2028, 2, 29)


def test_a_month_is_named_in_russian():
    month = Month(2026, 5)
    assert (month.name, month.genitive, month.short_name) == ("май 2026", "мая 2026", "май")


def test_a_range_has_both_ends_and_none_backwards():
    assert [str(one) for one in months(Month(2025, 12), Month(2026, 2))] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert not list(months(Month(2026, 2), Month(2026, 1)))
