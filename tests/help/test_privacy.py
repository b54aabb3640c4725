"""The policy tells of this fund, and of what the site really does."""

from lkcap.app import make_app
from lkcap.config import Config
from tests.browserless import Browser
from tests.conftest import settings
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]


async def test_the_operator_is_the_fund_of_the_settings(database: str, opened: Opener):
    fund = {"name": "Фонд «Проба»", "inn": "8600000014", "email": "lk@example.ru", "address": "Тут"}
    page = await (await opened(make_app(Config(**settings(database, fund=fund))))).page("/privacy")
    for fact in fund.values():
        assert fact in page.text, fact
    assert "152-ФЗ" in page.text


async def test_every_cookie_that_is_set_is_told_and_no_other(reader: Browser):
    await reader.get("/?vision=large")
    told = {one.text for one in (await reader.page("/privacy")).all("#cookies dt")}
    assert told == {cookie.key for cookie in reader.http.cookie_jar}


async def test_the_terms_are_those_that_are_kept(browser: Browser):
    text = (await browser.page("/privacy")).text
    for term in ("через 90 дней", "365 дней", "12 часов", "30 дней"):
        assert term in text, term


async def test_a_bank_is_named_only_where_cards_are_taken(browser: Browser):
    assert "Имя, адрес и номер счёта банку" not in (await browser.page("/privacy")).text


async def test_every_page_leads_to_the_policy_and_the_guide(browser: Browser):
    for path in ("/", "/news", "/pay", "/fund", "/register", "/guide"):
        assert {"/privacy", "/guide"} <= set((await browser.page(path)).links), path
