"""Money goes back once: what is not certain is asked for, and never sent again."""

import pytest
from aiohttp import ClientSession

from lkcap.banks.refund import RefundOutcome, RefundState
from lkcap.banks.sngb.client import SngbClient
from tests.banks.sngb.bank import FakeBank, Said
from tests.banks.sngb.conftest import ORDER, terms

TRAN = "PaymentTranServlet"
DONE = RefundOutcome(RefundState.DONE)


async def refund(client: SngbClient, payment_id: str = "1") -> RefundOutcome:
    return await client.refund(payment_id, ORDER, "3031783261980990", 12_345_56)


async def test_a_refund_is_done_and_the_status_says_so(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    bank.captures(payment_id)
    assert await refund(client, payment_id) == DONE
    status = await client.status(payment_id, ORDER)
    assert status.payment
    assert status.payment.is_refunded


async def test_the_form_names_payment_transaction_and_sum(
    client: SngbClient, bank: FakeBank, payment_id: str
):
    await refund(client, payment_id)
    assert bank.heard[-1] == (
        TRAN,
        {
            "merchant": "7000",
            "terminal": "7000-alias",
            "action": "2",
            "amt": "12345.56",
            "trackid": ORDER,
            "paymentid": payment_id,
            "tranid": "3031783261980990",
            "udf5": "5c69305cc5df7a8a9aeb51816ef91fc2b348c853",
        },
    )


async def test_with_the_setting_the_action_is_signed(bank: FakeBank, http: ClientSession):
    bank.says[TRAN] = Said()
    await refund(SngbClient(terms(bank.url, refund_signs_action=True), http))
    form = bank.heard[-1][1]
    assert form["action"] == "2"
    assert form["udf5"] != "5c69305cc5df7a8a9aeb51816ef91fc2b348c853"


@pytest.mark.parametrize("text", ["{fields}\r\n", "REDIRECT=https://lk.example.ru/tran?{fields}"])
async def test_the_result_is_read_from_the_text_too(text: str, client: SngbClient, bank: FakeBank):
    fields = f"result=CAPTURED&responsecode=00&trackid={ORDER}"
    bank.says[TRAN] = Said(text.replace("{fields}", fields))
    assert await refund(client) == DONE


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("result=NOT+CAPTURED&responsecode=14", "Банк отклонил возврат, код ответа 14."),
        (
            "error=CGW000316&errortext=x",
            "Банк не нашёл операции, по которой возвращают деньги.",
        ),
    ],
)
async def test_a_refusal_has_its_reason(
    fields: str, reason: str, client: SngbClient, bank: FakeBank
):
    bank.says[TRAN] = Said(f"https://lk.example.ru/tran?{fields}\r\n")
    assert await refund(client) == RefundOutcome(RefundState.REFUSED, reason)


@pytest.mark.parametrize(
    "said",
    [
        Said(),
        Said("<!DOCTYPE html>"),
        Said("OK"),
        Said(status=302),
        Said(f"result=CAPTURED&responsecode=00&trackid={ORDER}", status=500),
        Said(f"result=CAPTURED&responsecode=05&trackid={ORDER}"),
        Said("result=CAPTURED&responsecode=00&trackid=KR-2026-000124"),
        Said("result=CAPTURED&responsecode=00"),
        Said(f"result=NOT+CAPTURED&result=CAPTURED&responsecode=00&trackid={ORDER}"),
        Said(f"result=HOST+TIMEOUT&responsecode=00&trackid={ORDER}"),
        Said(f"error=CGW000999&result=CAPTURED&responsecode=00&trackid={ORDER}"),
    ],
    ids=lambda said: f"{said.status} {said.text}",
)
async def test_what_is_not_plain_is_unknown(said: Said, client: SngbClient, bank: FakeBank):
    bank.says[TRAN] = said
    assert (await refund(client)).state is RefundState.UNKNOWN


async def test_a_bank_that_does_not_answer_in_time_may_have_done_it(
    hasty: SngbClient, bank: FakeBank
):
    bank.let_go.clear()
    assert await refund(hasty) == RefundOutcome(RefundState.UNKNOWN, "TimeoutError")


async def test_a_connection_that_breaks_is_unknown_and_the_request_is_not_sent_again(
    client: SngbClient, bank: FakeBank
):
    bank.says[TRAN] = Said()
    await refund(client)  # so that the next one takes a connection that has been used
    bank.drops.add(TRAN)
    assert (await refund(client)).state is RefundState.UNKNOWN
    assert len(bank.heard) == 2


async def test_a_refund_that_was_not_sent_is_refused(http: ClientSession, unused_tcp_port: int):
    nobody = SngbClient(terms(f"http://127.0.0.1:{unused_tcp_port}"), http)
    assert await refund(nobody) == RefundOutcome(
        RefundState.REFUSED, "Банк не отвечает, запрос не отправлен."
    )
