"""The accountant's pages: payments, refunds, reconciliation, loads; with a bank on the wire."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lkcap.demo.bank import Fault
from lkcap.exchange.payments import load_payments
from lkcap.kit.workers import Workers
from lkcap.reconciliation.term import due_since
from tests.browserless import Answer, Browser, Page
from tests.conftest import PASSWORD, TODAY
from tests.exchange.registry import CLOCK, line, take, written, wrong
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, NUMBER
from tests.staff.desk import Desk

PAGES = ("/staff/payments", "/staff/reconciliation", "/staff/loads")


@pytest.fixture
async def shop(books: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    """880,29 paid; the books must agree whatever the test has done."""
    books.house().account(aliases="5500123").account("22", premises="28").entry("2026-11")
    books.entry("2026-11", kind="penalty", amount="0,32").load()
    books.subscriber(ALICE, NUMBER)
    async with open_shop(books, workers, tmp_path) as shop:
        await shop.browser.login(ALICE)
        await shop.pay()
        yield shop
    assert wrong(books) == {}


@pytest.fixture
async def olga(shop: Shop) -> AsyncIterator[Browser]:
    async with Browser(shop.browser.server, PASSWORD) as browser:
        await Desk(shop.config).enter(browser, "accountant", "olga")
        yield browser


@pytest.fixture
async def pavel(shop: Shop) -> AsyncIterator[Browser]:
    async with Browser(shop.browser.server, PASSWORD) as browser:
        await Desk(shop.config).enter(browser, "accountant", "pavel")
        yield browser


def payment_id(shop: Shop) -> int:
    ((found,),) = shop.books.rows("SELECT max(payment_id) FROM payment WHERE refund_id IS NULL")
    return int(found)


async def refund(browser: Browser, shop: Shop, **said: str) -> Answer:
    """The refund form of the last payment, sent as its page has it."""
    address = f"/staff/payments/{payment_id(shop)}"
    page = await browser.page(address)
    (name,) = {one.get("value") for one in page.all("input[name=form]")}
    fields = {"principal": "100", "penalty": "", "why": "заплатил дважды", "form": name} | said
    return await browser.post(f"{address}/refund", csrf=page.csrf[0], **fields)


async def push(browser: Browser, page: str, path: str, **said: str) -> Answer:
    return await browser.post(path, csrf=(await browser.page(page)).csrf[0], **said)


async def dossier(browser: Browser, shop: Shop) -> Page:
    return await browser.page(f"/staff/payments/{payment_id(shop)}")


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_is_sent_to_the_desk_s_door(shop: Shop, path: str):
    async with Browser(shop.browser.server, PASSWORD) as stranger:
        assert (await stranger.get(path)).location == "/staff/login"


@pytest.mark.parametrize("path", PAGES)
async def test_another_role_is_told_that_it_is_not_his(shop: Shop, path: str):
    async with Browser(shop.browser.server, PASSWORD) as browser:
        await Desk(shop.config).enter(browser, "operator")
        assert (await browser.get(path)).status == 403


@pytest.mark.parametrize("what", ["account", "alias", "trx_id", "rrn", "auth_code", "order_id"])
async def test_a_payment_is_found_by_any_of_its_numbers(olga: Browser, shop: Shop, what: str):
    if what in ("account", "alias"):
        wanted = NUMBER if what == "account" else "55-00-123"
    else:
        ((wanted,),) = shop.books.rows(f"SELECT {what} FROM payment")
    page = await olga.page(f"/staff/payments?q={wanted.strip()}")
    (row,) = page.table("found")[1:]
    assert row[1:3] == ["880,29", NUMBER]
    assert (await olga.page("/staff/payments?q=nothing")).all("table") == []


async def test_a_payment_is_found_by_what_the_bank_calls_its_order(olga: Browser, shop: Shop):
    shop.books.rows("UPDATE payment_order SET bank_payment_id = '1234567890123456'")
    page = await olga.page("/staff/payments?q=1234567890123456")
    (row,) = page.table("found")[1:]
    assert row[1:3] == ["880,29", NUMBER]


async def test_its_page_tells_all_that_is_known(olga: Browser, shop: Shop):
    page = await dossier(olga, shop)
    assert page.h1 == "Оплачено: 880,29 ₽"
    assert NUMBER in page.text
    assert page.table("payments")[1][1:3] == ["879,97", "0,32"]
    assert page.table("payments")[1][4] == "сообщил банк"
    assert "результат, проведено" in page.text
    ((order,),) = shop.books.rows("SELECT order_id FROM payment_order")
    assert (await olga.page(f"/staff/payments/{order}")).h1 == page.h1
    for unknown in ("404", "a" * 32, "x", "9" * 30):
        await olga.page(f"/staff/payments/{unknown}", status=404)


async def test_a_small_refund_goes_to_the_bank_at_once(olga: Browser, shop: Shop):
    answer = await refund(olga, shop)
    assert answer.status == 303
    page = await olga.page(answer.location)
    assert page.h1 == "Оплачено: 880,29 ₽, возвращено 100,00 ₽"
    assert page.table("refund-rows")[1][1] == "100,00 взнос 100,00, пеня 0,00"
    assert [one.refunded for one in shop.bank.book] == [10000]
    assert shop.books.rows("SELECT action FROM staff_journal WHERE subject <> '' ORDER BY 1") == [
        ("отправил возврат в банк",), ("попросил вернуть платёж",),
    ]  # fmt: skip


async def test_the_form_sent_twice_gives_back_once(olga: Browser, shop: Shop):
    page = await dossier(olga, shop)
    name = page.all("input[name=form]")[0].get("value")
    for _ in range(2):
        answer = await refund(olga, shop, form=name)
        assert answer.status == 303
    assert [one.refunded for one in shop.bank.book] == [10000]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"principal": "100,001"}, "Введите сумму в рублях"),
        ({"principal": "-1"}, "Сумма не может быть меньше нуля"),
        ({"principal": ""}, "Введите сумму больше нуля"),
        ({"principal": "879,98"}, "Столько вернуть нельзя"),
        ({"why": " "}, "Напишите, почему возвращаете"),
        ({"why": "а" * 301}, "Короче, до 300 знаков"),
    ],
)
async def test_a_senseless_refund_is_refused(
    olga: Browser, shop: Shop, said: dict[str, str], told: str
):
    answer = await refund(olga, shop, **said)
    answer.page.check()
    assert answer.status == 422
    assert told in answer.page.text
    assert [one.refunded for one in shop.bank.book] == [0]


async def test_a_large_one_waits_for_a_second_employee(olga: Browser, pavel: Browser, shop: Shop):
    await shop.pay(principal="10000,01", penalty="0")
    answer = await refund(olga, shop, principal="10000,01")
    mine, back = await olga.page(answer.location), "/staff/refunds/1"
    assert "Подтвердит другой сотрудник" in mine.text
    assert (await push(olga, "/staff/payments", f"{back}/confirm")).status == 422
    assert "ждёт второго сотрудника" in (await pavel.page("/staff/payments")).text
    assert (await push(pavel, "/staff/payments", f"{back}/confirm")).status == 303
    assert sum(one.refunded for one in shop.bank.book) == 1000001
    assert (await push(pavel, "/staff/payments", f"{back}/withdraw")).status == 422
    assert "подтвердил Примеров pavel" in (await dossier(pavel, shop)).text


async def test_one_that_waits_may_be_withdrawn(olga: Browser, shop: Shop):
    await shop.pay(principal="10000,01", penalty="0")
    await refund(olga, shop, principal="10000,01")
    assert (await push(olga, "/staff/payments", "/staff/refunds/1/withdraw")).status == 303
    assert "отозван" in (await dossier(olga, shop)).table("refund-rows")[1][4]
    assert sum(one.refunded for one in shop.bank.book) == 0


@pytest.mark.parametrize(("outcome", "state"), [("done", "refunded_part"), ("refused", "paid")])
async def test_of_an_unknown_one_a_person_asks_the_bank(
    olga: Browser, shop: Shop, outcome: str, state: str
):
    shop.bank.faults.add(Fault.REFUND_UNANSWERED)
    page = await olga.page((await refund(olga, shop)).location)
    assert "исход неизвестен" in page.table("refund-rows")[1][4]
    assert page.all("input[name=form]") == []
    assert (await push(olga, "/staff/payments", "/staff/refunds/1/enquire")).status == 303
    path = "/staff/refunds/1/decide"
    assert (await push(olga, "/staff/payments", path, outcome="maybe")).status == 422
    assert (await push(olga, "/staff/payments", path, outcome=outcome)).status == 303
    assert shop.state() == state
    assert (await push(olga, "/staff/payments", path, outcome=outcome)).status == 422
    assert "со слов банка" in (await dossier(olga, shop)).text


@pytest.mark.parametrize("action", ["confirm", "withdraw", "enquire", "decide"])
async def test_no_such_refund_is_not_found(olga: Browser, shop: Shop, action: str):
    path = f"/staff/refunds/404/{action}"
    assert (await push(olga, "/staff/payments", path, outcome="done")).status == 404


async def test_what_a_registry_confirms_is_matched(olga: Browser, shop: Shop):
    page = await olga.page("/staff/reconciliation")
    assert page.h1 == "Платежи сходятся"
    assert "В пути1 на 880,29 ₽" in page.by_id("summary")
    ((trx_id,),) = shop.books.rows("SELECT trx_id FROM payment")
    take(shop.books, line(trx_id, "2026-11-22", NUMBER, "880,29"))
    page = await olga.page("/staff/reconciliation")
    assert "расчётами1 на 880,29 ₽" in page.by_id("summary")
    assert "реестр" in (await dossier(olga, shop)).table("payments")[1][4]


async def test_after_three_working_days_it_is_missing(olga: Browser, shop: Shop):
    # the 22nd is a Sunday: Friday, Thursday and Wednesday are the three
    assert due_since(TODAY).isoformat() == "2026-11-18"
    for day, rows in (("2026-11-18", 0), ("2026-11-17", 1)):
        shop.books.rows("UPDATE payment SET paid_at = %s::date + interval '7 hours'", day)
        page = await olga.page("/staff/reconciliation")
        assert len(page.all("#missing-rows tbody tr")) == rows


async def test_what_billing_has_otherwise_is_listed(olga: Browser, shop: Shop):
    ((trx_id,),) = shop.books.rows("SELECT trx_id FROM payment")
    shop.books.entry("2026-11", op="payment", amount="880,00", bank_ref=trx_id).load()
    page = await olga.page("/staff/reconciliation?since=01.11.2026&until=2026-11-30")
    assert page.table("differing-rows")[1] == [
        trx_id, NUMBER, "879,97; 0,32", NUMBER, "880,00; 0,00",
    ]  # fmt: skip
    for bad in ("since=x", "since=2026-12-01&until=2026-11-01"):
        await olga.page(f"/staff/reconciliation?{bad}", status=422)


async def test_money_of_nobody_known_is_given_its_account(olga: Browser, shop: Shop):
    take(shop.books, line("U-1", account="404"))
    page = await olga.page("/staff/reconciliation")
    assert page.table("suspense-rows")[1][1:4] == ["100,00", "реестр CSV U-1", "404"]
    path = f"/staff/reconciliation/{payment_id(shop)}"
    for number, told in (("405", "Такого лицевого счёта нет"), ("", "Введите номер")):
        answer = await push(olga, "/staff/reconciliation", path, account=number)
        answer.page.check()
        assert (answer.status, told in answer.page.text) == (422, True)
    assert (await push(olga, "/staff/reconciliation", path, account="22")).status == 303
    assert ("principal", 10000) in shop.entries()
    assert (await push(olga, "/staff/reconciliation", path, account="22")).status == 404
    assert (await dossier(olga, shop)).h1 == "Платёж: 100,00 ₽"


async def test_money_older_than_the_opening_is_not_given(olga: Browser, shop: Shop):
    shop.books.account("44", premises="30").entry("2026-11", account="44", op="opening").load()
    take(shop.books, line("U-1", "2026-10-10", account="404"))
    path = f"/staff/reconciliation/{payment_id(shop)}"
    answer = await push(olga, "/staff/reconciliation", path, account="44")
    assert (answer.status, "раньше входящего остатка" in answer.page.text) == (422, True)


async def test_every_load_is_seen_with_its_rows_set_aside(olga: Browser, shop: Shop):
    load = take(shop.books, line("U-1", account="404"), line("U-2"))
    rows = (await olga.page("/staff/loads")).table("loads")
    assert rows[1][0] == f"№ {load.load_id}"
    assert rows[1][2:] == ["реестр платежей payments.csv, csv", "1", "0", "1", "0", "в книгах"]
    page = await olga.page(f"/staff/loads/{load.load_id}")
    assert "нет такого лицевого счёта: 404" in page.table("aside")[1][2]
    await olga.page("/staff/loads/404", status=404)
    await olga.page("/staff/loads?before=x", status=422)


async def test_a_load_is_undone_after_a_question(olga: Browser, shop: Shop):
    load = load_payments(shop.books.database, written(shop.books, line("U-1")), "csv", clock=CLOCK)
    address = f"/staff/loads/{load.load_id}"
    assert f"{address}/undo" in (await olga.page(address)).links
    page = await olga.page(f"{address}/undo")
    assert page.h1 == f"Отменить загрузку № {load.load_id}?"
    assert (await push(olga, f"{address}/undo", f"{address}/undo", why="")).status == 422
    assert (await push(olga, f"{address}/undo", f"{address}/undo", why="не тот")).status == 303
    page = await olga.page(address)
    assert "Отменена" in page.text
    assert "Примеров olga: не тот" in page.text
    assert sum(amount for _, amount in shop.entries()) == 88029
    again = await push(olga, "/staff/loads", f"{address}/undo", why="ещё раз")
    assert (again.status, "уже отменена" in again.page.text) == (422, True)
    assert "Она уже отменена." in (await olga.page(f"{address}/undo")).text


async def test_what_booked_nothing_has_no_button(olga: Browser, shop: Shop):
    load = shop.books.load_rows("tariffs", [{"house_id": "H-1", "valid_from": "2026-01-01",
                                             "rate": "17,12"}])  # fmt: skip
    page = await olga.page(f"/staff/loads/{load.load_id}")
    assert "Отменить загрузку" not in page.text
    assert "отменять нечего" in (await olga.page(f"/staff/loads/{load.load_id}/undo")).text
