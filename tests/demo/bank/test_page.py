"""What the payer meets: the shop is asked, the page, its refusals."""

import re

import pytest

from lkcap.demo.bank import BankServer, Way
from lkcap.demo.bank.cards import CARDS
from lkcap.demo.bank.wire import basic
from tests.demo.bank.shop import AVAILABLE, BACK, MERCH, OUT_OF_STOCK, Shop, get, post, start


async def test_the_check_is_asked_in_the_order_and_the_escapes_of_2024(
    bank: BankServer, shop: Shop
):
    await bank.payer.open(start(bank, **{"o.note": "а *~"}))
    trx = bank.attempt("KR-1").id
    assert shop.raw("/check") == [
        f"merch_id={MERCH}&trx_id={trx}&o.order_id=KR-1&o.note=%D0%B0+*%7E&ts=20261122+23%3A30%3A05"
    ]
    assert shop.passwords == [basic("bank", "secret")]


async def test_the_page_shows_what_the_shop_answered_and_adds_the_fee(bank: BankServer):
    status, page = await get(await bank.payer.open(start(bank)))
    assert status == 200
    assert "Взнос &amp; пеня" in page
    assert re.findall(r'id="(\w+)"><data value="(\d+)">', page) == [
        ("amount", "19439"),
        ("fee", "1500"),
        ("total", "20939"),
    ]


async def test_a_refusal_of_the_shop_is_shown_and_nothing_follows(bank: BankServer, shop: Shop):
    shop.check = OUT_OF_STOCK
    page = await bank.payer.open(start(bank))
    assert "Expired" in (await get(page))[1]
    assert await bank.payer.submit(page, Way.GOOD) == BACK + "&no=1"
    assert (shop.told(), bank.book) == ([], [])


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<amount>19439", "<amount>194.39"),
        ("<amount>19439", "<amount>0"),
        ("<currency>643", "<currency>RUB"),
        ("Взнос на капитальный", "Взнос на очень капитальный" * 9),
        ("</purchase>", ""),
        ("<code>1", "<code>OK"),
    ],
)
async def test_an_answer_the_bank_cannot_read_ends_the_attempt(
    bank: BankServer, shop: Shop, was: str, becomes: str
):
    shop.check = AVAILABLE.replace(was, becomes)
    await bank.pay(start(bank))
    assert bank.attempt("KR-1").refusal.startswith("CPA_FAILED")
    assert bank.book == []


@pytest.mark.parametrize(
    "more", [{"merch_id": "stranger"}, {"back_url_s": "/here"}, {"o.x": "x" * 129}]
)
async def test_a_senseless_start_asks_the_shop_nothing(
    bank: BankServer, shop: Shop, more: dict[str, str]
):
    assert (await get(start(bank, **more)))[0] == 400
    assert shop.asked == []


async def test_a_parameter_given_twice_asks_the_shop_nothing(bank: BankServer, shop: Shop):
    assert (await get(start(bank) + "&o.order_id=KR-2"))[0] == 400
    assert shop.asked == []


async def test_a_card_is_good_to_the_end_of_its_month(bank: BankServer):
    """In Moscow it is November 2026."""
    page = await bank.payer.open(start(bank))
    form = {"number": CARDS[Way.GOOD].number, "month": "10", "year": "26", "code": "123"}
    assert (await post(page, form))[0] == 422
    assert (await post(page, form | {"month": "11"}))[0] == 303


async def test_a_misprint_in_the_card_is_told_beside_the_kept_form(bank: BankServer):
    page = await bank.payer.open(start(bank))
    form = {"number": "2200700000000000", "month": "13", "year": "20", "code": "12"}
    status, text = await post(page, form | {"action": "pay"})
    assert status == 422
    assert re.findall(r'id="(\w+)-error"', text) == ["number", "month", "code"]
    assert 'value="2200700000000000"' in text
    assert bank.book == []
