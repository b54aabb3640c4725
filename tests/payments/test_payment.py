"""Оплатить: the answer, the two sums, the codes, the requisites; and words where there are none."""

import pytest

from tests.browserless import Browser
from tests.factory import Books
from tests.payments.conftest import (
    ALICE,
    FUND,
    NUMBER,
    PENALTY_ACCOUNT,
    TWO_ACCOUNTS,
    Opener,
    facts,
    pictures,
    scanned,
)

CALCULATED = (
    "Сумма платежа рассчитана на 22.11.2026 с учётом начислений текущего месяца и поступивших "
    "платежей и может отличаться от суммы к оплате, указанной в квитанции."
)


async def test_the_page_begins_with_its_answer(november: Books, payment_page: Opener):
    page = await payment_page()
    assert page.h1 == "К оплате 880,29 ₽ до 15 декабря"
    assert page.title.startswith("К оплате 880,29 ₽ до 15 декабря – Оплата услуг")
    assert page.table("sum") == [
        ["Наименование услуги", "Сумма, руб."],
        ["Взнос на капитальный ремонт", "879,97"],
        ["Пеня", "0,32"],
        ["Итого к оплате", "880,29"],
    ]
    assert page.amounts == [88029, 87997, 32, 88029]
    assert CALCULATED in page.text


async def test_the_code_says_what_it_is_and_can_be_saved(november: Books, payment_page: Opener):
    page = await payment_page()
    (picture,) = page.all("img")
    alt = picture.get("alt").replace("\u00a0", " ")
    assert alt == "QR-код для оплаты 880,29 ₽ в приложении банка"
    (link,) = [one for one in page.all("a[download]")]
    assert link.text_content() == "Сохранить QR-код"
    assert link.get("download") == f"qr-{NUMBER}.png"
    assert link.get("href") == picture.get("src")


async def test_the_requisites_are_listed_for_who_pays_at_a_bank(
    november: Books, payment_page: Opener
):
    assert facts(await payment_page()) == {
        "Получатель": "Фонд капитального ремонта (демо)",
        "ИНН / КПП": "8600000014 / 860001001",
        "Банк": "ДЕМО БАНК г. Ханты-Мансийск",
        "БИК": "049999999",
        "Корр. счёт": "30101810300000000999",
        "Счёт": "40703810600000000042",
        "Назначение платежа": "Взнос на капитальный ремонт, л/с 86000000017, 11.2026",
    }


@pytest.mark.parametrize("terms", [TWO_ACCOUNTS])
async def test_with_a_penalty_account_there_are_two_codes_each_with_its_sum(
    browser: Browser, november: Books, payment_page: Opener
):
    page = await payment_page()
    found = [await scanned(browser, one) for one in pictures(page)]
    assert [(one["PersonalAcc"], one["Sum"]) for one in found] == [
        (FUND["account"], "87997"),
        (PENALTY_ACCOUNT, "32"),
    ]
    assert "Пеня по взносам на капитальный ремонт: 0,32 ₽" in page.text
    names = [one.get("download") for one in page.all("a[download]")]
    assert names == [f"qr-{NUMBER}-principal.png", f"qr-{NUMBER}-penalty.png"]
    assert facts(page)["Счёт для пени"] == PENALTY_ACCOUNT
    assert facts(page)["Назначение для пени"].startswith("Пеня по взносам")


async def test_nothing_due_says_so_without_a_code(books: Books, payment_page: Opener):
    books.house().account().entry("2026-11").entry("2026-11", op="payment")
    page = await payment_page()
    assert page.h1 == "Долга нет"
    assert "Следующий взнос до 15 января." in page.text
    assert pictures(page) == []
    assert facts(page)["Счёт"] == FUND["account"], "who wishes may pay ahead"


async def test_an_advance_is_told_and_has_no_code(books: Books, payment_page: Opener):
    books.house().account().entry("2026-11").entry("2026-11", op="payment", amount="1579,97")
    page = await payment_page()
    assert page.h1 == "Переплата 700,00 ₽, зачтётся сама"
    assert page.table("sum")[1] == [
        "Взнос на капитальный ремонт переплата 700,00 ₽ остаётся на счёте",
        "0,00",
    ]
    assert pictures(page) == []


async def test_an_account_without_entries_has_nothing_to_pay(books: Books, payment_page: Opener):
    books.house().account()
    page = await payment_page()
    assert page.h1 == "Долга нет"
    assert page.amounts == [0, 0, 0]


async def test_a_house_that_saves_elsewhere_is_not_paid_for_here(
    books: Books, payment_page: Opener
):
    books.house(fund_method="special_other").account()
    page = await payment_page()
    assert page.h1 == "Взносы вашего дома собирает не фонд"
    assert "квитанцию даёт владелец этого счёта" in page.text
    assert (pictures(page), facts(page), page.amounts) == ([], {}, [])


async def test_an_old_debt_of_such_a_house_is_for_the_fund_to_explain(
    books: Books, payment_page: Opener
):
    books.house(fund_method="special_other").account().entry("2026-10")
    page = await payment_page()
    assert page.h1.startswith("Долг 879,97 ₽")
    assert "О долге перед фондом спросите в фонде. Телефон фонда: 8 (000) 100-00-86" in page.text
    assert (pictures(page), facts(page)) == ([], {})


