"""«Что будет, если…»: so much a month. Today is 22 November 2026, the next due day 15 December."""

from datetime import date

import pytest

from lkcap.accounts.plan import MONTHS_MAX, Outset, plan
from lkcap.config import DUE_DAYS
from lkcap.kit.money import Kopecks
from lkcap.kit.month import Month
from tests.accounts.conftest import ALICE, NUMBER, told
from tests.browserless import Browser, Page
from tests.factory import Books

TODAY = date(2026, 11, 22)
OPEN = Month(2026, 11)


def outset(**said: object) -> Outset:
    usual: dict[str, object] = {
        "today": TODAY,
        "owed": (),
        "advance": 0,
        "penalty": 0,
        "charged_until": OPEN,
        "contribution": 0,
        "due_days": DUE_DAYS,
    }
    return Outset(**usual | said)


def test_a_debt_is_gone_with_the_payment_that_covers_the_last_of_it():
    found = plan(outset(owed=((Month(2026, 10), 100_000),)), Kopecks(40_000))
    assert [step.day for step in found.steps] == [
        date(2026, 12, 15),
        date(2027, 1, 15),
        date(2027, 2, 15),
    ]
    assert [step.debt for step in found.steps] == [60_000, 20_000, 0]
    assert found.is_repaid


def test_the_penalty_on_the_way_is_debt_by_days_by_today_s_rate():
    # due on 16 November: 30 days of 600,00 by 15 January, then 31 days of 200,00
    found = plan(outset(owed=((Month(2026, 10), 100_000),)), Kopecks(40_000))
    assert [step.accrued for step in found.steps] == [0, 570, 196]


def test_an_old_debt_grows_from_today_to_the_payment():
    # 23 days at 9,5 %: 1000 × 9,5 % / 300 × 23 = 7,28
    found = plan(outset(owed=((Month(2026, 1), 100_000),)), Kopecks(200_000))
    assert (found.steps[0].accrued, found.steps[0].left) == (728, 0)


def test_the_penalty_is_paid_after_the_contributions_whose_day_has_come():
    state = outset(owed=((Month(2026, 10), 50_000), (OPEN, 50_000)), penalty=10_000)
    first, second = plan(state, Kopecks(105_000)).steps
    assert (first.debt, first.penalty) == (0, 5_000)
    assert (second.debt, second.penalty) == (0, 0)


def test_new_contributions_come_on_the_way_and_what_is_over_waits_for_them():
    state = outset(owed=((Month(2026, 10), 30_000), (OPEN, 10_000)), contribution=10_000)
    found = plan(state, Kopecks(25_000))
    # 30 days of the 50,00 that October still owed, and a day of November's 100,00
    assert [(step.debt, step.penalty) for step in found.steps] == [(15_000, 0), (0, 51), (0, 0)]


def test_an_advance_of_one_service_covers_the_debt_of_another():
    state = outset(owed=((Month(2026, 10), 30_000),), advance=20_000)
    assert state.overdue == 10_000
    assert plan(state, Kopecks(10_000)).steps[0].debt == 0


def test_a_debt_that_only_grows_ends_with_the_table():
    found = plan(outset(owed=((OPEN, 88_000),), contribution=88_000), Kopecks(50_000))
    assert len(found.steps) == MONTHS_MAX
    assert not found.is_repaid


@pytest.fixture
def ledger(books: Books) -> Books:
    books.house().account()
    for month in ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11"):
        books.entry(month)
    return books


async def asked(browser: Browser, books: Books, address: str, status: int = 200) -> Page:
    books.load()
    books.subscriber(ALICE, NUMBER)
    assert (await browser.login(ALICE)).status == 303
    return await browser.page(address, status)


async def test_the_end_of_the_debt_is_told_and_every_month_on_the_way(
    browser: Browser, ledger: Books
):
    page = await asked(browser, ledger, "/account/plan?monthly=2000")
    assert page.h1 == "Если платить по 2 000,00 ₽ в месяц, долга не станет в марте 2027 года"
    rows = page.table("plan")
    assert rows[1][:2] == ["15.12.2026", "2 000,00"]
    assert rows[-1][3:] == ["0,00", "0,00"]
    assert "Это оценка, а не обещание" in told(page)
    assert "по сегодняшней ставке 9,5 %" in told(page)


async def test_less_than_the_contribution_never_ends(browser: Browser, ledger: Books):
    page = await asked(browser, ledger, "/account/plan?monthly=500")
    assert page.h1.endswith("долг не погасится и за 10 лет")
    assert "Новый взнос 879,97 ₽ в месяц: чтобы долг уменьшался, платить нужно больше" in told(page)


async def test_without_a_sum_it_asks_for_one(browser: Browser, ledger: Books):
    page = await asked(browser, ledger, "/account/plan")
    assert page.h1 == "Что будет, если платить каждый месяц"
    # November is not late yet
    assert "Сейчас просрочено 3 519,88 ₽" in told(page)
    assert "plan" not in page.tables


async def test_a_closed_account_has_no_new_contributions(browser: Browser, books: Books):
    books.house().account(closed_on="2026-09-30").entry("2026-08", amount="100,00")
    page = await asked(browser, books, "/account/plan?monthly=200")
    assert "Новых взносов нет" in told(page)
    assert len(page.table("plan")) == 2


@pytest.mark.parametrize("monthly", ["", "-1", "0", "abc", "1,234", "1000000,01", "9" * 60])
async def test_a_sum_that_is_none_is_refused_and_kept(
    browser: Browser, ledger: Books, monthly: str
):
    page = await asked(browser, ledger, f"/account/plan?monthly={monthly}", status=422)
    assert page.title.startswith("Ошибка: ")
    assert page.all(".errors a[href='#monthly']")
    assert page.all("#monthly")[0].get("value", "") == monthly
    assert "plan" not in page.tables


async def test_nobody_plans_without_a_login(browser: Browser):
    answer = await browser.get("/account/plan?monthly=1500")
    assert (answer.status, answer.location) == (303, "/")


async def test_a_plan_is_of_the_chosen_account_alone(browser: Browser, ledger: Books):
    ledger.account("86000000025", premises="28").load()
    ledger.subscriber("bob@example.com", "86000000025")
    await browser.login("bob@example.com")
    page = await browser.page(f"/account/plan?monthly=1500&account={NUMBER}")
    assert "Просроченного долга сейчас нет" in told(await browser.page("/account/plan"))
    assert "3 519,88" not in told(page)
