"""Each misbehaviour is what it is called, and nothing besides."""

import asyncio
import base64
from typing import Any

import pytest

from lkcap.demo.bank import BankServer, Fault, Way
from tests.demo.bank.shop import (
    BACK,
    MERCH,
    OF_2018,
    Shop,
    start,
)


async def with_fault(bank: BankServer, shop: Shop, fault: Fault, way: Way = Way.GOOD) -> Any:
    """The last message about a payment made under it, and its raw text."""
    bank.faults.add(fault)
    await bank.pay(start(bank), way)
    await bank.settled()
    return shop.told()[-1], shop.raw()[-1]


async def test_fault_wrong_merchant(bank: BankServer, shop: Shop):
    told, raw = await with_fault(bank, shop, Fault.WRONG_MERCHANT)
    assert told["merch_id"] != MERCH
    assert shop.signed_by(raw) == {"current"}


async def test_fault_bad_signature_looks_like_a_good_one(bank: BankServer, shop: Shop):
    told, raw = await with_fault(bank, shop, Fault.BAD_SIGNATURE)
    assert len(base64.b64decode(told["signature"])) == 256
    assert shop.signed_by(raw) == set()


async def test_fault_old_key(bank: BankServer, shop: Shop):
    _, raw = await with_fault(bank, shop, Fault.OLD_KEY)
    assert shop.signed_by(raw) == {"former"}


async def test_fault_order_of_2018(bank: BankServer, shop: Shop):
    told, raw = await with_fault(bank, shop, Fault.ORDER_2018)
    assert list(told) == OF_2018.split()
    assert shop.signed_by(raw) == {"current"}


@pytest.mark.parametrize("way", [Way.GOOD, Way.REFUSED])
async def test_fault_no_amount(bank: BankServer, shop: Shop, way: Way):
    told, _ = await with_fault(bank, shop, Fault.NO_AMOUNT, way)
    assert "amount" not in told


async def test_fault_no_merchant_trx(bank: BankServer, shop: Shop):
    told, _ = await with_fault(bank, shop, Fault.NO_MERCHANT_TRX)
    assert "merchant_trx" not in told


async def test_fault_unknown_parameters_are_signed_too(bank: BankServer, shop: Shop):
    told, raw = await with_fault(bank, shop, Fault.UNKNOWN_PARAMETERS)
    assert told["p.issuerName"] == "Учебный банк"
    assert shop.signed_by(raw) == {"current"}


async def test_fault_tail_stands_behind_a_genuine_signature(bank: BankServer, shop: Shop):
    _, raw = await with_fault(bank, shop, Fault.TAIL, Way.REFUSED)
    assert raw.endswith("&result_code=1")
    assert "result_code=2" in raw
    assert shop.signed_by(raw) == {"current"}


@pytest.mark.parametrize(("fault", "amount"), [(Fault.OVERPAID, 29439), (Fault.UNDERPAID, 9719)])
async def test_another_sum_is_what_the_bank_has_taken(
    bank: BankServer, shop: Shop, fault: Fault, amount: int
):
    told, _ = await with_fault(bank, shop, fault)
    assert told["amount"] == str(amount)
    assert bank.book[0].operation.amount == amount


@pytest.mark.parametrize(
    ("fault", "codes", "payments"),
    [
        (Fault.FAIL_FIRST, ["2", "1"], 1),
        (Fault.REORDER, ["1", "2"], 1),
        (Fault.SECOND_SUCCESS, ["1", "1"], 2),
    ],
)
async def test_two_operations_of_one_order(
    bank: BankServer, shop: Shop, fault: Fault, codes: list[str], payments: int
):
    await with_fault(bank, shop, fault)
    assert [one["result_code"] for one in shop.told()] == codes
    assert len({one["trx_id"] for one in shop.told()}) == 2
    assert len(bank.book) == payments


@pytest.mark.parametrize(("fault", "times"), [(Fault.REPEAT, 2), (Fault.TEN_AT_ONCE, 10)])
async def test_one_message_many_times(bank: BankServer, shop: Shop, fault: Fault, times: int):
    await with_fault(bank, shop, fault)
    assert len(shop.raw()) == times
    assert len(set(shop.raw())) == 1
    assert len(bank.book) == 1


async def test_ten_at_once_are_at_the_shop_together(bank: BankServer, shop: Shop):
    shop.gate.clear()
    bank.faults.add(Fault.TEN_AT_ONCE)
    paying = asyncio.create_task(bank.pay(start(bank)))
    async with shop.came:
        await shop.came.wait_for(lambda: len(shop.raw()) == 10)
    shop.gate.set()
    assert await paying == BACK
