"""Until when a payment may be on its way: three working days of banks (T+3)."""

from datetime import date, timedelta

from holidays import country_holidays

TERM_DAYS = 3


def due_since(today: date) -> date:
    """The first day whose payments may still be unconfirmed today; earlier ones are missing."""
    left, day = TERM_DAYS, today
    while left:
        day -= timedelta(days=1)
        # one object a year and never expanded, as the ledger's due days have it
        calendar = country_holidays("RU", years=day.year, expand=False)
        left -= calendar.is_working_day(day)
    return day
