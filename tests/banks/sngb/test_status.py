"""The status decides: what is paid, how much to the kopeck, when, and whose it is."""

from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from lkcap.banks.base import BankUnavailable
from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.sngb.results import Outcome
from lkcap.banks.sngb.status import Payment, Status
from tests.banks.sngb.bank import FakeBank, Said, records
from tests.banks.sngb.conftest import ORDER, terms

UNKNOWN = Status(Outcome.UNKNOWN)


async def refused(client: SngbClient, payment_id: str) -> str:
    with pytest.raises(BankUnavailable) as caught:
        await client.status(payment_id, ORDER)
    return caught.value.reason


async def test_authorized_and_captured_is_paid(client: SngbClient, bank: FakeBank, payment_id: str):
    bank.captures(payment_id)
    status = await client.status(payment_id, ORDER)
    assert status.is_paid
    assert status == Status(
        Outcome.PAID,
        Payment(
            payment_id=payment_id,
            order_id=ORDER,
            tranid="6443917541473390",
            amount=12_345_56,
            created=datetime(2026, 1, 30, 11, 15, 3, 125_000, UTC),
            is_authorized=True,
            is_captured=True,
            is_refunded=False,
        ),
    )


@pytest.mark.parametrize(("authorized", "captured"), [("true", "false"), ("false", "true")])
async def test_one_of_the_two_is_not_paid(
    authorized: str, captured: str, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    bank.payments[payment_id] |= {"authorization": authorized, "captured": captured}
    assert await client.status(payment_id, ORDER) == UNKNOWN


async def test_a_payment_that_the_bank_does_not_know_is_unknown(client: SngbClient):
    assert await client.status("404", ORDER) == UNKNOWN


async def test_a_payment_of_another_order_tells_nothing_of_this_one(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    assert await client.status(payment_id, "KR-2026-000124") == UNKNOWN


async def test_the_answer_is_of_the_payment_asked_for(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    bank.payments["7"] = bank.payments[payment_id]
    assert await refused(client, "7") == "another payment than asked for"


async def test_a_refund_shows_in_a_payment_that_stays_paid(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    bank.payments[payment_id]["refunded"] = "true"
    status = await client.status(payment_id, ORDER)
    assert status.payment
    assert status.payment.is_refunded


async def test_the_token_is_the_login_of_an_empty_password(
    client: SngbClient, bank: FakeBank, http: ClientSession, payment_id: str
):
    await client.status(payment_id, ORDER)
    assert set(bank.logins) == {"Basic ZmFrZS10b2tlbjo="}
    stranger = SngbClient(terms(bank.url, token="other"), http)
    assert await refused(stranger, payment_id) == "status 401"


@pytest.mark.parametrize("payment_id", ["", "1/2", "../transactions/1", "1?a=b", "1" * 41, "x"])
async def test_only_digits_become_a_part_of_the_address(
    payment_id: str, client: SngbClient, bank: FakeBank
):
    assert await refused(client, payment_id) == "no such payment id can be"
    assert not bank.heard


@pytest.mark.parametrize(
    ("roubles", "kopecks"),
    [
        ("10.18", 1018),
        ("19.99", 1999),
        ("0.29", 29),
        ("1.1", 110),
        ("7", 700),
        ("10.180", 1018),
        ("999999.99", 99_999_999),
        ("1.00000001E+6", 100_000_001),
        ("1E6", 100_000_000),
    ],
)
async def test_roubles_become_kopecks_exactly(
    roubles: str, kopecks: int, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    bank.payments[payment_id]["amount"] = roubles
    status = await client.status(payment_id, ORDER)
    assert status.payment
    assert status.payment.amount == kopecks


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("amount", value)
            for value in (
                "10.181", "0", "-1", "NaN", "Infinity", '"10.18"', "true", "null", "1e999999999",
                "1e-999999999", "1e99999999999999999999", "1" * 5000, "0." + "0" * 40 + "1", "[]",
            )
        ),
        ("id", "null"),
        ("id", "3199591541473390.0"),
        ("currency", '"usd"'),
        ("created", "0"),
        ("created", '"yesterday"'),
        ("created", "1e12"),
        ("created", "99999999999999999999"),
        ("authorization", '"true"'),
        ("captured", "1"),
        ("refunded", "null"),
        ("tranid", '""'),
        ("tranid", '"1; DROP"'),
        ("track", "null"),
    ],
)  # fmt: skip
async def test_a_record_with_a_wrong_value_is_no_record(
    name: str, value: str, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    bank.payments[payment_id][name] = value
    await refused(client, payment_id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"data": null}',
        '{"data": {}}',
        '{"data": [{}]}',
        "<html>",
        "[" * 9999,
    ],
)
async def test_what_is_not_the_list_is_no_answer(
    text: str, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.says["payments"] = Said(text)
    await refused(client, payment_id)


async def test_of_two_records_none_is_chosen(client: SngbClient, bank: FakeBank, payment_id: str):
    bank.captures(payment_id)
    bank.says["payments"] = Said(records([bank.payments[payment_id]] * 2))
    assert await refused(client, payment_id) == "cannot read data"
