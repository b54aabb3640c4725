"""A message goes on until the shop takes it or the bank gives up."""

import asyncio
from dataclasses import replace

from lkcap.demo.bank import BankServer, BankSettings, Fault, Way, running
from tests.demo.bank.shop import (
    BACK,
    REFUSED,
    TAKEN,
    Shop,
    start,
)


async def test_a_message_is_repeated_to_the_byte_until_the_shop_takes_it(
    bank: BankServer, shop: Shop
):
    shop.answers = [(500, TAKEN), (200, REFUSED), (200, "not XML")]
    assert await bank.pay(start(bank)) == BACK
    await bank.settled()
    assert len(shop.raw()) == 4
    assert len(set(shop.raw())) == 1
    assert bank.book[0].is_acknowledged


async def test_ten_at_once_that_are_not_taken_are_repeated_one_by_one(bank: BankServer, shop: Shop):
    bank.faults.add(Fault.TEN_AT_ONCE)
    shop.answers = [(500, "")]
    await bank.pay(start(bank))
    await bank.settled()
    assert len(shop.raw()) == 10 + 1


async def test_a_message_nobody_takes_is_given_up_and_the_money_stays(bank: BankServer, shop: Shop):
    shop.answers = [(200, REFUSED)] * 9
    await bank.pay(start(bank))
    await bank.settled()
    assert bank.attempt("KR-1").messages[-1].delivery == "given-up"
    assert len(shop.raw()) == 4
    assert (len(bank.book), bank.book[0].is_acknowledged) == (1, False)


async def test_a_shop_that_does_not_answer_in_time_is_asked_again(
    settings: BankSettings, shop: Shop
):
    shop.gate.clear()
    async with running(replace(settings, timeout=0.1, pauses=(0,))) as bank:
        await bank.pay(start(bank))
        await bank.settled()
        assert [one.status for one in bank.attempt("KR-1").messages[-1].sendings] == [None, None]
    shop.gate.set()


async def test_the_browser_may_come_back_before_the_message(settings: BankSettings, shop: Shop):
    """An hour before it: closing the bank ends the wait, and the shop hears nothing."""
    async with running(replace(settings, browser_lead=3600)) as bank:
        assert await bank.pay(start(bank), Way.EARLY) == BACK
        assert len(bank.book) == 1
    assert shop.told() == []


async def test_the_message_follows_the_browser(bank: BankServer, shop: Shop):
    await bank.pay(start(bank), Way.EARLY)
    await bank.settled()
    assert len(shop.told()) == 1


async def test_no_retry_outlives_the_bank(settings: BankSettings, shop: Shop):
    shop.answers = [(500, "")]
    async with running(replace(settings, pauses=(3600,))) as bank:
        await bank.pay(start(bank))
    assert len(shop.raw()) == 1
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [one for one in others if "Courier" in repr(one)]
