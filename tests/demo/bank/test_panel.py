"""The panel, by the forms a person would send."""

import re

import pytest

from lkcap.demo.bank import BankServer, Fault, Way
from lkcap.demo.bank.faults import STORIES
from tests.demo.bank.shop import BACK, TAKEN, Shop, get, init, json_of, post, start


async def test_a_silent_bank_tells_when_the_button_is_pressed(bank: BankServer, shop: Shop):
    await post(f"{bank.url}/panel/faults", {"fault": "silent"})
    assert await bank.pay(start(bank)) == BACK
    assert shop.told() == []
    attempt = bank.attempt("KR-1")
    assert attempt.messages[1].delivery == "held"
    await post(f"{bank.url}/panel/{attempt.id}/messages/1", {"copies": "1"})
    assert len(shop.told()) == 1
    assert bank.book[0].is_acknowledged


async def test_a_failure_may_be_told_after_a_success_of_the_same_operation(
    bank: BankServer, shop: Shop
):
    await bank.pay(start(bank))
    attempt = bank.attempt("KR-1")
    await post(f"{bank.url}/panel/{attempt.id}/messages", {"result": "refused"})
    success, failure = shop.told()
    assert success["trx_id"] == failure["trx_id"]
    assert [success["result_code"], failure["result_code"]] == ["1", "2"]
    assert len(bank.book) == 1


async def test_a_second_payment_may_be_made_later(bank: BankServer, shop: Shop):
    await bank.pay(start(bank))
    attempt = bank.attempt("KR-1")
    form = {"result": "paid", "new": "yes", "fault": "old-key"}
    await post(f"{bank.url}/panel/{attempt.id}/messages", form)
    assert len(bank.book) == 2
    assert shop.signed_by(shop.raw()[-1]) == {"former"}


async def test_a_fault_of_one_attempt_is_not_of_another(bank: BankServer, shop: Shop):
    pages = [await bank.payer.open(start(bank)) for _ in range(2)]
    first = pages[0].rpartition("/")[2]
    await post(f"{bank.url}/panel/{first}/faults", {"fault": "no-merchant-trx"})
    for page in pages:
        await bank.payer.submit(page, Way.GOOD)
    assert ["merchant_trx" in one for one in shop.told()] == [False, True]


async def test_the_panel_lists_attempts_and_messages_with_their_answers(
    bank: BankServer, shop: Shop
):
    await bank.pay(start(bank))
    attempt = bank.attempt("KR-1")
    assert f"/panel/{attempt.id}" in (await get(f"{bank.url}/panel"))[1]
    status, page = await get(f"{bank.url}/panel/{attempt.id}")
    assert status == 200
    assert "&lt;register-payment-response&gt;" in page
    told = (await json_of(f"{bank.url}/panel.json"))["attempts"][0]
    assert [one["kind"] for one in told["messages"]] == ["check", "register"]
    assert told["messages"][1]["answers"][0]["answer"] == TAKEN


async def test_an_unknown_fault_is_refused(bank: BankServer):
    assert (await post(f"{bank.url}/panel/faults", {"fault": "nonsense"}))[0] == 400
    assert bank.faults == set()


async def test_pages_hold_no_script_no_style_and_no_foreign_host(bank: BankServer, shop: Shop):
    page = await bank.payer.open(start(bank))
    pages = [page, f"{bank.url}/panel", page.replace("/pay/", "/panel/")]
    await get(page + "?card=4111111111111111")
    for url in pages:
        text = (await get(url))[1]
        assert "<h1" in text
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)
        assert not re.search(r"""(href|src|action)=["']?(https?:)?//""", text)


@pytest.mark.parametrize("fault", sorted(STORIES))
async def test_a_story_of_the_page_is_not_told_by_one_message(bank: BankServer, fault: Fault):
    await bank.pay(start(bank))
    attempt = bank.attempt("KR-1")
    form = {"result": "paid", "fault": fault.value}
    assert (await post(f"{bank.url}/panel/{attempt.id}/messages", form))[0] == 400
    assert len(attempt.messages) == 2


async def test_sngb_takes_the_money_of_a_payment_once(bank: BankServer):
    await bank.pay(await init(bank))
    attempt = bank.book[0].attempt
    form = {"result": "paid", "new": "yes"}
    assert (await post(f"{bank.url}/panel/{attempt.id}/messages", form))[0] == 409
    assert len(bank.book) == 1
