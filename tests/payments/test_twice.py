"""A form that is sent twice pays once; what is another payment is another order."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lkcap.demo.bank import Way
from lkcap.kit.workers import Workers
from tests.browserless import Page
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, NUMBER

SUMS = {"principal": "879,97", "penalty": "0,32"}


@pytest.fixture(params=["gpb", "sngb"])
async def shop(
    request: pytest.FixtureRequest, november: Books, workers: Workers, tmp_path: Path
) -> AsyncIterator[Shop]:
    november.load()
    november.subscriber(ALICE, NUMBER)
    async with open_shop(november, workers, tmp_path, bank=request.param) as shop:
        await shop.browser.login(ALICE)
        yield shop


def name_of(page: Page) -> str:
    return str(page.all("input[name=form]")[0].get("value"))


async def form_name(shop: Shop) -> str:
    return name_of(await shop.browser.page("/payment"))


def orders(shop: Shop) -> int:
    return len(shop.books.rows("SELECT order_id FROM payment_order"))


async def test_five_clicks_at_once_lead_to_one_page_of_the_bank(shop: Shop):
    page = await shop.browser.page("/payment")
    fields = SUMS | {"form": name_of(page)}
    sent = await asyncio.gather(
        *(shop.browser.post("/payment", csrf=page.csrf[0], **fields) for _ in range(5))
    )
    assert {(one.status, one.location) for one in sent} == {(303, sent[0].location)}
    assert orders(shop) == 1


async def test_a_guest_s_form_is_one_order_too(shop: Shop):
    answer = await shop.browser.post("/pay", account=NUMBER)
    fields = SUMS | {"form": name_of(answer.page), "account": NUMBER}
    first, second = [await shop.browser.post("/pay", **fields) for _ in range(2)]
    assert first.location == second.location
    assert orders(shop) == 1


async def test_other_sums_in_the_same_form_are_another_payment(shop: Shop):
    name = await form_name(shop)
    first = await shop.start(form=name)
    assert (await shop.start("1,00", form=name)).location != first.location
    assert orders(shop) == 2


async def test_the_same_sums_in_a_new_form_are_another_payment(shop: Shop):
    for _ in range(2):
        await shop.start(form=await form_name(shop))
    assert orders(shop) == 2


@pytest.mark.parametrize("name", ["", "x" * 65])
async def test_a_form_without_a_name_is_always_new(shop: Shop, name: str):
    for _ in range(2):
        assert (await shop.start(form=name)).status == 303
    assert orders(shop) == 2


async def test_what_is_paid_is_not_paid_again_by_its_form(shop: Shop):
    name = await form_name(shop)
    result = await shop.pay(penalty="", form=name)
    assert (await shop.start(penalty="", form=name)).location == result
    assert orders(shop) == 1


@pytest.mark.parametrize("way", [Way.REFUSED, Way.CANCEL])
async def test_what_did_not_pass_may_be_tried_again_by_its_form(shop: Shop, way: Way):
    name = await form_name(shop)
    await shop.pay(way, form=name)
    await shop.pay(form=name)
    assert orders(shop) == 2
    assert sum(amount for _, amount in shop.entries()) == 88029


async def test_after_a_while_the_form_begins_anew(shop: Shop):
    name = await form_name(shop)
    await shop.start(form=name)
    shop.books.rows("UPDATE payment_order SET created_at = now() - interval '11 minutes'")
    await shop.start(form=name)
    assert orders(shop) == 2
