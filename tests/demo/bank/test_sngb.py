"""СНГБ: init, notification, state, refunds."""

import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest

from lkcap.demo.bank import BankServer, BankSettings, Fault, Way, running
from lkcap.demo.bank.wire import basic
from tests.demo.bank.shop import Shop, get, init, json_of, post


async def test_init_answers_the_page_and_a_line_end(bank: BankServer):
    """The signature is that of the protocol's example."""
    page = await init(bank, udf5="cac97c35d71a387c9f8c5988f7ca8b321e83e19b")
    assert re.fullmatch(
        rf"{bank.url}/ECommerce/hppaction\?formAction=com\.aciworldwide\.commerce\.gateway"
        r"\.payment\.action\.HostedPaymentPageAction&PaymentID=\d{16}\r\n",
        page,
    )


@pytest.mark.parametrize(
    "more",
    [{"udf5": "0" * 40}, {"merchant": "7001"}, {"amt": "1,50"}, {"amt": "0"}, {"action": "4"}],
)
async def test_a_bad_init_is_answered_with_the_shop_s_error_address(
    bank: BankServer, more: dict[str, str]
):
    answer = await init(bank, **more)
    assert answer.startswith("http://shop.example.com/return?bad=1&error=CGW")
    assert bank.bank.attempts == {}


async def test_a_track_may_be_used_once(bank: BankServer):
    await init(bank)
    assert "error=CGW" in await init(bank)


async def test_a_payment_is_notified_and_the_browser_follows_the_shop(bank: BankServer, shop: Shop):
    assert await bank.pay(await init(bank)) == "http://shop.example.com/payment/KR-1"
    (told,) = shop.told("/notify")
    assert (told["result"], told["responsecode"], told["udf1"]) == ("CAPTURED", "00", "ы")
    assert told["udf5"] == "cac97c35d71a387c9f8c5988f7ca8b321e83e19b"
    (line,) = bank.book
    assert (line.attempt.order, line.operation.amount) == (told["trackid"], 1234556)
    assert line.operation.trx_id == told["tranid"]


async def test_a_shop_that_names_no_page_gets_the_payer_at_the_registered_one(
    bank: BankServer, shop: Shop
):
    shop.answers = [(200, "ok")]
    back = await bank.pay(await init(bank), Way.CANCEL)
    attempt = bank.attempt("KR-2026-000123")
    assert back == (
        f"http://shop.example.com/return?bad=1&paymentid={attempt.id}&trackid=KR-2026-000123"
    )
    await bank.settled()
    assert [one["result"] for one in shop.told("/notify")] == ["CANCELED"] * 2


async def state(bank: BankServer, kind: str = "payments", payment: str = "") -> Any:
    payment = payment or bank.attempt("KR-2026-000123").id
    return await json_of(f"{bank.url}/ECommerce/v1/{kind}/{payment}", basic("token", ""))


async def test_the_state_is_told_before_and_after(bank: BankServer):
    page = await init(bank)
    (before,) = (await state(bank))["data"]
    await bank.pay(page)
    (after,) = (await state(bank))["data"]
    assert (before["authorization"], before["captured"]) == (False, False)
    assert (after["authorization"], after["captured"], after["amount"]) == (True, True, 12345.56)
    assert after["tranid"] == bank.book[0].operation.trx_id
    assert (await state(bank, payment="1"))["data"] == []


async def test_transactions_name_the_capture(bank: BankServer):
    await bank.pay(await init(bank))
    rows = (await state(bank, "transactions"))["tranlist"]
    assert [(one["action"], one["result"]) for one in rows] == [
        ("authorization", "APPROVED"),
        ("capture", "CAPTURED"),
    ]
    assert str(rows[1]["tranid"]) == bank.book[0].operation.trx_id


async def test_the_state_needs_the_token(bank: BankServer):
    await init(bank)
    payment = bank.attempt("KR-2026-000123").id
    for kind in ("payments", "transactions"):
        url = f"{bank.url}/ECommerce/v1/{kind}/{payment}"
        assert (await get(url, basic("wrong", "")))[0] == 401
        assert (await get(url))[0] == 401


async def test_a_forged_notification_is_belied_by_the_state(bank: BankServer, shop: Shop):
    bank.faults.add(Fault.FORGED)
    await bank.pay(await init(bank))
    assert shop.told("/notify")[0]["result"] == "CAPTURED"
    assert (await state(bank))["data"][0]["captured"] is False
    assert bank.book == []


async def test_a_silent_payment_is_known_by_its_state_alone(bank: BankServer, shop: Shop):
    bank.faults.add(Fault.SILENT)
    back = await bank.pay(await init(bank))
    assert back.startswith("http://shop.example.com/return?paymentid=")
    assert shop.told("/notify") == []
    assert (await state(bank))["data"][0]["captured"] is True


@pytest.mark.parametrize("signs_action", [False, True])
async def test_a_refund_is_signed_as_agreed_and_has_its_limit(
    settings: BankSettings, signs_action: bool
):
    assert settings.sngb is not None
    terms = replace(settings.sngb, refund_signs_action=signs_action)
    async with running(replace(settings, sngb=terms)) as bank:
        await bank.pay(await init(bank))
        said = [await refund_sngb(bank, amt, signs_action) for amt in ("12345", "1", "0.56")]
        assert ["result=CAPTURED" in one for one in said] == [True, False, True]
        assert "CAPTURED" not in await refund_sngb(bank, "0.01", not signs_action)
        assert (await state(bank))["data"][0]["refunded"] is True
        assert bank.book[0].refunded == 1234556


async def test_a_refund_names_its_own_payment(bank: BankServer):
    await bank.pay(await init(bank))
    for wrong in ({"tranid": "1"}, {"paymentid": "1"}):
        assert "CGW000316" in await refund_sngb(bank, "1", False, **wrong)
    assert bank.book[0].refunded == 0


async def refund_sngb(bank: BankServer, amt: str, signs_action: bool, **more: str) -> str:
    operation, attempt = bank.book[0].operation, bank.book[0].attempt
    text = f"7000{amt}{attempt.order}{'2' if signs_action else ''}fake-psk"
    form = {"merchant": "7000", "terminal": "7000-alias", "action": "2", "amt": amt}
    form |= {"trackid": attempt.order, "paymentid": attempt.id, "tranid": operation.trx_id}
    form |= more | {"udf5": hashlib.sha1(text.encode()).hexdigest()}
    return (await post(f"{bank.url}/ECommerce/PaymentTranServlet", form))[1]


@pytest.mark.parametrize("fault", [Fault.FAIL_FIRST, Fault.REORDER])
async def test_a_second_try_is_of_the_same_payment(bank: BankServer, shop: Shop, fault: Fault):
    bank.faults.add(fault)
    await bank.pay(await init(bank))
    told = shop.told("/notify")
    assert {one["result"] for one in told} == {"CAPTURED", "NOT CAPTURED"}
    assert len({one["tranid"] for one in told}) == 2
    (paid,) = (await state(bank))["data"]
    assert paid["tranid"] == bank.book[0].operation.trx_id
