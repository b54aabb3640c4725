"""Coming due dates as a calendar file, read back by the library a calendar would use."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from lkcap.config import Config
from lkcap.help.calendar import due_dates
from tests.browserless import Browser
from tests.factory import Books
from tests.help.conftest import ALICE

PATH = "/account/due.ics"


async def events(reader: Browser) -> list:
    answer = await reader.get(PATH)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.body).walk("VEVENT")


async def test_a_year_of_due_dates_begins_with_the_nearest(reader: Browser):
    found = await events(reader)
    assert len(found) == 12
    assert found[0].decoded("dtstart") == date(2026, 12, 15)
    assert "за ноябрь" in found[0]["summary"]
    assert len({one["uid"] for one in found}) == 12


async def test_it_reminds_three_days_before(reader: Browser):
    for event in await events(reader):
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(days=-3)


async def test_no_name_and_no_address_leaves_with_it(reader: Browser):
    text = (await reader.get(PATH)).body.decode().replace("\r\n ", "")
    assert "86000000017" in text
    assert "Примерова" not in text
    assert "Кедровая" not in text


async def test_the_account_s_page_leads_to_it(reader: Browser):
    assert PATH in (await reader.page("/account")).links


async def test_a_stranger_is_sent_to_the_login(browser: Browser):
    answer = await browser.get(PATH)
    assert (answer.status, answer.location) == (303, "/")


async def test_a_closed_account_has_no_due_dates(browser: Browser, books: Books):
    books.house().account(closed_on="2026-05-31").entry("2026-04").load()
    books.subscriber(ALICE, "86000000017")
    await browser.login(ALICE)
    assert PATH not in (await browser.page("/account")).links
    assert (await browser.get(PATH)).status == 404


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 12, 1), date(2026, 12, 15)),
        (date(2026, 12, 15), date(2026, 12, 15)),
        (date(2026, 12, 16), date(2027, 1, 15)),
    ],
)
def test_the_last_day_to_pay_is_not_too_late(config: Config, today: date, first: date):
    assert next(due_dates(config, today))[1] == first
