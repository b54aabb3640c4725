"""MAIL_PER_MINUTE holds over all senders, and a mailing leaves room for others."""

import pytest

from lkcap.kit.db import Database
from lkcap.mail import queries
from lkcap.mail.pace import Pace, Paces
from tests.factory import Books
from tests.mail.conftest import new_sender
from tests.mail.queued import letter, put
from tests.mail.sink import Sink

LATER = "UPDATE mail_pace SET next_at = next_at - interval '1 minute'"


async def taken(outbox: Database, paces: Paces | None, at_most: int = 500) -> list[str]:
    async with outbox.transaction() as conn:
        return [one.recipient for one in await queries.take(conn, at_most, paces)]


@pytest.mark.parametrize("per_minute", [1, 2, 30, 59, 60, 600, 5000])
def test_no_minute_holds_more_than_it_may(per_minute: int):
    pace = Pace.of(per_minute)
    after_the_burst = (60 - 1e-9) / pace.slot
    assert pace.burst + int(after_the_burst) <= max(1, per_minute)
    assert pace.burst + after_the_burst > per_minute - 1


async def test_all_senders_share_the_slots(outbox: Database):
    await put(outbox, *(letter(f"a@d{number}.ru") for number in range(50)))
    paces = Paces.of(600)
    assert paces is not None
    assert len(await taken(outbox, paces)) == paces.whole.burst == 10
    assert len(await taken(outbox, paces)) <= 2
    assert len(await taken(outbox, None)) >= 38


async def test_a_silence_is_made_up_for_by_a_second_s_worth(outbox: Database, books: Books):
    await put(outbox, *(letter(f"a@d{number}.ru") for number in range(50)))
    paces = Paces.of(600)
    await taken(outbox, paces)
    books.rows(LATER)
    assert len(await taken(outbox, paces)) == 10


async def test_one_domain_gets_half_of_a_mailing_s_pace(outbox: Database, books: Books):
    big = [letter(f"a{number}@Mail.ru", is_bulk=True) for number in range(40)]
    small = [letter(f"a@d{number}.ru", is_bulk=True) for number in range(40)]
    await put(outbox, *big, *small)
    first = await taken(outbox, Paces.of(1200))
    assert len(first) == 10
    assert all(to.endswith("@Mail.ru") for to in first)
    # the domain has had its share, however slow this machine is: the next ones are others'
    books.rows("UPDATE mail_pace SET next_at = next_at + interval '1 minute' WHERE domain <> ''")
    second = await taken(outbox, Paces.of(1200))
    assert not [to for to in second if to.endswith("@Mail.ru")]
    assert len(second) >= 10


async def test_what_somebody_waits_for_does_not_wait_for_its_domain(outbox: Database):
    await put(outbox, *(letter(f"a{number}@mail.ru", is_bulk=True) for number in range(40)))
    await taken(outbox, Paces.of(1200))
    await put(outbox, letter("anna@mail.ru"))
    assert (await taken(outbox, Paces.of(1200)))[:1] == ["anna@mail.ru"]


async def test_a_run_waits_for_its_slots(outbox: Database, database: str, sink: Sink):
    await put(outbox, *(letter(f"a{number}@example.com") for number in range(12)))
    tally = await new_sender(database, outbox, sink, per_minute=600).run()
    assert tally.sent == 12
