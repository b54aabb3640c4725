"""Оплата без регистрации: what whoever knows a number is told, how often, and what never."""

import pytest

from tests.browserless import Answer, Browser, Page
from tests.factory import Books
from tests.payments.conftest import FUND, NUMBER, pictures, scanned

UNKNOWN = "Такого лицевого счёта нет. Сверьте номер с квитанцией"
AMBIGUOUS = "Этот номер был у нескольких счетов. Введите номер из последней квитанции"


async def bill(browser: Browser, number: str = NUMBER) -> Page:
    answer = await browser.post("/pay", account=number)
    assert answer.status == 200, (number, answer.status)
    answer.page.check()
    return answer.page


def refused(answer: Answer) -> str:
    page = answer.page
    page.check()
    assert (answer.status, page.title.split(":")[0]) == (422, "Ошибка")
    return page.by_id("account-error").removeprefix("Ошибка: ")


async def test_the_front_page_leads_to_the_form_and_back(browser: Browser):
    front = await browser.page("/")
    assert "/pay" in front.links
    assert "Оплата без регистрации" in front.text
    page = await browser.page("/pay")
    assert page.h1 == "Оплата без регистрации"
    assert [one["name"] for one in page.fields] == ["account"]
    assert [one.text_content() for one in page.all("button")] == ["Оплатить услуги"]
    assert "Вернуться на главную страницу" in page.text
    assert "/" in page.links


async def test_a_number_gives_two_sums_a_date_and_a_code(browser: Browser, november: Books):
    november.load()
    page = await bill(browser)
    assert page.h1 == "К оплате 880,29 ₽"
    assert page.table("sum")[1:] == [
        ["Взнос на капитальный ремонт", "879,97"],
        ["Пеня", "0,32"],
        ["Итого к оплате", "880,29"],
    ]
    assert "Сумма платежа рассчитана на 22.11.2026" in page.text
    (address,) = pictures(page)
    assert (await scanned(browser, address))["Sum"] == "88029"
    assert "Вернуться на главную страницу" in page.text


@pytest.mark.parametrize("number", [" 860 0000 0017", "86-000-000-017", "5500123", "55-00-123 "])
async def test_any_number_of_the_account_will_do(browser: Browser, november: Books, number: str):
    november.load()
    page = await bill(browser, number)
    assert f"лицевой счёт {NUMBER}" in page.text
    assert (await scanned(browser, f"/pay/qr?account={number}"))["PersAcc"] == NUMBER


async def test_the_number_of_today_goes_before_another_s_old_one(browser: Browser, november: Books):
    november.account("86000000025", premises="5", aliases=NUMBER)
    november.entry("2026-11", account="86000000025", amount="111,11").load()
    assert (await bill(browser)).h1 == "К оплате 880,29 ₽"


async def test_an_old_number_of_two_accounts_is_asked_about(browser: Browser, november: Books):
    november.account("86000000025", premises="5", aliases="5500123").load()
    answer = await browser.post("/pay", account="5500123")
    assert refused(answer) == AMBIGUOUS
    assert "86000000025" not in answer.page.text
    assert (await browser.get("/pay/qr?account=5500123")).status == 404


STRANGE = ("86000000018", "-", "%", "\ufffd", "a\x00b", "'; --", "x" * 20_000)


@pytest.mark.usefixtures("november")
async def test_an_unknown_number_comes_back_with_the_form(browser: Browser, books: Books):
    books.load()
    for number in STRANGE:
        answer = await browser.post("/pay", account=number)
        assert refused(answer) == UNKNOWN, number
        (field,) = answer.page.fields
        assert field.get("value") == number.replace("\x00", "")


async def test_an_empty_field_is_named(browser: Browser):
    for number in ("", "  "):
        assert refused(await browser.post("/pay", account=number)) == "Введите номер лицевого счёта"


async def test_the_code_of_no_account_is_not_found_and_of_no_number_senseless(
    browser: Browser, november: Books
):
    november.load()
    for query in ("account=86000000018", "account=%00", "account=a%00b", "account=%FF"):
        assert (await browser.get(f"/pay/qr?{query}")).status in (404, 422), query
    for query in ("", "?account=", "?account=+", f"?account={NUMBER}&part=all"):
        assert (await browser.get(f"/pay/qr{query}")).status == 422, query


