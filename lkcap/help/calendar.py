"""Due dates as a calendar file (RFC 5545): a year ahead, all-day events with a reminder."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from lkcap.config import Config
from lkcap.kit.month import Month
from lkcap.ledger.due import due_date

MONTHS = 12
REMINDED_BEFORE = timedelta(days=3)
CONTENT_TYPE = "text/calendar"


def due_dates(config: Config, today: date) -> Iterator[tuple[Month, date]]:
    """The next twelve (month charged, last day to pay), the nearest first; today is not too late.

    The month before the open one may still be payable, one further back never is.
    """
    month, found = Month.of(today) + -1, 0
    while found < MONTHS:
        day = due_date(month, config.due_day)
        if day >= today:
            yield month, day
            found += 1
        month += 1


def calendar(account: str, config: Config, today: date, now: datetime) -> bytes:
    """The file for one account; an event keeps its identity, so taking it again doubles nothing."""
    fund = config.fund.short_name or config.fund.name
    made = Calendar()
    made.add("prodid", "-//lkcap//due dates//RU")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Взносы на капремонт, счёт {account}")
    for month, day in due_dates(config, today):
        made.add_component(_event(month, day, account, fund, config.public_url, now))
    return bytes(made.to_ical())


def _event(month: Month, day: date, account: str, fund: str, site: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"due-{month}-{account}@{urlsplit(site).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"Последний день оплатить взнос за {month.name.split()[0]}")
    event.add("description", f"{fund}, лицевой счёт {account}. Сколько заплатить: {site}/payment")
    event.add("url", f"{site}/payment")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder())
    return event


def _reminder() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMINDED_BEFORE)
    alarm.add("description", "Скоро срок оплаты взноса на капитальный ремонт")
    return alarm
