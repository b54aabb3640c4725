"""Reminders: to those who asked, once, of what is true when they are sent."""

from datetime import date

import pytest
from aiohttp import web

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.keys import CONFIG
from lkcap.kit.workers import Workers
from lkcap.ledger.due import DueDays
from lkcap.mail.background import relays
from lkcap.mail.compose import Composer
from lkcap.mail.sender import Sender, Tally
from lkcap.mailing.preparing import preparing
from lkcap.mailing.reminders import of_the_day, queue_all
from lkcap.mailing.unsubscribe import link
from tests.browserless import Browser
from tests.conftest import PASSWORD, settings
from tests.factory import Books
from tests.mail.outbox import html_of, text_of
from tests.mail.receiving import command
from tests.mail.sink import Sink

ASK = "INSERT INTO reminder SELECT subscriber_id, %s FROM subscriber"
PAY = """
    INSERT INTO payment (source, trx_id, account_id, principal, penalty, paid_at, period, booked_at)
    SELECT 'gpb', 'T1', account_id, 87997, 0, now(), date_trunc('month', now()), now() FROM account
"""
DUE = DueDays.parse("2014-09:10,2026-03:15")


def config_on(day: str, database: str, sink: Sink) -> Config:
    return Config(**settings(database, today=day, smtp_url=sink.url))  # type: ignore[arg-type]


async def remind(config: Config, outbox: Database, workers: Workers) -> Tally:
    await queue_all(outbox, config)
    composer = Composer(config, preparing(outbox, config, workers))
    return await Sender(outbox, composer, relays(config), None, 2).run()


@pytest.fixture
def debtor(books: Books) -> Books:
    """Owes October's contribution, whose day is the 16th of November."""
    books.house().account().entry("2026-10").entry("2026-11").load()
    return books.subscriber("anna@example.ru", "86000000017")


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 11, 9), []),
        # September's, due on the 15th of October: its penalty is near
        (date(2026, 11, 13), ["before_penalty", "due_soon"]),
        (date(2026, 11, 16), ["due_soon"]),
        (date(2026, 11, 17), []),
        (date(2026, 11, 20), ["overdue"]),
        # the penalty of a day is counted from the 31st after the due one
        (date(2026, 12, 12), ["before_penalty", "due_soon"]),
        (date(2026, 12, 17), []),
    ],
)
def test_each_kind_has_its_days(day: date, kinds: list[str]):
    assert sorted(kind for kind, _ in of_the_day(day, DUE)) == kinds


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        ("2026-11-14", "due_soon", "Взнос за октябрь 2026: 879,97 ₽ до 16 ноября"),
        ("2026-11-22", "overdue", "Взнос за октябрь 2026 не оплачен: 879,97 ₽"),
        ("2026-12-13", "before_penalty", "начнётся пеня за октябрь 2026"),
    ],
)
async def test_a_debtor_who_asked_is_reminded_once(
    debtor: Books, database: str, sink: Sink, outbox: Database, workers: Workers,
    day: str, kind: str, words: str,
):  # fmt: skip
    config = config_on(day, database, sink)
    assert (await remind(config, outbox, workers)).sent == 0
    debtor.rows(ASK, kind)
    assert (await remind(config, outbox, workers)).sent == 1
    assert (await remind(config, outbox, workers)).done == 0
    (letter,) = sink.letters
    assert words in letter["Subject"].replace("\u00a0", " ")
    assert "879,97" in text_of(letter)
    assert "879,97" in html_of(letter)
    assert "/unsubscribe/reminder/" in letter["List-Unsubscribe"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account_balance SET in_transit = -90000",
        "UPDATE subscriber_account SET owner_key = 'another'",
        "UPDATE subscriber SET blocked_at = now()",
        "DELETE FROM reminder",
    ],
)
async def test_who_has_paid_or_is_not_asked_for_is_not_reminded(
    debtor: Books, database: str, sink: Sink, outbox: Database, workers: Workers, change: str
):
    config = config_on("2026-11-22", database, sink)
    debtor.rows(ASK, "overdue")
    await queue_all(outbox, config)
    debtor.rows(change)
    assert (await remind(config, outbox, workers)).refused == 1
    debtor.rows("DELETE FROM letter")
    assert (await remind(config, outbox, workers)).done == 0


