"""A payment begins: the bank gives an address of its own, or the browser goes nowhere."""

import pytest
from aiohttp import ClientSession

from lkcap.banks.base import BankRefused, BankUnavailable
from lkcap.banks.sngb.client import SngbClient
from tests.banks.sngb.bank import PAGE, FakeBank, Said
from tests.banks.sngb.conftest import ORDER, terms

INIT = "PaymentInitServlet"


async def reason(client: SngbClient) -> str:
    """Why the bank cannot be reached."""
    with pytest.raises(BankUnavailable) as caught:
        await client.init(ORDER, 100)
    return caught.value.reason


async def test_the_browser_gets_the_bank_s_page_without_the_line_s_end(
    client: SngbClient, bank: FakeBank
):
    answer = await client.init(ORDER, 12_345_56)
    assert answer.url == f"{bank.url}{PAGE}{answer.payment_id}"
    assert list(bank.payments) == [answer.payment_id]


async def test_the_form_is_the_one_of_the_bank_s_sample(client: SngbClient, bank: FakeBank):
    await client.init(ORDER, 12_345_56)
    assert bank.heard == [
        (
            INIT,
            {
                "merchant": "7000",
                "terminal": "7000-alias",
                "action": "1",
                "amt": "12345.56",
                "trackid": ORDER,
                "udf1": ORDER,
                "udf5": "cac97c35d71a387c9f8c5988f7ca8b321e83e19b",
            },
        )
    ]


async def test_round_sums_keep_their_zeros_under_the_signature(client: SngbClient, bank: FakeBank):
    await client.init(ORDER, 1050)
    assert bank.heard[0][1]["amt"] == "10.50"


async def test_our_own_error_page_is_a_refusal_with_its_code(bank: FakeBank, http: ClientSession):
    wrong = SngbClient(terms(bank.url, terminal="7000-other"), http)
    with pytest.raises(BankRefused) as caught:
        await wrong.init(ORDER, 100)
    assert caught.value.reason == "CGW000100"
    assert "деньги не списаны" in str(caught.value)


async def test_words_of_the_bank_after_the_code_do_not_hide_it(client: SngbClient, bank: FakeBank):
    text = "http://lk.example.ru/e?a=1&error=CGW00001&errortext=Ошибка с пробелами <b>"
    bank.says[INIT] = Said(text)
    with pytest.raises(BankRefused) as caught:
        await client.init(ORDER, 100)
    assert caught.value.reason == "CGW00001"
    assert "пробелами" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\r\n",
        "<!DOCTYPE html><title>Error</title>",
        "https://evil.example{page}1",
        "https://lk.example.ru/pay{page}1",
        "{bank}@evil.example{page}1",
        "https://evil.example\\@127.0.0.1{page}1",
        "{bank}.evil.example{page}1",
        "//127.0.0.1{page}1",
        "javascript:alert(1)//PaymentID=1",
        "{bank}{page}",
        "{bank}{page}1x",
        "{bank}{page}../1",
        "{bank}{page}1&PaymentID=2",
        "{bank}{page}1\r\nSet-Cookie: a=b",
        "{bank}{page}1\r\n{bank}{page}2",
        "{bank}{page}" + "1" * 41,
        "{bank}{page}1&long=" + "a" * 3000,
        "http://[::1{page}1",
        "http://127.0.0.1:99999{page}1",
        "http://:{page}1",
    ],
)
async def test_the_browser_is_sent_to_the_bank_or_nowhere(
    text: str, client: SngbClient, bank: FakeBank
):
    bank.says[INIT] = Said(text.replace("{bank}", bank.url).replace("{page}", PAGE))
    with pytest.raises(BankUnavailable):
        await client.init(ORDER, 100)


async def test_another_port_of_the_same_host_is_another_origin(client: SngbClient, bank: FakeBank):
    bank.says[INIT] = Said(f"http://127.0.0.1:1{PAGE}1")
    assert await reason(client) == "an address of another origin"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500, 503])
async def test_only_200_is_an_answer_and_no_redirect_is_followed(
    status: int, client: SngbClient, bank: FakeBank
):
    bank.says[INIT] = Said(f"{bank.url}{PAGE}1", status, {"Location": f"{bank.url}/elsewhere"})
    assert await reason(client) == f"status {status}"
    assert len(bank.heard) == 1
