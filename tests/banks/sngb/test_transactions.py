"""Transactions tell failed from cancelled from unknown, and what a refund must name."""

import pytest

from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.sngb.results import Outcome
from lkcap.banks.sngb.status import Status
from tests.banks.sngb.bank import CREATED, FakeBank, Said
from tests.banks.sngb.conftest import ORDER

UNKNOWN = Status(Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("NOT CAPTURED", Outcome.FAILED),
        ("NOT APPROVED", Outcome.FAILED),
        ("CANCELED", Outcome.CANCELLED),
        ("VOIDED", Outcome.CANCELLED),
        ("HOST TIMEOUT", Outcome.UNKNOWN),
        ("NOT VOIDED", Outcome.UNKNOWN),
        ("APPROVED", Outcome.UNKNOWN),
        ("CAPTURED", Outcome.UNKNOWN),
        ("SOMETHING NEW", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
    ],
)
async def test_transactions_tell_how_an_unpaid_one_ended_and_never_that_it_is_paid(
    result: str, outcome: Outcome, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.attempt(payment_id, result=result)
    assert await client.status(payment_id, ORDER) == Status(outcome)


async def test_the_last_attempt_decides(client: SngbClient, bank: FakeBank, payment_id: str):
    bank.attempt(payment_id, result="CANCELED")
    bank.attempt(payment_id, result="NOT APPROVED")
    bank.transactions[payment_id][0]["transdt"] = str(CREATED + 1)
    assert await client.status(payment_id, ORDER) == Status(Outcome.CANCELLED)


async def test_a_refusal_after_the_money_was_taken_is_no_failure(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.attempt(payment_id, result="CAPTURED")
    bank.attempt(payment_id, result="NOT CAPTURED")
    assert await client.status(payment_id, ORDER) == UNKNOWN


async def test_attempts_of_another_order_are_not_ours(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.attempt(payment_id, result="CANCELED", track="KR-2026-000124")
    assert await client.status(payment_id, ORDER) == UNKNOWN


@pytest.mark.parametrize("said", [Said(status=404), Said("<html>"), Said("{}")])
async def test_an_unpaid_payment_is_unknown_where_its_transactions_cannot_be_read(
    said: Said, client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.says["transactions"] = said
    assert await client.status(payment_id, ORDER) == UNKNOWN


async def test_a_refund_names_the_transaction_that_took_the_money(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.attempt(payment_id, result="APPROVED", tranid="1")
    bank.attempt(payment_id, result="CAPTURED", action="capture", tranid="2")
    bank.attempt(payment_id, result="CAPTURED", action="credit", tranid="3")
    assert await client.captured_tranid(payment_id, ORDER) == "2"


async def test_without_one_such_transaction_there_is_nothing_to_name(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    assert await client.captured_tranid(payment_id, ORDER) is None
    for tranid in ("2", "3"):
        bank.attempt(payment_id, result="CAPTURED", action="capture", tranid=tranid)
    assert await client.captured_tranid(payment_id, ORDER) is None
