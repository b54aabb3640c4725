"""The penalty of ЖК 155 ч.14.1: vectors counted by hand, and laws that hold for any debt."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.kit.money import NBSP, half_up
from lkcap.ledger.penalty import PP_497, RULES, Rules, accrue, amount
from lkcap.ledger.rates import Series, penalty_rates, percent

DEBTS = st.integers(1, 10**9)
DUE_DATES = st.dates(date(2014, 10, 1), date(2026, 10, 1))
DAYS_LATE = st.integers(0, 4000)
WITH_PP_497 = replace(RULES, moratoria=(*RULES.moratoria, PP_497))


def lines(working):
    """The explanation with ordinary blanks, to compare it with what is typed here."""
    return [line.replace(NBSP, " ") for line in working.lines()]


@pytest.mark.parametrize(
    ("debt", "due", "paid", "days", "rate", "penalty"),
    [
        (100_000, date(2026, 4, 15), date(2026, 5, 15), 0, 950, 0),
        (100_000, date(2026, 4, 15), date(2026, 5, 16), 1, 950, 32),
        (100_000, date(2026, 4, 15), date(2026, 6, 14), 30, 950, 950),
        (61_937, date(2025, 2, 10), date(2025, 12, 31), 294, 950, 5766),
        (100_000, date(2020, 3, 10), date(2021, 1, 10), 10, 425, 142),
        (100_000, date(2022, 8, 10), date(2022, 10, 10), 31, 750, 775),
        (100_000, date(2017, 3, 10), date(2017, 6, 10), 62, 925, 1912),
    ],
)
def test_counted_by_hand(debt, due, paid, days, rate, penalty):
    working = accrue(debt, due, paid)
    assert (working.days, working.rate, working.amount) == (days, rate, penalty)


def test_the_first_penalty_day_is_the_31st_after_the_due_day():
    assert accrue(1, date(2026, 4, 15), date(2026, 5, 1)).first_day == date(2026, 5, 16)


def test_debts_due_before_2016_are_counted_from_the_next_day_at_the_refinancing_rate():
    working = accrue(100_000, date(2015, 11, 10), date(2015, 12, 10))
    assert (working.first_day, working.days, working.rate) == (date(2015, 11, 11), 30, 825)


def test_debts_due_on_the_first_day_of_2016_wait_thirty_days():
    assert RULES.first_day(date(2015, 12, 31)) == date(2016, 1, 1)
    assert RULES.first_day(date(2016, 1, 1)) == date(2016, 2, 1)


@pytest.mark.parametrize("debt", [0, -1, -100_000])
def test_no_debt_no_penalty(debt):
    working = accrue(debt, date(2016, 1, 11), date(2026, 1, 1))
    assert working.amount == 0
    assert working.lines() == ["Долга нет, пеня не начисляется."]


@pytest.mark.parametrize(
    ("paid", "rate"),
    [
        (date(2022, 2, 27), 950),  # the key rate itself
        (date(2022, 2, 28), 950),  # the key rate is 20
        (date(2022, 7, 25), 800),
        (date(2023, 8, 14), 850),
        (date(2023, 8, 15), 950),  # the key rate is 12
        (date(2026, 12, 31), 950),
        (date(2027, 1, 1), 1400),  # «до 1 января 2027 г.»
    ],
)
def test_the_ceiling_holds_for_payments_of_its_days(paid, rate):
    assert RULES.rate(paid) == rate


def test_days_of_the_2020_moratorium_are_not_counted_whatever_the_age_of_the_debt():
    due = date(2018, 6, 11)
    assert RULES.days(due, date(2020, 12, 31)) == RULES.days(due, date(2020, 4, 5))
    assert RULES.days(due, date(2021, 1, 1)) == RULES.days(due, date(2020, 4, 5)) + 1


def test_the_bankruptcy_moratorium_is_off_unless_it_is_added():
    older, younger, paid = date(2022, 1, 10), date(2022, 4, 11), date(2022, 12, 1)
    assert RULES.days(older, paid) - WITH_PP_497.days(older, paid) == 184
    assert RULES.days(younger, paid) == WITH_PP_497.days(younger, paid)


def test_the_working_is_told_in_russian():
    working = accrue(87_997, date(2026, 4, 15), date(2026, 5, 18))
    assert lines(working) == [
        "Срок оплаты — 15.04.2026, пеня начисляется с 16.05.2026.",
        "Ставка на 18.05.2026 — 14,5 %, применяется не выше 9,5 %: ПП РФ от 26.03.2022 № 474.",
        "879,97 ₽ × 9,5 % / 300 × 3 дня = 0,84 ₽",
    ]


def test_the_working_names_the_days_left_out():
    working = accrue(100_000, date(2020, 3, 10), date(2021, 1, 10))
    skipped = "Не считаются 266 дней с 10.04.2020 по 31.12.2020: ПП РФ от 02.04.2020 № 424."
    assert lines(working)[1:3] == [skipped, "Ставка на 10.01.2021 — 4,25 %."]


def test_before_the_first_penalty_day_the_working_says_so():
    working = accrue(1, date(2026, 4, 15), date(2026, 5, 15))
    assert lines(working)[-1] == "На 15.05.2026 пени нет."


@pytest.mark.parametrize(("late", "words"), [(31, "1 день"), (51, "21 день"), (41, "11 дней")])
def test_days_agree_with_their_number(late, words):
    working = accrue(100_000, date(2026, 4, 15), date(2026, 4, 15) + timedelta(days=late))
    assert f" × {words} = " in lines(working)[-1]


def test_the_rate_before_2016_is_the_refinancing_one():
    assert [percent(penalty_rates().at(date(year, 12, 31))) for year in (2013, 2015)] == [
        "8,25"
    ] * 2


def test_a_rate_that_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="не ставка"):
        Series.parse("valid_from;rate\n2016-01-01;11,00")


@given(DEBTS, DUE_DATES, DAYS_LATE)
def test_the_fast_path_equals_the_working_and_the_law_in_decimals(debt, due, late):
    paid = due + timedelta(days=late)
    working = accrue(debt, due, paid, WITH_PP_497)
    law = Decimal(debt) * working.rate / 100 / 100 * working.days / 300
    assert amount(debt, due, paid, WITH_PP_497) == working.amount == half_up(law) >= 0


@given(DEBTS, DUE_DATES, DAYS_LATE)
def test_counted_and_skipped_days_make_up_the_calendar(debt, due, late):
    working = accrue(debt, due, due + timedelta(days=late), WITH_PP_497)
    calendar = max(0, (working.asof - working.first_day).days + 1)
    assert working.days + sum(span.days for span in working.skipped) == calendar


@given(DUE_DATES, DAYS_LATE, st.integers(0, 400))
def test_days_add_up(due, late, more):
    """The days of two spans that touch are the days of both: nothing is lost or counted twice."""
    asof, later = due + timedelta(days=late), due + timedelta(days=late + more)
    each = (asof + timedelta(days=step) for step in range(1, more + 1))
    counted = sum(RULES.days(due, day) > RULES.days(due, day - timedelta(days=1)) for day in each)
    assert RULES.days(due, asof) + counted == RULES.days(due, later)


@given(DEBTS, DUE_DATES, DAYS_LATE, DAYS_LATE)
def test_while_the_rate_is_constant_a_later_payment_never_costs_less(debt, due, late, more):
    flat = Rules(
        Series.parse("valid_from;rate\n2012-09-14;9.50"), RULES.starts, RULES.moratoria, ()
    )
    sooner = amount(debt, due, due + timedelta(days=late), flat)
    assert sooner <= amount(debt, due, due + timedelta(days=late + more), flat)
