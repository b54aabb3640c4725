"""Due dates: the day of the region, moved off days off."""

from datetime import date

import pytest

from lkcap.kit.month import Month
from lkcap.ledger.due import DueDays, due_date

DUE_DAYS = DueDays.parse("2014-09:10,2026-03:15")


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2014-09", date(2014, 10, 10)),
        ("2026-02", date(2026, 3, 10)),
        ("2026-03", date(2026, 4, 15)),
        ("2026-10", date(2026, 11, 16)),  # the 15th is a Sunday
        ("2014-12", date(2015, 1, 12)),  # the 10th is a Saturday, into another year
        ("2020-04", date(2020, 5, 12)),  # Sunday, then a day off moved from Victory Day
    ],
)
def test_a_month_is_due_in_the_next_one_on_a_working_day(period, due):
    assert due_date(Month.parse(period), DUE_DAYS) == due


def test_a_working_saturday_moves_nothing():
    """20.02.2021 was worked instead of the 22nd."""
    assert due_date(Month(2021, 1), DueDays.parse("2014-09:20")) == date(2021, 2, 20)


def test_a_fund_may_keep_the_day_as_it_falls():
    sunday = due_date(Month(2026, 10), DUE_DAYS, move_to_working_day=False)
    assert sunday == date(2026, 11, 15)


def test_day_31_is_the_last_day_of_any_month():
    assert due_date(Month(2026, 3), DueDays.parse("2014-09:31")) == date(2026, 4, 30)


def test_periods_before_the_first_setting_take_its_day():
    assert DUE_DAYS.of(Month(2010, 1)) == 10


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "не период и день"),
        ("10", "не период и день"),
        ("2014-09:10;2026-03:15", "не период и день"),
        ("2014-13:10", "нет такого месяца"),
        ("2014-09:0", "день оплаты"),
        ("2014-09:32", "день оплаты"),
        ("2026-03:15,2014-09:10", "по возрастанию"),
        ("2014-09:10,2014-09:15", "по возрастанию"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        DueDays.parse(text)