SECRETS = (
    "Примеров", "Анна", "Петровна", "Кедровая", "Северореченск", "51,4", "17,12", "кв.",
    "99ЯЯ000001", "октябр", "Переплата", "переплата", "Долг ",
)  # fmt: skip


@pytest.mark.parametrize("paid", ["0,00", "100,00", "1759,94", "9999,99"])
async def test_a_stranger_learns_nothing_else(browser: Browser, books: Books, paid: str):
    books.house().account(aliases="5500123").entry("2026-10").entry("2026-11")
    books.entry("2026-11", op="payment", amount=paid, document="п/п 104512").load()
    html = (await bill(browser)).html
    assert [secret for secret in (*SECRETS, "104512", "5500123") if secret in html] == []


async def test_an_overpayment_and_no_debt_look_the_same(browser: Browser, books: Books):
    books.house().account().account("86000000025", premises="5")
    books.entry("2026-11", op="payment", amount="700,00").load()
    one, two = [await bill(browser, number) for number in (NUMBER, "86000000025")]
    assert one.text.replace(NUMBER, "") == two.text.replace("86000000025", "")
    assert (one.h1, one.amounts, pictures(one)) == ("Долга нет", [0, 0, 0], [])
    assert "Сейчас платить ничего не нужно." in one.text


async def test_a_closed_account_without_debt_has_nothing_to_pay(browser: Browser, books: Books):
    books.house().account(closed_on="2026-03-31").load()
    page = await bill(browser)
    assert page.h1 == "Долга нет"
    assert "Счёт закрыт, новых взносов не будет." in page.text


async def test_a_closed_account_pays_its_debt(browser: Browser, books: Books):
    books.house().account(closed_on="2026-03-31").entry("2026-03").load()
    page = await bill(browser)
    assert page.h1 == "К оплате 879,97 ₽"
    assert len(pictures(page)) == 1


async def test_a_house_that_saves_elsewhere_is_not_paid_for_here(browser: Browser, books: Books):
    books.house(fund_method="special_other").account().entry("2026-11").load()
    page = await bill(browser)
    assert page.h1 == "Взносы этого дома собирает не фонд"
    assert (pictures(page), page.amounts) == ([], [])


@pytest.mark.parametrize("terms", [{"fund": {"name": "Фонд"}}])
async def test_without_requisites_there_are_sums_and_no_code(browser: Browser, november: Books):
    november.load()
    page = await bill(browser)
    assert page.h1 == "К оплате 880,29 ₽"
    assert "QR-кода пока нет" in page.text
    assert pictures(page) == []


async def test_a_form_without_its_token_is_refused(browser: Browser, november: Books):
    november.load()
    assert (await browser.post("/pay", csrf="wrong", account=NUMBER)).status == 403


THREE = {"fund": FUND, "limits": {"guest": "3/15m"}}


@pytest.mark.parametrize("terms", [THREE])
@pytest.mark.parametrize("numbers", [(NUMBER,) * 3, ("86000000018", "", NUMBER)])
async def test_forms_are_counted_whatever_they_ask(
    browser: Browser, november: Books, numbers: tuple[str, ...]
):
    november.load()
    for number in numbers:
        assert (await browser.post("/pay", account=number)).status in (200, 422)
    answer = await browser.post("/pay", account=NUMBER)
    assert (answer.status, answer.page.h1) == (429, "Слишком много попыток")
    assert int(answer.headers["Retry-After"]) > 0
    assert (await browser.get(f"/pay/qr?account={NUMBER}")).status == 429


@pytest.mark.parametrize("terms", [THREE])
async def test_pictures_are_counted_with_the_forms(browser: Browser, november: Books):
    november.load()
    for account in (NUMBER, "86000000018", NUMBER):
        assert (await browser.get(f"/pay/qr?account={account}")).status in (200, 404)
    assert (await browser.post("/pay", account=NUMBER)).status == 429


@pytest.mark.parametrize("terms", [THREE])
async def test_a_reader_s_own_page_does_not_use_the_guests_limit(browser: Browser, november: Books):
    november.load()
    november.subscriber("alice@example.com", NUMBER)
    await browser.login("alice@example.com")
    for _ in range(5):
        assert (await browser.get("/payment/qr.png")).status == 200
    assert november.rows("SELECT count(*) FROM limit_window WHERE form = 'guest'") == [(0,)]