async def test_a_payment_is_told_once_to_whom_it_may_concern(
    debtor: Books, database: str, sink: Sink, outbox: Database, workers: Workers
):
    config = config_on("2026-11-22", database, sink)
    debtor.rows(ASK, "payment_arrived")
    debtor.rows(PAY)
    assert (await remind(config, outbox, workers)).sent == 1
    assert (await remind(config, outbox, workers)).done == 0
    assert "879,97" in sink.letters[0]["Subject"]


WORK = {"house_id": "H-1", "position": "1", "kind": "Ремонт крыши", "status": "planned"}


async def test_a_work_moved_to_another_year_is_told_once_to_those_who_asked(
    debtor: Books, database: str, sink: Sink, outbox: Database, workers: Workers
):
    debtor.rows(ASK, "work_moved")
    config = config_on("2026-11-22", database, sink)
    for year, status in (("2027", "planned"), ("2027", "planned"), ("2029", "moved")):
        debtor.load_rows("works", [WORK | {"planned_year": year, "status": status}])
    assert (await remind(config, outbox, workers)).sent == 1
    assert "Ремонт крыши: теперь в 2029 году" in text_of(sink.letters[0])
    assert (await remind(config, outbox, workers)).done == 0


async def test_a_work_moved_twice_before_anybody_was_told_is_told_as_it_is_now(
    debtor: Books, database: str, sink: Sink, outbox: Database, workers: Workers
):
    debtor.rows(ASK, "work_moved")
    for year in ("2027", "2029", "2031"):
        debtor.load_rows("works", [WORK | {"planned_year": year}])
    await remind(config_on("2026-11-22", database, sink), outbox, workers)
    (only,) = sink.letters
    assert "теперь в 2031 году" in text_of(only)


async def test_a_login_from_a_new_device_is_told_but_not_the_first_one(
    debtor: Books, browser: Browser, neighbour: Browser
):
    debtor.rows(ASK, "new_device")
    await browser.login("anna@example.ru", PASSWORD)
    assert debtor.rows("SELECT name FROM letter") == []
    await neighbour.login("anna@example.ru", PASSWORD)
    assert debtor.rows("SELECT name FROM letter") == [("reminder_new_device",)]
    await neighbour.login("anna@example.ru", PASSWORD)
    assert len(debtor.rows("SELECT name FROM letter")) == 1


async def test_one_click_ends_a_kind_and_another_brings_it_back(
    debtor: Books, app: web.Application, browser: Browser
):
    debtor.rows(ASK, "overdue")
    debtor.rows(ASK, "due_soon")
    ((whose,),) = debtor.rows("SELECT subscriber_id FROM subscriber")
    path = link(app[CONFIG], whose, "overdue").removeprefix(app[CONFIG].public_url)
    assert "Больше не напоминать?" in (await browser.page(path)).text
    assert (await browser.post(path, csrf="none")).status == 200
    assert debtor.rows("SELECT kind FROM reminder") == [("due_soon",)]
    token = (await browser.page(path)).csrf[0]
    assert (await browser.post(f"{path}/back", csrf=token)).location == path
    assert len(debtor.rows("SELECT kind FROM reminder")) == 2
    await browser.page("/unsubscribe/reminder/x", 404)


async def test_the_command_says_what_it_has_queued(debtor: Books, database: str, sink: Sink):
    debtor.rows(ASK, "overdue")
    said = await command(database, sink.url, "remind")
    assert (said.code, said.err) == (0, "")
    assert "После срока, если взнос не оплачен: писем поставлено в очередь 1" in said.out
