"""Relays that are away, hang up or hang, senders that die: no letter is lost, none held up."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.mail import marks, smtp
from lkcap.mail import sender as sending
from lkcap.mail.background import relays
from lkcap.mail.compose import Composer
from lkcap.mail.sender import Sender
from lkcap.mail.smtp import SmtpRelay
from tests.conftest import settings
from tests.factory import Books
from tests.mail.conftest import new_sender
from tests.mail.queued import NOW_DUE, letter, pauses, put
from tests.mail.sink import CLOSE, CLOSE_AFTER, FINE, HANG, Sink, running


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_relay_that_hangs_up_in_the_middle_gets_the_letter_later(
    outbox: Database, sender: Sender, sink: Sink, books: Books, command: str
):
    sink.behave = lambda said, to: CLOSE if said == command else FINE
    await put(outbox, letter())
    assert (await sender.run()).postponed == 1
    sink.behave = lambda said, to: FINE
    books.rows(NOW_DUE)
    await sender.run()
    assert sink.recipients == ["anna@example.com"]


async def test_a_relay_that_hangs_does_not_hold_the_others_up(
    outbox: Database, sender: Sender, sink: Sink, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sending, "ANSWER_SECONDS", 0.5)
    sink.behave = lambda said, to: HANG if said == "DATA" and "slow" in to else FINE
    await put(outbox, letter("slow@example.com"), *(letter(f"a{n}@example.com") for n in range(9)))
    tally = await sender.run()
    assert (tally.sent, tally.postponed) == (9, 1)


async def test_a_relay_that_is_away_costs_a_letter_no_attempt(
    outbox: Database, database: str, books: Books
):
    async with running(Sink()) as gone:
        pass
    await put(outbox, letter())
    tally = await new_sender(database, outbox, gone).run()
    assert tally.down
    assert tally.done == 0
    assert books.rows("SELECT state::text, attempts FROM letter") == [("queued", 0)]
    assert pauses(books)[0] < 60


async def test_a_relay_that_refuses_the_sender_is_away_for_all(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    sink.behave = lambda said, to: "550 5.7.1 not from you" if said == "MAIL" else FINE
    await put(outbox, letter())
    assert "not from you" in (await sender.run()).down
    assert books.rows("SELECT state::text, attempts FROM letter") == [("queued", 0)]


async def test_a_connection_that_the_relay_has_dropped_meanwhile_is_no_failure(
    outbox: Database, database: str, sink: Sink
):
    said: Counter[str] = Counter()

    def tired(command: str, to: str) -> str:
        said[command] += 1
        return CLOSE if command == "MAIL" and said[command] % 3 == 0 else FINE

    sink.behave = tired
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(10)))
    tally = await new_sender(database, outbox, sink, lanes=1).run()
    assert (tally.sent, tally.done) == (10, 10)


async def test_a_crash_between_250_and_the_mark_sends_the_same_message_id_again(
    outbox: Database, sender: Sender, sink: Sink, books: Books, monkeypatch: pytest.MonkeyPatch
):
    async def crash(*_: object) -> None:
        raise ZeroDivisionError

    await put(outbox, letter())
    with monkeypatch.context() as patched:
        patched.setattr(sending, "mark", crash)
        with pytest.raises(ZeroDivisionError):
            await sender.run()
    assert (await sender.run()).done == 0, "the lease still holds"
    books.rows("UPDATE letter SET taken_until = now() - interval '1 second'")
    assert (await sender.run()).sent == 1
    assert len(sink.accepted) == 2
    assert len({found["Message-ID"] for found in sink.letters}) == 1


async def test_what_a_killed_sender_left_is_free_within_minutes(outbox: Database, books: Books):
    await put(outbox, letter())
    async with outbox.transaction() as conn:
        await sending.queries.take(conn, 10, None)
    lease = "SELECT extract(epoch FROM taken_until - now())::float FROM letter"
    ((seconds,),) = books.rows(lease)
    begun_and_ended = sending.STALE_SECONDS + sending.LETTER_SECONDS + sending.ANSWER_SECONDS
    assert begun_and_ended < seconds <= 150


async def test_what_is_offered_and_not_handed_over_was_never_sent(
    sink: Sink, database: str, monkeypatch: pytest.MonkeyPatch
):
    # a connection left in the middle of a letter would wait for an answer for so long
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 3600)
    relay = relays(Config(**settings(database, smtp_url=sink.url)))()  # type: ignore[arg-type]
    async with asyncio.timeout(30):
        for to in ("lost@example.com", "anna@example.com"):
            await relay.offer(to, "name", b"A: b\r\n\r\nend\r\n")
        await relay.hand_over()
    await relay.close()
    assert sink.recipients == ["anna@example.com"]


async def test_one_letter_of_a_sender_s_lanes_is_between_the_last_word_and_its_mark(
    outbox: Database, sender: Sender, monkeypatch: pytest.MonkeyPatch
):
    unmarked = most = 0
    hand_over, mark = SmtpRelay.hand_over, sending.mark

    async def watch_hand_over(relay: SmtpRelay) -> str:
        nonlocal unmarked, most
        unmarked += 1
        most = max(most, unmarked)
        return await hand_over(relay)

    async def watch_mark(*told: Any) -> None:
        nonlocal unmarked
        await mark(*told)
        unmarked -= 1

    monkeypatch.setattr(SmtpRelay, "hand_over", watch_hand_over)
    monkeypatch.setattr(sending, "mark", watch_mark)
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(30)))
    assert (await sender.run()).sent == 30
    assert sender.lanes > 1
    assert most == 1


async def test_a_reply_lost_after_acceptance_is_a_duplicate_with_the_same_message_id(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    sink.behave = lambda said, to: CLOSE_AFTER if said == "DATA" else FINE
    await put(outbox, letter())
    await sender.run()
    sink.behave = lambda said, to: FINE
    books.rows(NOW_DUE)
    await sender.run()
    assert len(sink.accepted) == 2
    assert len({found["Message-ID"] for found in sink.letters}) == 1


async def test_any_number_of_senders_at_once_send_each_letter_once(
    outbox: Database, database: str, sink: Sink
):
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(200)))
    senders = [new_sender(database, outbox, sink) for _ in range(3)]
    tallies = await asyncio.gather(*(one.run() for one in senders))
    assert sum(tally.sent for tally in tallies) == 200
    assert set(Counter(sink.recipients).values()) == {1}


async def test_a_sender_that_is_stopped_ends_what_it_began_and_gives_the_rest_back(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    def stop(said: str, to: str) -> str:
        sender.stop()
        return FINE

    sink.behave = stop
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(40)))
    tally = await sender.run()
    assert 1 <= tally.sent <= sender.lanes
    assert books.rows("SELECT count(*) FROM letter WHERE taken_until IS NOT NULL") == [(0,)]


async def test_a_mark_outlives_a_database_that_is_away(
    outbox: Database, sender: Sender, sink: Sink, books: Books, monkeypatch: pytest.MonkeyPatch
):
    mark_sent, fails = sending.queries.mark_sent, [DatabaseUnavailable("restarting")] * 3

    async def away(*told: Any) -> None:
        if fails:
            raise fails.pop()
        await mark_sent(*told)

    monkeypatch.setattr(sending.queries, "mark_sent", away)
    monkeypatch.setattr(marks, "RETRY_SECONDS", 0.01)
    await put(outbox, letter())
    assert (await sender.run()).sent == 1
    assert books.rows("SELECT state::text FROM letter") == [("sent",)]


async def test_a_message_with_a_dot_at_a_line_s_beginning_arrives_whole(sink: Sink, database: str):
    config = Config(**settings(database, smtp_url=sink.url))  # type: ignore[arg-type]
    relay = relays(config)()
    for message in (b"A: b\r\n\r\n.\r\n..x\r\nend\r\n", b"A: b\n\n.\nend"):
        await relay.offer("anna@example.com", "name", message)
        await relay.hand_over()
    await relay.close()
    assert [raw for _, raw in sink.accepted] == [
        b"A: b\r\n\r\n.\r\n..x\r\nend\r\n",
        b"A: b\r\n\r\n.\r\nend\r\n",
    ]


@pytest.mark.parametrize(("password", "is_let_in"), [("p%40ss", True), ("wrong", False)])
async def test_the_relay_is_logged_in_to_as_its_address_says(
    outbox: Database, database: str, password: str, is_let_in: bool
):
    def check(_: object, __: object, ___: object, ____: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given == LoginPassword(b"lk@example.com", b"p@ss"))

    terms = {"authenticator": check, "auth_require_tls": False}
    async with running(Sink(), **terms) as sink:
        url = f"smtp://lk%40example.com:{password}@127.0.0.1:{sink.port}"
        config = Config(**settings(database, smtp_url=url))  # type: ignore[arg-type]
        await put(outbox, letter())
        tally = await Sender(outbox, Composer(config), relays(config), None, 1).run()
    assert (tally.sent, bool(tally.down)) == (int(is_let_in), not is_let_in)
