"""`mail-receipts`: each subscriber gets the month's receipt once, and nobody else does."""

import asyncio
import re

import pytest
from pydantic import SecretStr

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.errors import Refused
from lkcap.kit.workers import Workers
from lkcap.mail.background import relays
from lkcap.mail.compose import Composer
from lkcap.mail.sender import Sender
from lkcap.mailing.choosing import choose
from lkcap.mailing.command import mail_receipts
from lkcap.mailing.preparing import preparing
from tests.factory import Books
from tests.mail.outbox import html_of, text_of
from tests.mail.receiving import command, start, town
from tests.mail.sink import Sink
from tests.receipts.conftest import OCTOBER

MONTH = "2026-10"


async def test_a_receipt_goes_with_its_paper_and_the_way_out(
    books: Books, database: str, sink: Sink
):
    town(books, 1)
    said = await command(database, sink.url, "mail-receipts", MONTH)
    assert (said.code, said.err) == (0, "")
    assert "квитанций за октябрь 2026 поставлено в очередь: 1" in said.out
    (letter,) = sink.letters
    assert letter["Subject"] == "Квитанция за октябрь 2026: 879,97 ₽ до 16 ноября"
    assert re.fullmatch(r"<http://.*/unsubscribe/[\w=-]+>", letter["List-Unsubscribe"])
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (paper,) = letter.iter_attachments()
    assert paper.get_filename() == "receipt-86000000000-102026.pdf"
    assert paper.get_content().startswith(b"%PDF")
    assert "86000000000" in text_of(letter)
    links = re.findall(r'href="(http[^"]+)"', html_of(letter))
    assert not [link for link in links if "8600000" in link or "@" in link]


async def test_said_twice_it_is_one_letter(books: Books, database: str, sink: Sink):
    people = town(books, 3)
    await command(database, sink.url, "mail-receipts", MONTH)
    said = await command(database, sink.url, "mail-receipts", MONTH)
    assert said.code == 0
    assert "поставлено в очередь: 0" in said.out
    assert "уже в очереди или отправлена: 3" in said.out
    assert sorted(sink.recipients) == people


async def test_two_at_once_send_each_letter_once(books: Books, database: str, sink: Sink):
    people = town(books, 30)
    both = [command(database, sink.url, "mail-receipts", MONTH) for _ in range(2)]
    assert [said.code for said in await asyncio.gather(*both)] == [0, 0]
    assert sorted(sink.recipients) == sorted(people)


async def test_killed_in_the_middle_it_goes_on(books: Books, database: str, sink: Sink):
    people = town(books, 40)
    process = await start(database, sink.url, "mail-receipts", MONTH)
    await asyncio.wait_for(sink.arrived.wait(), 60)
    process.kill()
    await process.wait()
    # the dead one's leases are helped on
    books.rows("UPDATE letter SET taken_until = NULL WHERE state = 'queued'")
    assert (await command(database, sink.url, "mail-receipts", MONTH)).code == 0
    assert set(sink.recipients) == set(people)
    assert len({letter["Message-ID"] for letter in sink.letters}) == len(people)


async def test_a_part_and_a_rehearsal(books: Books, database: str, sink: Sink):
    town(books, 5)
    said = await command(database, sink.url, "mail-receipts", MONTH, "--dry-run")
    assert (said.code, said.out) == (
        0, "квитанций за октябрь 2026 было бы поставлено в очередь: 5\n",
    )  # fmt: skip
    assert books.rows("SELECT 1 FROM letter UNION ALL SELECT 1 FROM receipt") == []
    await command(database, sink.url, "mail-receipts", MONTH, "--limit", "2")
    assert len(sink.accepted) == 2


@pytest.mark.parametrize("month", ["2026-11", "2027-01", "октябрь", "2026-13"])
def test_a_month_that_is_not_closed_is_refused(config: Config, month: str):
    with pytest.raises(Refused, match=r"не закрыт|не месяц|нет такого месяца"):
        mail_receipts(config, month, None, is_dry=False)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE subscriber SET blocked_at = now()", "blocked"),
        ("UPDATE subscriber SET email_confirmed_at = NULL", "unconfirmed"),
        ("UPDATE subscriber_account SET owner_key = 'another'", "sold"),
        ("UPDATE account_state SET closed_on = '2026-11-01'", "closed"),
        ("UPDATE account_state SET owner_since = '2026-11-05'", "later"),
        ("INSERT INTO email_refused VALUES ('a0@d0.ru', 'no', now())", "refused"),
        ("TRUNCATE entry", "empty"),
    ],
)
async def test_nobody_gets_what_is_not_his(
    books: Books, config: Config, outbox: Database, change: str, why: str
):
    town(books, 1)
    books.rows(change)
    chosen = await choose(outbox, config, OCTOBER, None, lambda _: True, is_dry=False)
    assert (chosen.queued, +chosen.left_out) == (0, {why: 1})
    assert books.rows("SELECT 1 FROM letter") == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM receipt_subscription",
        "UPDATE subscriber_account SET owner_key = 'another'",
        "UPDATE subscriber SET email = 'new@d0.ru'",
    ],
)
async def test_who_is_no_reader_any_more_gets_no_letter_that_was_queued(
    books: Books, config: Config, sink: Sink, outbox: Database, workers: Workers, change: str
):
    town(books, 1)
    config = config.model_copy(update={"smtp_url": SecretStr(sink.url)})
    await choose(outbox, config, OCTOBER, None, lambda _: True, is_dry=False)
    books.rows(change)
    composer = Composer(config, preparing(outbox, config, workers))
    assert (await Sender(outbox, composer, relays(config), None, 2).run()).refused == 1
    assert sink.accepted == []
    assert books.rows("SELECT state::text, facts FROM letter") == [("refused", None)]
