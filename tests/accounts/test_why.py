"""«Почему столько?»: what stands behind the numbers of a month. Today is 22 November 2026."""

import pytest

from lkcap.kit.money import parse_roubles
from tests.accounts.conftest import ALICE, NUMBER, told
from tests.browserless import Browser, Page
from tests.factory import Books

BOB, BOBS = "bob@example.com", "86000000025"
WHY, PENALTY = "/account/why?period=", "/account/why?kind=penalty&period="


@pytest.fixture
def ledger(books: Books) -> Books:
    return books.house().account()


async def asked(browser: Browser, books: Books, address: str, status: int = 200) -> Page:
    """Load what the test wrote, log Alice in, ask."""
    books.load()
    books.subscriber(ALICE, NUMBER)
    assert (await browser.login(ALICE)).status == 303
    return await browser.page(address, status)


def adds_up(page: Page) -> None:
    """Every column sum of the page ends with the sum of its lines."""
    sums = page.all("table.sum")
    assert sums
    for table in sums:
        amounts = [int(one.get("value")) for one in table.cssselect("data")]
        ends = [int(one.get("value")) for one in table.cssselect("tfoot data")]
        in_cells = [int(one.get("value")) for one in table.cssselect("td > data")]
        assert sum(in_cells[:-1]) == ends[0], (amounts, ends)


async def test_a_charge_is_explained_by_rate_area_and_share(browser: Browser, books: Books):
    books.house().account(share="1/3").entry("2026-10", amount="293,32")
    books.add("tariffs", {"house_id": "H-1"}, valid_from="2026-01-01", rate="17,12")
    books.add("tariffs", {"house_id": "H-1"}, valid_from="2026-11-01", rate="18,00")
    page = await asked(browser, books, f"{WHY}2026-10")
    assert page.h1 == "Взнос за октябрь 2026: 293,32 ₽"
    text = told(page)
    assert "17,12 ₽ × 51,4 м² × 1/3 = 293,32 ₽" in text
    assert "тариф дома с 1 января 2026 г., следующий с 1 ноября 2026 г." in text
    assert "сходится с формулой до копейки" in text
    adds_up(page)


async def test_the_open_month_s_contribution_is_told_unless_asked(browser: Browser, ledger: Books):
    page = await asked(browser, ledger.entry("2026-11"), "/account/why")
    assert page.h1 == "Взнос за ноябрь 2026: 879,97 ₽"
    assert "указан в карточке дома, без даты" in told(page)


@pytest.mark.parametrize(
    ("charged", "words"), [("879,98", "на 0,01 ₽ больше"), ("800,00", "на 79,97 ₽ меньше")]
)
async def test_a_charge_that_the_formula_does_not_give_is_said_so(
    browser: Browser, ledger: Books, charged: str, words: str
):
    page = await asked(browser, ledger.entry("2026-10", amount=charged), f"{WHY}2026-10")
    assert f"Фонд начислил {words}, чем даёт формула. Почему, знает только фонд" in told(page)
    assert page.all("table.sum tr")[1].text_content().strip().startswith("Разница")
    adds_up(page)


async def test_what_changed_inside_the_month_is_told(browser: Browser, ledger: Books):
    ledger.account(valid_from="2026-10-16", area="60").entry("2026-10", amount="950,00")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    assert "17,12 ₽ × 60 м² = 1 027,20 ₽" in told(page)
    assert "менялись в этом месяце: могли считать по дням" in told(page)


async def test_services_rounded_apart_miss_by_a_kopeck_and_are_right(
    browser: Browser, ledger: Books
):
    ledger.entry("2026-10", amount="439,98").entry("2026-10", amount="439,98", service="Второй")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    assert "каждая округляется отдельно" in told(page)
    adds_up(page)


@pytest.mark.parametrize(
    ("house", "account", "words"),
    [
        ({}, {"area": ""}, "у нас нет данных о площади"),
        ({"rate": ""}, {}, "у нас нет данных о размере взноса"),
        ({"fund_method": "special_other"}, {}, "взнос считает владелец этого счёта, не фонд"),
    ],
)
async def test_what_is_not_known_is_not_counted(
    browser: Browser, books: Books, house: dict[str, str], account: dict[str, str], words: str
):
    books.house(**house).account(**account).entry("2026-10")
    assert words in told(await asked(browser, books, f"{WHY}2026-10"))


