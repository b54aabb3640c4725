"""Sums typed before the session ended: shown again with their own total, and not paid by that."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lkcap.kit.returning import KEPT, WORDS
from lkcap.kit.workers import Workers
from tests.browserless import Page
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, NUMBER


@pytest.fixture
async def shop(november: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    november.load()
    november.subscriber(ALICE, NUMBER)
    async with open_shop(november, workers, tmp_path) as shop:
        await shop.browser.login(ALICE)
        yield shop


async def returned(shop: Shop, **sums: str) -> Page:
    """The payment page after a form that came late, and a login."""
    page = await shop.browser.page("/payment")
    shop.books.rows("UPDATE login_session SET seen_at = now() - interval '13 hours'")
    name = page.all("input[name=form]")[0].get("value", "")
    answer = await shop.browser.post("/payment", csrf=page.csrf[0], form=name, **sums)
    assert answer.location == "/"
    assert KEPT in (await shop.browser.page("/")).text
    assert (await shop.browser.login(ALICE)).location == "/payment"
    return await shop.browser.page("/payment")


async def test_the_sums_are_there_with_their_total(shop: Shop):
    page = await returned(shop, principal="500", penalty="0,32")
    assert WORDS["late"] in page.text
    shown = {name: page.all(f"[name={name}]")[0].get("value") for name in ("principal", "penalty")}
    assert shown == {"principal": "500", "penalty": "0,32"}
    assert page.all("[data-sum=total] data")[0].get("value") == "50032"
    assert shop.books.rows("SELECT count(*) FROM payment_order") == [(0,)]


async def test_a_sum_that_is_none_is_told_at_once(shop: Shop):
    page = await returned(shop, principal="пятьсот", penalty="")
    assert "Введите сумму в рублях" in page.text
    assert page.all("[name=principal]")[0].get("value") == "пятьсот"


async def test_they_are_paid_by_the_button(shop: Shop):
    page = await returned(shop, principal="500", penalty="")
    name = page.all("input[name=form]")[0].get("value", "")
    answer = await shop.start("500", "", csrf=page.csrf[0], form=name)
    assert answer.status == 303
    assert shop.books.rows("SELECT principal, penalty FROM payment_order") == [(50000, 0)]