@pytest.mark.parametrize("terms", [{"fund": {"name": "Фонд", "phone": "8 (000) 100-00-86"}}])
async def test_a_fund_without_requisites_says_so(november: Books, payment_page: Opener):
    page = await payment_page()
    assert page.h1 == "К оплате 880,29 ₽ до 15 декабря"
    assert "QR-кода пока нет: фонд не указал реквизиты." in page.text
    assert (pictures(page), facts(page)) == ([], {})


async def test_a_closed_account_without_debt_is_asked_for_nothing(
    books: Books, payment_page: Opener
):
    books.house().account(closed_on="2026-03-31").entry("2026-03").entry("2026-04", op="payment")
    page = await payment_page()
    assert "Счёт закрыт, новых взносов не будет." in page.text
    assert (pictures(page), facts(page)) == ([], {})


async def test_the_debt_of_a_closed_account_is_paid_like_any_other(
    browser: Browser, books: Books, payment_page: Opener
):
    books.house().account(closed_on="2026-03-31").entry("2026-03")
    (address,) = pictures(await payment_page())
    assert (await scanned(browser, address))["Sum"] == "87997"


SAID = {
    "fund": FUND,
    "fee_free_text": "В кассе фонда тоже без комиссии.",
    "sberbank_online_url": "https://online.example.com/pay?a=1&b=2",
}


@pytest.mark.parametrize("terms", [SAID])
async def test_what_the_settings_say_of_paying_without_a_fee_is_shown(
    browser: Browser, november: Books
):
    november.load()
    november.subscriber(ALICE, NUMBER)
    await browser.login(ALICE)
    own, guest = await browser.get("/payment"), await browser.post("/pay", account=NUMBER)
    for page in (own.page, guest.page):
        assert SAID["fee_free_text"] in page.text
        assert SAID["sberbank_online_url"] in page.links
        assert "Сбербанк Онлайн" in page.text


async def test_what_the_settings_do_not_say_is_not_there(november: Books, payment_page: Opener):
    assert "Сбербанк" not in (await payment_page()).text


async def test_a_stranger_is_sent_to_the_front_page(browser: Browser):
    for address in ("/payment", "/payment/qr.png"):
        answer = await browser.get(address)
        assert (answer.status, answer.location) == (303, "/"), address


async def test_another_s_code_cannot_be_asked_for(
    browser: Browser, november: Books, payment_page: Opener
):
    november.account("86000000025", premises="5", last_name="Чужова")
    november.entry("2026-11", account="86000000025", amount="111,11")
    await payment_page()
    assert (await scanned(browser, "/payment/qr.png?account=86000000025"))["PersAcc"] == NUMBER


async def test_the_code_follows_the_chosen_account(
    browser: Browser, november: Books, payment_page: Opener
):
    november.account("86000000025", premises="5").entry("2026-11", account="86000000025")
    await payment_page()
    november.subscriber(ALICE, "86000000025")
    await browser.post("/account/switch", account="86000000025")
    assert (await scanned(browser, "/payment/qr.png"))["PersAcc"] == "86000000025"


async def test_a_part_that_does_not_exist_is_senseless(
    browser: Browser, november: Books, payment_page: Opener
):
    await payment_page()
    assert (await browser.get("/payment/qr.png?part=all")).status == 422


@pytest.mark.usefixtures("november")
async def test_neither_page_nor_picture_is_kept_by_the_browser(
    browser: Browser, payment_page: Opener
):
    await payment_page()
    for address in ("/payment", "/payment/qr.png", f"/pay/qr?account={NUMBER}", "/pay"):
        assert (await browser.get(address)).headers["Cache-Control"] == "no-store", address


@pytest.mark.usefixtures("november")
async def test_nothing_is_sent_to_a_picture(browser: Browser, payment_page: Opener):
    await payment_page()
    for address in ("/payment/qr.png", "/pay/qr"):
        assert (await browser.post(address, account=NUMBER)).status == 405, address


@pytest.mark.usefixtures("november")
async def test_without_a_bank_no_card_is_taken(browser: Browser, payment_page: Opener):
    page = await payment_page()
    assert not page.fields
    answer = await browser.post("/payment", principal="1", penalty="0")
    assert answer.status == 404


async def test_the_menu_and_the_account_s_page_lead_here(
    browser: Browser, november: Books, payment_page: Opener
):
    await payment_page()
    page = await browser.page("/account")
    menu = [one.text_content() for one in page.all("nav li a")]
    assert menu.index("Оплатить") == menu.index("Выписка") + 1
    (button,) = page.all("a.button")
    assert (button.text_content(), button.get("href")) == ("Оплатить услуги", "/payment")


async def test_where_nothing_is_due_the_account_s_page_has_no_such_button(
    browser: Browser, books: Books, payment_page: Opener
):
    books.house().account()
    await payment_page()
    assert (await browser.page("/account")).all("a.button") == []
