"""The front page: three ways in, and what a stranger should know before he begins."""

import pytest

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit.month import Month
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]


async def test_the_three_ways_in_stand_under_the_manual_s_names(browser: Browser):
    page = await browser.page("/")
    for name in ("Оплата без регистрации", "Зарегистрироваться", "Забыли пароль?", "Войти"):
        assert name in page.text, name
    assert {"/pay", "/register", "/restore", "/privacy", "/guide", "/verify", "/fund"} <= set(
        page.links
    )


async def test_an_account_s_number_leads_to_its_sums_at_once(browser: Browser, books: Books):
    books.house().account().entry("2026-10").load()
    answer = await browser.post("/pay", account="8600 0000 017")
    assert answer.status == 200
    assert 87997 in answer.page.amounts


async def test_the_two_latest_articles_are_named(browser: Browser, publish):
    for title in ("Первая", "Вторая", "Третья"):
        publish(title)
    links = [one.text for one in (await browser.page("/")).all("a[href^='/news/']")]
    assert links == ["Третья", "Вторая"]


async def test_news_of_one_town_is_not_for_a_stranger(browser: Browser, publish):
    publish("Про крыши", town="г. Северореченск")
    assert "Новости" not in (await browser.page("/")).text


async def test_a_wrong_password_keeps_the_whole_page(browser: Browser, publish):
    publish("Первая")
    answer = await browser.login("nobody@example.com")
    answer.page.check()
    assert answer.status == 422
    assert "Первая" in answer.page.text
    assert answer.page.title.startswith("Ошибка: ")


@pytest.mark.parametrize(
    ("terms", "told"),
    [("2014-09:10", "До 10-го числа"), ("2014-09:31", "До конца месяца")],
)
async def test_the_due_day_is_the_one_that_is_set(
    database: str, opened: Opener, terms: str, told: str
):
    browser = await opened(make_app(Config(**settings(database, due_day=terms))))
    assert told in (await browser.page("/")).text


async def test_the_due_day_is_that_of_the_month_to_be_paid(config: Config, browser: Browser):
    assert config.due_day.of(Month(2026, 10)) == 15
    assert "До 15-го числа" in (await browser.page("/")).text


async def test_the_ways_without_a_fee_come_from_the_settings(database: str, opened: Opener):
    said = {"fee_free_text": "В кассе фонда.", "fee": {"percent": "1.50"}}
    page = await (await opened(make_app(Config(**settings(database, **said))))).page("/")
    assert "В кассе фонда." in page.text
    assert "Комиссия" not in page.text, "no bank is chosen"
