"""Each letter is sent once, whatever the relay says, and is tried again when it should be."""

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest

from lkcap.kit.db import Database
from lkcap.mail.sender import PAUSE_MAX_SECONDS, Sender, pause_after
from tests.factory import Books
from tests.mail.conftest import new_sender
from tests.mail.queued import NOW_DUE, letter, pauses, put, put_in
from tests.mail.sink import FINE, Sink

STATES = "SELECT state::text, attempts, last_answer FROM letter ORDER BY letter_id"


async def test_a_letter_is_sent_and_its_secrets_are_wiped(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    await put(outbox, letter())
    tally = await sender.run()
    assert (tally.sent, tally.done) == (1, 1)
    assert books.rows(STATES) == [("sent", 0, "250 2.0.0 Ok")]
    assert books.rows("SELECT facts, taken_until FROM letter") == [(None, None)]
    await sender.run()
    assert len(sink.accepted) == 1


async def test_a_letter_goes_with_what_it_tells_or_not_at_all(
    outbox: Database, sender: Sender, sink: Sink
):
    with suppress(ZeroDivisionError):
        async with outbox.transaction() as conn:
            await put_in(conn, letter())
            raise ZeroDivisionError
    assert (await sender.run()).done == 0


async def test_a_receipt_of_a_period_is_queued_once(outbox: Database, books: Books):
    one = letter(name="confirm_registration", period=date(2026, 10, 1), is_bulk=True)
    await put(outbox, one, one)
    await put(outbox, one)
    assert books.rows("SELECT count(*) FROM letter") == [(1,)]


async def test_connections_are_kept_for_the_next_letter(
    outbox: Database, sender: Sender, sink: Sink
):
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(60)))
    await sender.run()
    assert len(set(sink.recipients)) == len(sink.accepted) == 60
    assert sink.connections <= sender.lanes


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_4xx_is_tried_again_within_a_minute_and_then_later(
    outbox: Database, sender: Sender, sink: Sink, books: Books, command: str
):
    sink.behave = lambda said, to: "451 4.3.0 later" if said == command else FINE
    await put(outbox, letter())
    assert (await sender.run()).postponed == 1
    assert books.rows(STATES) == [("queued", 1, "451 4.3.0 later")]
    assert 20 < pauses(books)[0] < 60
    books.rows(NOW_DUE)
    await sender.run()
    assert 60 < pauses(books)[0] < 180
    sink.behave = lambda said, to: FINE
    books.rows(NOW_DUE)
    assert (await sender.run()).sent == 1


def test_pauses_grow_to_hours_and_differ():
    longest = [pause_after(attempts) for attempts in range(40)]
    assert longest[0] < 60
    assert all(later > sooner for sooner, later in pairwise(longest[:5]))
    assert max(longest) <= PAUSE_MAX_SECONDS * 1.5
    assert len({pause_after(3) for _ in range(10)}) > 1


async def test_an_address_refused_for_good_is_remembered_and_not_tried_again(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    sink.behave = lambda said, to: "550 5.1.1 no such user" if "nobody" in to.lower() else FINE
    await put(outbox, letter("Nobody@example.com"), letter("anna@example.com"))
    tally = await sender.run()
    assert (tally.sent, tally.refused) == (1, 1)
    assert books.rows(STATES)[0] == ("refused", 1, "550 5.1.1 no such user")
    assert books.rows("SELECT email, answer FROM email_refused") == [
        ("nobody@example.com", "550 5.1.1 no such user")
    ]
    books.rows(NOW_DUE)
    assert (await sender.run()).done == 0


@pytest.mark.parametrize(
    ("command", "answer", "is_address"),
    [
        ("RCPT", "550 no such user", True),
        ("RCPT", "550 5.7.1 relaying denied", False),
        ("RCPT", "554 no", False),
        ("DATA", "554 5.7.1 looks like spam", False),
        ("DATA", "550 5.1.1 no such user after all", True),
        ("DATA", "552 5.2.2 mailbox full", False),
    ],
)
async def test_a_5xx_ends_the_letter_and_blames_the_address_where_it_is_to_blame(
    outbox: Database, sender: Sender, sink: Sink, books: Books,
    command: str, answer: str, is_address: bool,
):  # fmt: skip
    sink.behave = lambda said, to: answer if said == command else FINE
    await put(outbox, letter())
    assert (await sender.run()).refused == 1
    assert bool(books.rows("SELECT 1 FROM email_refused")) == is_address


async def test_after_a_refusal_the_connection_goes_on(outbox: Database, database: str, sink: Sink):
    sink.behave = lambda said, to: "550 5.1.1 no" if "odd" in to else FINE
    await put(outbox, *(letter(f"{'odd' if n % 2 else 'even'}{n}@example.com") for n in range(20)))
    tally = await new_sender(database, outbox, sink, lanes=1).run()
    assert (tally.sent, tally.refused) == (10, 10)
    assert sink.connections == 1


async def test_what_somebody_waits_for_goes_before_a_mailing(
    outbox: Database, database: str, sink: Sink
):
    await put(outbox, *(letter(f"bulk{n}@example.com", is_bulk=True) for n in range(70)))
    await put(outbox, letter("anna@example.com"))
    await new_sender(database, outbox, sink, lanes=1).run()
    assert sink.recipients[0] == "anna@example.com"


async def test_a_letter_is_given_up_after_three_days(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    sink.behave = lambda said, to: "451 4.3.0 later" if said == "RCPT" else FINE
    await put(outbox, letter())
    books.rows("UPDATE letter SET queued_at = now() - interval '73 hours'")
    assert (await sender.run()).refused == 1
    assert not books.rows("SELECT 1 FROM email_refused")


async def test_a_letter_that_cannot_be_made_waits_and_the_others_go(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    await put(outbox, letter("broken@example.com", facts={}), letter("anna@example.com"))
    tally = await sender.run()
    assert (tally.sent, tally.postponed) == (1, 1)
    assert "undefined" in books.rows(STATES)[0][2]
