"""Gazprombank's result, to the byte, and its refunds."""

import asyncio
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import pytest

from lkcap.demo.bank import BankServer, BankSettings, GpbTerms, Way, gpb
from lkcap.demo.bank.bank import Bank
from lkcap.demo.bank.keys import load_keys
from lkcap.demo.bank.model import Attempt, Operation, Result, Wire
from lkcap.demo.bank.wire import basic
from tests.demo.bank.shop import (
    BACK,
    MERCH,
    OF_2024,
    Shop,
    get,
    json_of,
    start,
)


async def test_a_good_card_is_registered_and_both_books_agree(bank: BankServer, shop: Shop):
    assert await bank.pay(start(bank)) == BACK
    (told,) = shop.told()
    assert shop.signed_by(shop.raw()[0]) == {"current"}
    assert shop.passwords[-1] == basic("bank", "secret")
    (line,) = await json_of(f"{bank.url}/book.json")
    assert (line["order"], line["amount"], line["fee"]) == ("KR-1", 19439, 1500)
    assert line["trx_id"] == told["trx_id"] == bank.attempt("KR-1").id
    assert told["amount"] == str(line["amount"])
    assert line["acknowledged"] is True


async def test_the_register_has_the_order_of_2024_and_a_blank_after_the_rrn(
    bank: BankServer, shop: Shop
):
    await bank.pay(start(bank))
    assert [name for name, _ in parse_qsl(shop.raw()[0])] == OF_2024.split()
    assert re.search(r"&p\.rrn=\d{11}\+&", shop.raw()[0])


async def test_a_success_is_signed_to_the_byte_of_the_protocol(settings: BankSettings):
    """A worked example of the protocol: the SHA-1 of what is signed."""
    at = datetime(2026, 1, 30, 11, 15, 2, tzinfo=UTC)
    operation = Operation(
        "FA4E000000000000000000000000A001",
        Result.PAID,
        1234556,
        at,
        "603012345678",
        "A1B2C3",
        "220070xxxxxx0001",
        "MIR",
    )
    prefix = registered(settings, operation, "9f1c2d3e", at.replace(second=3))
    assert len(prefix) == 427
    digest = hashlib.sha1(prefix.encode()).hexdigest()
    assert digest == "b5b24b5a58da2551d66e4b159a1370317b660498"


async def test_a_cancel_is_signed_to_the_byte_of_the_protocol(settings: BankSettings):
    at = datetime(2026, 1, 30, 11, 20, 41, tzinfo=UTC)
    operation = Operation("FA4E000000000000000000000000A002", Result.CANCELLED, 1234556, at)
    prefix = registered(settings, operation, "7a7b7c7d", at)
    assert len(prefix) == 295
    digest = hashlib.sha1(prefix.encode()).hexdigest()
    assert digest == "0e464ad62b307450f7318d50e9d134b7964c9dc5"


def registered(settings: BankSettings, operation: Operation, trx: str, now: datetime) -> str:
    terms = GpbTerms(
        "FA4E0000000000000000000000000001", "", "https://localhost:8443/pay/gpb/register"
    )
    bank = Bank(replace(settings, gpb=terms, now=lambda: now), load_keys(settings.data))
    order = {"o.order_id": "KR-2026-000123"}
    attempt = Attempt("", Wire.GPB, "", now, "", "", order, merchant_trx=trx)
    attempt.account_id = "FA4E0000000000000000000000000002"
    message = gpb.register(bank, terms, attempt, operation, set())
    return message.url.partition("&signature=")[0]


@pytest.mark.parametrize(
    ("way", "code"), [(Way.REFUSED, "PAYMENT_REJECTED"), (Way.CANCEL, "USER_CANCEL")]
)
async def test_a_failure_is_told_with_its_reason_and_takes_nothing(
    bank: BankServer, shop: Shop, way: Way, code: str
):
    assert await bank.pay(start(bank), way) == BACK + "&no=1"
    (told,) = shop.told()
    assert (told["result_code"], told["ext_result_code"]) == ("2", code)
    assert "p.rrn" not in told
    assert bank.book == []


async def test_sbp_succeeds_without_card_and_rrn(bank: BankServer, shop: Shop):
    assert await bank.pay(start(bank), Way.SBP) == BACK
    (told,) = shop.told()
    assert told["result_code"] == "1"
    assert not told.keys() & {"p.rrn", "p.authcode", "p.maskedPan"}
    assert len(bank.book) == 1


async def test_a_slow_card_is_paid_in_the_end(bank: BankServer):
    assert await bank.pay(start(bank), Way.SLOW) == BACK
    assert len(bank.book) == 1


async def test_a_button_pressed_twice_pays_once(bank: BankServer, shop: Shop):
    page = await bank.payer.open(start(bank))
    ways = await asyncio.gather(*(bank.payer.submit(page, Way.GOOD) for _ in range(5)))
    assert set(ways) == {BACK}
    assert (len(bank.book), len(shop.told())) == (1, 1)


async def test_a_payer_who_came_twice_has_two_operations(bank: BankServer, shop: Shop):
    pages = [await bank.payer.open(start(bank)) for _ in range(2)]
    for page in pages:
        await bank.payer.submit(page, Way.GOOD)
    first, second = shop.told()
    assert first["trx_id"] != second["trx_id"]
    assert first["p.rrn"] != second["p.rrn"]
    assert len(bank.book) == 2


async def refund(bank: BankServer, amount: int, *, password: str = "refunds") -> tuple[int, str]:
    operation = bank.book[0].operation
    asked = urlencode(
        {"trx_id": operation.trx_id, "p.rrn": operation.rrn.strip(), "amount": amount}
    )
    return await get(f"{bank.url}/merchantapi/refund?{asked}", basic(MERCH, password))


async def test_a_refund_may_be_partial_but_not_more_than_was_paid(bank: BankServer):
    await bank.pay(start(bank))
    said = [(await refund(bank, amount))[1] for amount in (10000, 9440, 9439, 1, 0)]
    assert [re.search(r"<code>(\d)", one)[1] for one in said] == ["1", "2", "1", "2", "2"]
    assert bank.book[0].refunded == 19439


async def test_a_refund_names_the_rrn_of_the_payment(bank: BankServer):
    await bank.pay(start(bank))
    asked = urlencode({"trx_id": bank.attempt("KR-1").id, "p.rrn": "1", "amount": 1})
    answer = await get(f"{bank.url}/merchantapi/refund?{asked}", basic(MERCH, "refunds"))
    assert "<code>2</code><desc>wrong rrn</desc>" in answer[1]


async def test_a_refund_needs_the_password(bank: BankServer):
    await bank.pay(start(bank))
    assert (await refund(bank, 1, password="wrong"))[0] == 401
    assert bank.book[0].refunded == 0
