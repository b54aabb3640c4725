"""«Подтверждение платежа» as a file: for its owner alone, the same bytes for the same rows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lkcap.kit.month import Month
from lkcap.paper.letterhead import Letterhead
from lkcap.payments.allocation import Part
from lkcap.payments.confirmation import Confirmation, Destination
from lkcap.payments.confirmation_sheet import render
from tests.browserless import Browser, plain
from tests.factory import Books
from tests.payments.conftest import ALICE, FUND, NUMBER, PENALTY_ACCOUNT, TWO_ACCOUNTS
from tests.payments.taken import NEWS, NOON, Till
from tests.pdf import problems_of, text_of

OCTOBER = Part("principal", Month(2026, 10), 80000, is_full=True)
AHEAD = Part("principal", None, 7997, is_full=True, is_advance=True)
PENALTY = Part("penalty", None, 32, is_full=True)
PARTS = (OCTOBER, AHEAD, PENALTY)


@pytest.fixture
def till(november: Books) -> Till:
    november.load()
    november.subscriber(ALICE, NUMBER)
    return Till(november)


def named(books: Books, trx_id: str) -> str:
    """The address of the paper."""
    ((payment_id,),) = books.rows("SELECT payment_id FROM payment WHERE trx_id = %s", trx_id)
    return f"/payments/{payment_id}.pdf"


async def text(browser: Browser, address: str) -> str:
    answer = await browser.get(address)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    return plain(text_of(answer.body))


async def test_the_paper_says_all_of_it(till: Till, browser: Browser, tmp_path: Path):
    news = await till.pay(87997, 32, PARTS, fee=1500)
    await browser.login(ALICE)
    told = await text(browser, named(till.books, news.trx_id))
    ((order_id,),) = till.books.rows("SELECT order_id FROM payment_order")
    for said in (
        "Подтверждение платежа",
        "14 ноября 2026 г. на лицевой счёт 86000000017 оплачено 880,29 ₽",
        "Платёж в пути: банк деньги принял",
        "Взнос на капитальный ремонт 879,97 Пеня 0,32 Итого 880,29",
        "Сверх этой суммы банк взял комиссию 15,00 ₽, всего с карты 895,29 ₽.",
        "Дата и время 14.11.2026 12:05:33, Екатеринбург (UTC+5)",
        "Банк Газпромбанк (Акционерное общество)",
        f"Номер операции {news.trx_id}",
        "RRN 613344519801",
        "Код авторизации 104418",
        "Карта •• 1111",
        f"Заказ {order_id}",
        f"Получатель {FUND['name']}",
        "ИНН / КПП 8600000014 / 860001001",
        f"Счёт {FUND['account']}",
        "БИК 049999999",
        "Взнос за октябрь 2026 800,00 Аванс: следующие взносы 79,97 Пеня 0,32 Итого 880,29",
        "не является кассовым чеком",
    ):
        assert said in told, said
    assert "Примеров" not in told
    body = (await browser.get(named(till.books, news.trx_id))).body
    assert problems_of(body, tmp_path) == []


async def test_the_same_rows_are_the_same_bytes(till: Till, browser: Browser):
    address = named(till.books, (await till.pay(87997, 32, PARTS)).trx_id)
    await browser.login(ALICE)
    first = await browser.get(address)
    assert (await browser.get(address)).body == first.body
    assert first.headers["Cache-Control"] == "no-store"


async def test_when_billing_has_sent_its_entries_they_tell_what_it_went_to(
    till: Till, browser: Browser
):
    news = await till.pay(87997, 32, PARTS)
    for month, amount in (("2026-09", "800,00"), ("", "80,29")):
        till.books.entry(
            "2026-11", op="payment", amount=amount, bank_ref=news.trx_id, for_period=month
        )
    till.books.load()
    await browser.login(ALICE)
    told = await text(browser, named(till.books, news.trx_id))
    assert "Взнос за сентябрь 2026 800,00 Взнос 80,29 Итого 880,29" in told
    assert "Платёж учтён" in told
    assert "в пути" not in told


async def test_another_sum_than_ordered_tells_no_fee_and_no_months(till: Till, browser: Browser):
    order = await till.order(87997, 32, PARTS, fee=1500)
    await till.news(order, replace(NEWS, amount=90000))
    await browser.login(ALICE)
    told = await text(browser, named(till.books, NEWS.trx_id))
    assert "оплачено 900,00 ₽" in told
    assert "комиссию" not in told
    assert "Куда пошли деньги" not in told


@pytest.mark.parametrize("terms", [TWO_ACCOUNTS])
async def test_a_penalty_s_own_account_is_named_where_it_got_money(till: Till, browser: Browser):
    with_penalty, without = await till.pay(87997, 32), await till.pay(87997)
    await browser.login(ALICE)
    told = await text(browser, named(till.books, with_penalty.trx_id))
    assert f"Счёт для взноса {FUND['account']} Счёт для пени {PENALTY_ACCOUNT}" in told
    assert PENALTY_ACCOUNT not in await text(browser, named(till.books, without.trx_id))


@pytest.mark.parametrize("terms", [{"fund": {"name": "Фонд"}, "timezone": "Asia/Kolkata"}])
async def test_any_zone_is_named_and_requisites_may_be_unknown(till: Till, browser: Browser):
    address = named(till.books, (await till.pay()).trx_id)
    await browser.login(ALICE)
    told = await text(browser, address)
    assert "14.11.2026 12:35:33, Kolkata (UTC+5:30)" in told
    assert "Получатель" not in told


async def test_a_returned_payment_says_so(till: Till, browser: Browser):
    address = named(till.books, (await till.pay()).trx_id)
    till.books.rows("UPDATE payment_order SET state = 'refunded'")
    await browser.login(ALICE)
    assert "Платёж возвращён плательщику." in await text(browser, address)


async def test_anothers_paper_is_not_found(till: Till, browser: Browser):
    till.books.account("86000000025", premises="28").load()
    till.books.subscriber("boris@example.com", "86000000025")
    address = named(till.books, (await till.pay()).trx_id)
    await browser.login("boris@example.com")
    for one in (address, "/payments/999999999999999999.pdf", "/payments/x.pdf", "/payments/.pdf"):
        assert (await browser.get(one)).status == 404, one


async def test_the_paper_is_of_the_account_now_chosen(till: Till, browser: Browser):
    till.books.account("86000000025", premises="28").load()
    till.books.subscriber(ALICE, "86000000025")
    address = named(till.books, (await till.pay()).trx_id)
    await browser.login(ALICE)
    await browser.post("/account/switch", account="86000000025")
    assert (await browser.get(address)).status == 404
    await browser.post("/account/switch", account=NUMBER)
    assert (await browser.get(address)).status == 200


async def test_a_new_owner_gets_no_paper_of_the_former(till: Till, browser: Browser):
    before = await till.pay(at=NOON - timedelta(days=1))
    after = await till.pay()
    till.books.account(valid_from="2026-11-14", last_name="Новосёлов").load()
    till.books.subscriber("boris@example.com", NUMBER)
    await browser.login("boris@example.com")
    assert (await browser.get(named(till.books, before.trx_id))).status == 404
    assert (await browser.get(named(till.books, after.trx_id))).status == 200


async def test_a_payment_by_a_registry_has_no_paper(till: Till, browser: Browser):
    news = await till.pay()
    till.books.rows("UPDATE payment SET order_id = NULL, source = 'sber'")
    await browser.login(ALICE)
    assert (await browser.get(named(till.books, news.trx_id))).status == 404
    assert ".pdf" not in (await browser.page("/payments")).html


def test_a_debt_of_many_years_stays_on_one_sheet(tmp_path: Path):
    months = [Month(2014, 9) + step for step in range(140)]
    parts = tuple(Destination("principal", month.first_day, 1000) for month in months)
    one = Confirmation(
        account=NUMBER, fund=Letterhead("Фонд", *[""] * 8), payee=None, bank="Банк",
        trx_id="FA4E", order_id=None, state=None, principal=140_000, penalty=0, fee=None,
        paid_at=NOON, settled_on=None, is_billed=False, rrn=None, auth_code=None,
        masked_pan=None, destinations=parts,
    )  # fmt: skip
    pdf = render(one)
    told = plain(text_of(pdf))
    assert "Взнос за сентябрь 2014 10,00" in told
    assert "Остальные месяцы (" in told
    assert "Итого 1 400,00" in told
    assert told.endswith("по сообщению банка.")
    assert problems_of(pdf, tmp_path) == []
