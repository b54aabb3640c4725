"""A notification that never came: the bank is asked, ever more rarely, and by one at a time."""

import asyncio

import pytest

from lkcap.banks.sngb.client import SNGB
from lkcap.config import BankConfig, Config
from lkcap.kit.db import DATABASE
from lkcap.payments import enquiry
from lkcap.payments.enquiry import Asked, ask_unanswered, look_after
from lkcap.tidy import run as tidy
from tests.banks.sngb.bank import FakeBank, Said
from tests.banks.sngb.cabinet import TRANID, Cabinet

BOTH = [(TRANID, 87997, 32)]


async def ask(cabinet: Cabinet, *, is_patient: bool = True) -> Asked:
    client = cabinet.app[SNGB]
    assert client
    zone = enquiry.ZoneInfo("Asia/Yekaterinburg")
    return await ask_unanswered(cabinet.app[DATABASE], zone, client, is_patient=is_patient)


def asked_before(cabinet: Cabinet, seconds: int) -> None:
    cabinet.books.rows(
        "UPDATE payment_order SET asked_at = now() - make_interval(secs => %s)", seconds
    )


async def test_silence_is_broken_by_asking(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    cabinet.age(2)
    assert await ask(cabinet) == Asked(1, 1, 0)
    assert (cabinet.state(), cabinet.payments()) == ("paid", BOTH)
    assert cabinet.verdicts() == [("enquiry", "booked")]
    assert cabinet.kept()["tranid"] == TRANID


async def test_the_notification_that_comes_after_all_books_nothing(
    cabinet: Cabinet, bank: FakeBank
):
    bank.captures(cabinet.payment_id)
    cabinet.age(2)
    await ask(cabinet)
    await cabinet.notify()
    assert cabinet.payments() == BOTH
    assert cabinet.verdicts() == [("enquiry", "booked"), ("notify", "repeat")]


async def test_the_first_minute_is_the_payer_s(cabinet: Cabinet):
    assert await ask(cabinet, is_patient=False) == Asked(0, 0, 0)
    assert cabinet.asked() == []


@pytest.mark.parametrize("state", ["paid", "refunded"])
async def test_an_answered_order_is_not_asked_about(cabinet: Cabinet, state: str):
    cabinet.age(2)
    cabinet.books.rows(f"UPDATE payment_order SET state = '{state}'")
    assert (await ask(cabinet)).asked == 0


@pytest.mark.parametrize("state", ["expired", "checked", "failed", "cancelled"])
async def test_one_that_may_yet_be_paid_is(cabinet: Cabinet, bank: FakeBank, state: str):
    bank.captures(cabinet.payment_id)
    cabinet.age(40)
    cabinet.books.rows(f"UPDATE payment_order SET state = '{state}'")
    await ask(cabinet)
    assert (cabinet.state(), cabinet.payments()) == ("paid", BOTH)


@pytest.mark.parametrize(
    ("age", "seconds", "asked"), [(60, 900, 0), (60, 1900, 1), (600, 3700, 0), (600, 18_100, 1)]
)
@pytest.mark.parametrize("is_patient", [True, False])
@pytest.mark.parametrize("state", ["failed", "cancelled"])
async def test_a_refused_one_may_be_paid_with_another_card_and_is_asked_about_now_and_then(
    cabinet: Cabinet, age: int, seconds: int, asked: int, is_patient: bool, state: str
):
    cabinet.age(age)
    cabinet.books.rows(f"UPDATE payment_order SET state = '{state}'")
    asked_before(cabinet, seconds)
    assert (await ask(cabinet, is_patient=is_patient)).asked == asked


async def test_after_three_days_nobody_asks_any_more(cabinet: Cabinet):
    cabinet.age(3 * 24 * 60 - 1)
    assert (await ask(cabinet)).asked == 1
    cabinet.age(3 * 24 * 60 + 1)
    assert (await ask(cabinet)).asked == 0


@pytest.mark.parametrize(
    ("age", "seconds", "asked"),
    [(2, 50, 0), (2, 70, 1), (20, 240, 0), (20, 440, 1), (600, 3500, 0), (600, 3700, 1)],
)
async def test_pauses_grow_from_a_minute_to_an_hour(
    cabinet: Cabinet, age: int, seconds: int, asked: int
):
    cabinet.age(age)
    asked_before(cabinet, seconds)
    assert (await ask(cabinet)).asked == asked


async def test_tidy_waits_for_no_pause(cabinet: Cabinet):
    cabinet.age(20)
    asked_before(cabinet, 1)
    assert (await ask(cabinet, is_patient=False)).asked == 1


async def test_an_order_is_asked_about_by_one_at_a_time(cabinet: Cabinet, bank: FakeBank):
    cabinet.age(2)
    bank.let_go.clear()
    first = asyncio.create_task(ask(cabinet))
    await bank.asked(1)
    assert (await ask(cabinet)).asked == 0
    assert (await ask(cabinet, is_patient=False)).asked == 0
    bank.let_go.set()
    assert (await first).asked == 1
    assert (await ask(cabinet, is_patient=False)).asked == 1, "whoever comes next need not wait"


async def test_several_at_once_share_the_orders(cabinet: Cabinet, bank: FakeBank):
    for _ in range(5):
        await cabinet.begin()
    for payment_id in bank.payments:
        bank.captures(payment_id)
        bank.payments[payment_id]["tranid"] = payment_id
    cabinet.age(2)
    done = await asyncio.gather(*(ask(cabinet, is_patient=False) for _ in range(4)))
    assert sum(one.news for one in done) == 6
    assert cabinet.asked() == ["payments"] * 6
    assert len(cabinet.payments()) == 6


async def test_who_was_killed_while_asking_holds_an_order_for_a_minute(cabinet: Cabinet):
    cabinet.age(20)
    asked_before(cabinet, -30)
    assert (await ask(cabinet, is_patient=False)).asked == 0
    asked_before(cabinet, 0)
    assert (await ask(cabinet, is_patient=False)).asked == 1


async def test_a_bank_that_is_down_is_asked_again_when_it_is_up(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    bank.says["payments"] = Said(status=503)
    cabinet.age(2)
    assert await ask(cabinet) == Asked(1, 0, 1)
    assert cabinet.payments() == []
    bank.says.clear()
    asked_before(cabinet, 61)
    assert await ask(cabinet) == Asked(1, 1, 0)
    assert cabinet.payments() == BOTH


async def test_a_bank_that_is_down_is_not_asked_about_every_order(cabinet: Cabinet, bank: FakeBank):
    for _ in range(5):
        await cabinet.begin()
    bank.says["payments"] = Said(status=503)
    cabinet.age(2)
    assert await ask(cabinet) == Asked(3, 0, 3)
    bank.says.clear()
    assert (await ask(cabinet)).asked == 3, "the others have lost no time"


async def test_a_refusal_is_not_the_end_while_another_card_may_be_tried(
    cabinet: Cabinet, bank: FakeBank
):
    bank.attempt(cabinet.payment_id, result="NOT CAPTURED")
    cabinet.age(2)
    assert await ask(cabinet) == Asked(1, 0, 0)
    assert (cabinet.state(), cabinet.verdicts()) == ("created", [])
    cabinet.age(31)
    assert await ask(cabinet) == Asked(1, 1, 0)
    assert cabinet.state() == "failed"


async def test_a_cancel_is(cabinet: Cabinet, bank: FakeBank):
    bank.attempt(cabinet.payment_id, result="CANCELED")
    cabinet.age(2)
    await ask(cabinet)
    assert cabinet.state() == "cancelled"


async def test_a_round_expires_what_is_not_paid_in_time(cabinet: Cabinet):
    cabinet.age(29)
    await look_after(cabinet.app)
    assert cabinet.state() == "created"
    cabinet.age(31)
    await look_after(cabinet.app)
    assert cabinet.state() == "expired"


async def test_an_order_of_gazprombank_only_expires(cabinet: Cabinet):
    cabinet.age(31)
    cabinet.books.rows("UPDATE payment_order SET bank = 'gpb', bank_payment_id = NULL")
    await look_after(cabinet.app)
    assert (cabinet.state(), cabinet.asked()) == ("expired", [])


async def test_an_order_is_asked_about_before_it_expires(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    cabinet.age(31)
    await look_after(cabinet.app)
    assert cabinet.state() == "paid"


def settings_of(config: Config) -> BankConfig:
    return BankConfig(
        database_url=config.database_url, bank="sngb", sngb=config.sngb, timezone="Europe/Moscow"
    )


async def test_tidy_asks_expires_and_tells(
    cabinet: Cabinet, bank: FakeBank, config: Config, capsys: pytest.CaptureFixture[str]
):
    cabinet.age(40)
    await cabinet.begin()
    bank.captures(cabinet.payment_id)
    cabinet.age(40)
    assert await asyncio.to_thread(tidy, settings_of(config)) == 0
    told = capsys.readouterr().out
    assert "о заказах спрошено в банке: 2, новостей: 1\n" in told
    assert "заказов без оплаты в срок закрыто: 1\n" in told
    assert cabinet.payments() == BOTH


async def test_tidy_says_that_the_bank_was_silent(
    cabinet: Cabinet, bank: FakeBank, config: Config, capsys: pytest.CaptureFixture[str]
):
    cabinet.age(2)
    bank.says["payments"] = Said(status=503)
    assert await asyncio.to_thread(tidy, settings_of(config)) == 3
    assert "о заказах банк не ответил: 1" in capsys.readouterr().err


async def test_tidy_forgets_what_was_refused_long_ago(cabinet: Cabinet, config: Config):
    await cabinet.notify(trackid="old")
    cabinet.books.rows("UPDATE refused_message SET received_at = now() - interval '91 days'")
    await cabinet.notify(udf5="no")
    await asyncio.to_thread(tidy, settings_of(config))
    assert cabinet.refusals() == ["udf5 не наш"]


async def test_the_server_asks_by_itself_and_outlives_a_failure(
    cabinet: Cabinet, bank: FakeBank, monkeypatch: pytest.MonkeyPatch
):
    rounds, enough = [], asyncio.Event()

    async def broken(app: object) -> None:
        rounds.append(app)
        if len(rounds) == 2:
            enough.set()
        raise RuntimeError("a round that fails")

    monkeypatch.setattr(enquiry, "EVERY_SECONDS", 0)
    monkeypatch.setattr(enquiry, "look_after", broken)
    running = enquiry.enquiry_context(cabinet.app)
    await anext(running)
    async with asyncio.timeout(5):
        await enough.wait()
    assert [one async for one in running] == []
    stopped = len(rounds)
    await asyncio.sleep(0)
    assert len(rounds) == stopped