async def test_recalculations_acts_and_payments_stand_with_their_papers(
    browser: Browser, ledger: Books
):
    ledger.entry("2026-09").entry("2026-10")
    ledger.entry("2026-10", op="act", amount="-300,00", document="акт № 7", for_period="2026-09")
    ledger.entry("2026-10", op="payment", amount="500,00", document="п/п 12")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    assert page.h1 == "Взнос за октябрь 2026: 579,97 ₽"
    text = told(page)
    assert "Перерасчёт по акту 20.10.2026, акт № 7, за сентябрь 2026 −300,00" in text
    assert "Платёж 20.10.2026, п/п 12" in text
    assert "Стало 959,94" in text
    assert "Начисление сходится с формулой" in text, "an act is not a mistake of the charge"
    adds_up(page)


async def test_a_charge_for_another_month_is_not_held_against_this_one(
    browser: Browser, ledger: Books
):
    ledger.entry("2026-09").entry("2026-10")
    ledger.entry("2026-10", amount="-879,97", document="сторно", for_period="2026-09")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    assert "Начисление сходится с формулой" in told(page)
    adds_up(page)


async def test_the_receipt_s_sum_is_explained_where_there_is_a_receipt(
    browser: Browser, ledger: Books
):
    ledger.entry("2026-10").entry("2026-10", kind="penalty", amount="0,32").entry("2026-11")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    assert "это взнос 879,97 ₽ и пеня 0,32 ₽" in told(page)
    assert "/receipts/2026-10.pdf" in page.links
    now = await browser.page("/account/why")
    assert "Сейчас это взнос 1 759,94 ₽ и пеня 0,32 ₽" in told(now)
    assert not [link for link in now.links if link.endswith(".pdf")]


async def test_a_penalty_is_debt_by_days_by_rate(browser: Browser, ledger: Books):
    # due on 15 September 2026, so the first penalty day is 16 October: 16 days by its end
    ledger.entry("2026-08", amount="1000,00")
    ledger.entry("2026-10", kind="penalty", amount="5,07")
    page = await asked(browser, ledger, f"{PENALTY}2026-10")
    assert page.h1 == "Пеня за октябрь 2026: 5,07 ₽"
    row, total = page.table("why-penalty")[1:]
    days = "16 с 16.10.2026"
    assert row == ["август 2026", "1 000,00", "15.09.2026", days, "9,5 %", "5,07"]
    assert total == ["Итого", "5,07"]
    assert "сходится с расчётом до копейки" in told(page)
    assert "14 %, но применяется не выше 9,5 %: ПП РФ от 26.03.2022 № 474" in told(page)
    adds_up(page)


async def test_a_difference_of_the_penalty_is_said_plainly(browser: Browser, ledger: Books):
    ledger.entry("2026-08", amount="1000,00")
    ledger.entry("2026-10", kind="penalty", amount="7,00")
    page = await asked(browser, ledger, f"{PENALTY}2026-10")
    text = told(page)
    assert "Фонд начислил на 1,93 ₽ больше, чем выходит по расчёту" in text
    assert "Платить нужно то, что начислил фонд" in text
    assert "начислил 7,00 ₽ пени, по расчёту выходит 5,07 ₽, разница 1,93 ₽" in text
    adds_up(page)


async def test_what_was_counted_before_the_month_is_taken_off(browser: Browser, ledger: Books):
    ledger.entry("2026-07", amount="1000,00")
    ledger.entry("2026-09", kind="penalty", amount="5,70")
    ledger.entry("2026-10", kind="penalty", amount="9,50")
    ledger.entry("2026-10", op="payment", amount="1000,00", for_period="2026-07")
    page = await asked(browser, ledger, f"{PENALTY}2026-10")
    assert page.table("why-penalty")[1][0] == "июль 2026 погашено 20.10.2026"
    adds_up(page)


