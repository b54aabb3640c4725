"""Payments through Gazprombank, with a bank on the other end of the wire."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from lkcap.demo.bank import Fault, Way
from lkcap.kit.workers import Workers
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, HOUSE_TERMS, NUMBER

BOTH = [("penalty", 32), ("principal", 87997)]


@pytest.fixture
async def shop(november: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    november.load()
    november.subscriber(ALICE, NUMBER)
    async with open_shop(november, workers, tmp_path) as shop:
        await shop.browser.login(ALICE)
        yield shop


def in_ledger(shop: Shop) -> list[tuple[str, int]]:
    return sorted(shop.entries())


async def test_a_payment_is_booked_as_two_entries_at_once(shop: Shop):
    result = await shop.pay()
    assert in_ledger(shop) == BOTH
    assert shop.balances() == {"principal": 0, "penalty": 0}
    assert shop.state() == "paid"
    page = (await shop.browser.get(result)).page
    assert page.h1 == "Оплачено 880,29 ₽"
    assert NUMBER not in page.by_id("main")


async def test_every_page_knows_of_it_at_once(shop: Shop):
    await shop.pay()
    assert "Долга нет" in (await shop.browser.get("/account")).page.h1
    assert "Долга нет" in (await shop.browser.get("/payment")).page.h1
    assert (await shop.browser.get("/statement?mode=general")).page.amounts[-1] == 0


async def test_the_bank_is_told_the_stored_sum(shop: Shop):
    await shop.pay(principal="194,32", penalty="0,07")
    assert [one.operation.amount for one in shop.bank.book] == [19439]


@pytest.mark.parametrize(
    ("way", "state", "told"),
    [
        (Way.CANCEL, "cancelled", "Вы отменили оплату. Деньги не списаны"),
        (Way.REFUSED, "failed", "Оплата не прошла"),
    ],
)
async def test_no_money_is_no_entry(shop: Shop, way: Way, state: str, told: str):
    result = await shop.pay(way)
    assert shop.entries() == []
    assert shop.state() == state
    assert (await shop.browser.get(result)).page.h1 == told


async def test_sbp_is_booked_without_an_rrn(shop: Shop):
    await shop.pay(Way.SBP)
    assert in_ledger(shop) == BOTH
    assert shop.books.rows("SELECT rrn FROM payment") == [(None,)]


@pytest.mark.parametrize(
    "fault",
    [
        Fault.REPEAT, Fault.TEN_AT_ONCE, Fault.OLD_KEY, Fault.ORDER_2018, Fault.NO_MERCHANT_TRX,
        Fault.UNKNOWN_PARAMETERS, Fault.BROWSER_FIRST, Fault.FAIL_FIRST, Fault.REORDER,
    ],
)  # fmt: skip
async def test_whatever_comes_how_often_is_one_booking(shop: Shop, fault: Fault):
    shop.bank.faults.add(fault)
    await shop.pay()
    assert in_ledger(shop) == BOTH
    assert shop.state() == "paid"
    assert len(shop.bank.book) == 1


@pytest.mark.parametrize("fault", [Fault.BAD_SIGNATURE, Fault.TAIL, Fault.WRONG_MERCHANT])
async def test_a_message_nobody_vouches_for_books_nothing(shop: Shop, fault: Fault):
    shop.bank.faults.add(fault)
    await shop.pay()
    assert shop.entries() == []
    assert {kind for kind, _ in shop.refusals()} == {"register"}


async def test_a_success_without_a_sum_is_kept_and_not_booked(shop: Shop):
    shop.bank.faults.add(Fault.NO_AMOUNT)
    await shop.pay()
    assert shop.entries() == []
    assert ("register", "senseless") in shop.verdicts()


@pytest.mark.parametrize(
    ("fault", "booked"),
    [
        (Fault.OVERPAID, [("penalty", 32), ("principal", 97997)]),
        (Fault.UNDERPAID, [("principal", 44014)]),
    ],
)
async def test_another_sum_is_booked_as_it_was_paid(
    shop: Shop, fault: Fault, booked: list[tuple[str, int]]
):
    shop.bank.faults.add(fault)
    await shop.pay()
    assert in_ledger(shop) == booked
    assert ("register", "other_sum") in shop.verdicts()


async def test_a_second_success_is_a_second_payment(shop: Shop):
    shop.bank.faults.add(Fault.SECOND_SUCCESS)
    await shop.pay()
    taken = sum(one.operation.amount for one in shop.bank.book)
    assert len(shop.bank.book) == 2
    assert sum(amount for _, amount in shop.entries()) == taken
    assert ("register", "second") in shop.verdicts()
    assert shop.balances()["penalty"] == 0


async def test_every_message_is_in_the_journal(shop: Shop):
    shop.bank.faults.add(Fault.REPEAT)
    await shop.pay()
    assert shop.verdicts()[:2] == [("check", "noted"), ("register", "booked")]
    assert set(shop.verdicts()[2:]) == {("register", "repeat")}


async def test_a_late_success_is_booked_for_an_expired_order(shop: Shop):
    shop.bank.faults.add(Fault.SILENT)
    await shop.pay()
    shop.books.rows(
        "UPDATE payment_order SET state = 'expired', expires_at = now() - interval '1 h'"
    )
    await release(shop)
    assert in_ledger(shop) == BOTH
    assert shop.state() == "paid"


async def test_a_late_success_is_booked_for_a_cancelled_order(shop: Shop):
    shop.bank.faults.add(Fault.SILENT)
    await shop.pay()
    shop.books.rows("UPDATE payment_order SET state = 'cancelled'")
    await release(shop)
    assert shop.state() == "paid"


async def release(shop: Shop) -> None:
    """Let the bank send what it has held back."""
    shop.bank.faults.discard(Fault.SILENT)
    (attempt,) = shop.bank.bank.attempts.values()
    async with ClientSession() as http:
        # the first message is the check, which no bank sends twice
        for number in range(1, len(attempt.messages)):
            url = f"{shop.bank.url}/panel/{attempt.id}/messages/{number}"
            async with http.post(url, data={"copies": "1"}) as response:
                assert response.status < 400, await response.text()
    await shop.bank.settled()


@pytest.mark.parametrize("state", ["paid", "cancelled", "expired", "refunded"])
async def test_a_closed_order_is_refused_at_the_check(shop: Shop, state: str):
    started = await shop.start()
    shop.books.rows("UPDATE payment_order SET state = %s", state)
    await shop.bank.pay(started.location)
    assert shop.bank.book == []


async def test_an_order_that_waited_too_long_is_refused_at_the_check(shop: Shop):
    started = await shop.start()
    shop.books.rows("UPDATE payment_order SET expires_at = now() - interval '1 minute'")
    await shop.bank.pay(started.location)
    assert shop.bank.book == []
    assert shop.state() == "expired"


async def test_money_without_an_order_waits_in_suspense(shop: Shop):
    shop.bank.faults.add(Fault.SILENT)
    await shop.pay()
    shop.books.rows("DELETE FROM order_part")
    shop.books.rows("DELETE FROM payment_order")
    await release(shop)
    assert shop.books.rows("SELECT account_id, principal FROM payment") == [(None, 88029)]
    assert shop.entries() == []


def warned_of_accounts(logs: Sequence[Mapping[str, object]]) -> list[object]:
    return [one["account_id"] for one in logs if one["event"] == "another account of ours"]


async def test_money_to_the_special_account_of_a_house_is_no_surprise(
    november: Books, workers: Workers, tmp_path: Path
):
    november.add("requisites", HOUSE_TERMS, gpb_account_id="SPECIAL-1").load()
    november.subscriber(ALICE, NUMBER)
    async with open_shop(november, workers, tmp_path) as shop:
        await shop.browser.login(ALICE)
        with capture_logs() as logs:
            await shop.pay()
    assert november.rows("SELECT bank_account FROM payment_order") == [("SPECIAL-1",)]
    assert [one.account_id for one in shop.bank.bank.attempts.values()] == ["SPECIAL-1"]
    assert in_ledger(shop) == BOTH
    assert warned_of_accounts(logs) == []


async def test_money_to_another_account_than_the_order_s_is_booked_with_a_warning(shop: Shop):
    shop.bank.faults.add(Fault.SILENT)
    await shop.pay()
    shop.books.rows("UPDATE payment_order SET bank_account = 'SPECIAL-1'")
    with capture_logs() as logs:
        await release(shop)
    assert in_ledger(shop) == BOTH
    assert set(warned_of_accounts(logs)) == {shop.config.gpb.account_id}


async def test_a_stranger_is_sent_away(shop: Shop):
    for path in ("/bank/gpb/check", "/bank/gpb/register"):
        answer = await shop.browser.get(f"{path}?merch_id=X")
        assert (answer.status, "WWW-Authenticate" in answer.headers) == (401, True)


async def test_a_foreign_address_is_sent_away(november: Books, workers: Workers, tmp_path: Path):
    november.load()
    async with open_shop(november, workers, tmp_path) as shop:
        gpb = shop.config.gpb.model_copy(update={"allowed_ips": ("203.0.113.0/24",)})
        object.__setattr__(shop.config, "gpb", gpb)
        assert (await shop.browser.get("/bank/gpb/register?x=1")).status == 403


async def test_a_database_that_is_down_is_told_in_time(shop: Shop):
    shop.bank.faults.add(Fault.SILENT)
    await shop.pay()
    shop.books.rows("ALTER TABLE payment_order RENAME TO away")
    try:
        await release(shop)
        assert shop.bank.bank.attempts
    finally:
        shop.books.rows("ALTER TABLE away RENAME TO payment_order")
    await release(shop)
    assert in_ledger(shop) == BOTH


@pytest.mark.parametrize(
    ("sums", "told"),
    [
        ({"penalty": "0,33"}, "Пени сейчас 0,32 ₽"),
        ({"principal": "0", "penalty": ""}, "Введите сумму больше нуля"),
        ({"principal": "1000000"}, "За один раз можно не больше"),
        ({"principal": "-1"}, "не может быть меньше нуля"),
        ({"principal": "сто"}, "Введите сумму в рублях"),
        ({"principal": "9" * 5000}, "Введите сумму в рублях"),
    ],
)
async def test_a_senseless_sum_comes_back_with_its_answers(
    shop: Shop, sums: dict[str, str], told: str
):
    answer = await shop.start(**({"principal": "879,97", "penalty": "0,32"} | sums))
    assert answer.status == 422
    assert told in answer.page.text
    assert shop.books.rows("SELECT count(*) FROM payment_order") == [(0,)]


async def test_an_advance_of_principal_is_welcome(shop: Shop):
    await shop.pay(principal="5000.00", penalty="")
    assert shop.balances() == {"principal": 87997 - 500000, "penalty": 32}


async def test_recounting_shows_the_total_and_starts_nothing(shop: Shop):
    answer = await shop.start(principal="100", penalty="0", recount="yes")
    assert answer.status == 200
    assert 10000 in answer.page.amounts
    assert shop.books.rows("SELECT count(*) FROM payment_order") == [(0,)]


async def test_the_way_of_the_money_is_kept_with_the_order(shop: Shop):
    await shop.start(principal="1000", penalty="0,32")
    assert shop.books.rows(
        "SELECT CAST(kind AS text), month IS NULL, amount FROM order_part ORDER BY place"
    ) == [("principal", False, 87997), ("principal", True, 12003), ("penalty", True, 32)]


async def test_a_guest_pays_by_the_number_alone(november: Books, workers: Workers, tmp_path: Path):
    november.load()
    async with open_shop(november, workers, tmp_path) as shop:
        asked = await shop.browser.post("/pay", account=NUMBER)
        assert {one["name"] for one in asked.page.fields} == {"principal", "penalty"}
        sums = {"principal": "879,97", "penalty": "0,32"}
        started = await shop.browser.post("/pay", account=NUMBER, **sums)
        await shop.bank.pay(started.location)
        await shop.bank.settled()
        assert in_ledger(shop) == BOTH
        assert "Примерова" not in asked.page.text


async def test_the_start_address_names_the_order_and_no_person(shop: Shop):
    started = await shop.start()
    query = parse_qs(urlsplit(started.location).query)
    (order,) = query["o.order_id"]
    assert query["back_url_s"] == [f"{shop.config.public_url}/payment/{order}"]
    assert NUMBER not in started.location


async def test_the_result_of_an_unknown_order_is_not_found(shop: Shop):
    for order in ("x", "a" * 32, "%00", "а" * 32):
        assert (await shop.browser.get(f"/payment/{order}")).status == 404


async def test_fifty_orders_of_one_account_paid_together_are_all_booked(shop: Shop):
    starts = [(await shop.start(principal="10", penalty="0")).location for _ in range(20)]
    await asyncio.gather(*(shop.bank.pay(one) for one in starts))
    await shop.bank.settled()
    assert shop.entries() == [("principal", 1000)] * 20
    assert shop.balances()["principal"] == 87997 - 20000