async def test_days_of_a_moratorium_are_marked(browser: Browser, ledger: Books):
    ledger.entry("2020-02", amount="1000,00")
    ledger.entry(
        "2021-01", op="payment", amount="1000,00", posted_on="2021-01-10", for_period="2020-02"
    )
    page = await asked(browser, ledger, f"{PENALTY}2021-01")
    (row,) = page.table("why-penalty")[1:-1]
    # the vector of the rule: 10 days at 4,25 %
    assert row[3].startswith("10 ")
    assert row[5] == "1,42"
    text = told(page)
    assert "Не считаются 266 дней с 10.04.2020 по 31.12.2020: ПП РФ от 02.04.2020 № 424" in text


async def test_an_open_month_s_penalty_that_is_still_to_be_charged_is_no_mistake(
    browser: Browser, ledger: Books
):
    page = await asked(browser, ledger.entry("2026-08"), "/account/why?kind=penalty")
    assert "пеню за него фонд ещё не начислил" in told(page)
    adds_up(page)


async def test_a_month_without_a_penalty_says_so(browser: Browser, ledger: Books):
    page = await asked(browser, ledger.entry("2026-10"), f"{PENALTY}2026-10")
    assert "пеня не начислялась, и по расчёту её нет" in told(page)
    assert "Долгов, по которым уже идёт пеня, в этом месяце не было" in told(page)


async def test_the_month_s_lines_end_with_the_statement_s_balance(browser: Browser, ledger: Books):
    ledger.entry("2026-09").entry("2026-10", op="correction", amount="-900,00").entry("2026-10")
    page = await asked(browser, ledger, f"{WHY}2026-10")
    statement = await browser.page("/statement?mode=general&from=2026-10&to=2026-10")
    closing = parse_roubles(statement.table("statement")[-1][-1].split(" пере")[0])
    last = page.all("table.sum tfoot data")[-1]
    assert int(last.get("value")) == closing


async def test_an_account_nothing_was_booked_on_has_nothing_to_explain(
    browser: Browser, ledger: Books
):
    page = await asked(browser, ledger, "/account/why")
    assert page.h1 == "Объяснять пока нечего"


async def test_nobody_reads_it_without_a_login(browser: Browser):
    answer = await browser.get("/account/why")
    assert (answer.status, answer.location) == (303, "/")


async def test_a_neighbour_s_numbers_are_his_own(browser: Browser, ledger: Books):
    ledger.account(BOBS, premises="28").entry("2026-10", document="бумага Алисы")
    ledger.entry("2026-10", account=BOBS, amount="111,11")
    ledger.load()
    ledger.subscriber(BOB, BOBS)
    await browser.login(BOB)
    page = await browser.page(f"{WHY}2026-10&account={NUMBER}")
    assert page.h1 == "Взнос за октябрь 2026: 111,11 ₽"
    assert "бумага Алисы" not in told(page)


@pytest.mark.parametrize("kind", ["principal", "penalty"])
async def test_a_new_owner_is_told_nothing_older(browser: Browser, ledger: Books, kind: str):
    ledger.entry("2026-05", amount="777,00", document="тайна").entry("2026-11")
    ledger.account(valid_from="2026-10-01", last_name="Новосёлов", first_name="Борис")
    ledger.load()
    ledger.subscriber(BOB, NUMBER)
    await browser.login(BOB)
    await browser.page(f"/account/why?kind={kind}&period=2026-09", status=404)
    page = await browser.page(f"/account/why?kind={kind}&period=2026-10")
    assert "тайна" not in page.html
    assert "май 2026" not in told(page)


@pytest.mark.parametrize("query", ["kind=court", "period=2026-13", "period=now"])
async def test_a_senseless_question_is_refused(browser: Browser, ledger: Books, query: str):
    await asked(browser, ledger.entry("2026-10"), f"/account/why?{query}", status=422)


@pytest.mark.parametrize("period", ["2026-09", "2026-12", "2199-12", "1990-01"])
async def test_there_is_nothing_before_the_account_or_after_today(
    browser: Browser, ledger: Books, period: str
):
    await asked(browser, ledger.entry("2026-10"), f"{WHY}{period}", status=404)
