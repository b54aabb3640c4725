"""Money of СНГБ for an order nobody knows: never booked on a form's word, never out of sight."""

import asyncio

import pytest

from lkcap.banks.sngb.client import SNGB
from lkcap.config import Config
from lkcap.kit.db import DATABASE
from lkcap.payments import strays
from lkcap.payments.enquiry import look_after
from lkcap.payments.strays import ask_about_strays
from lkcap.tidy import run as tidy
from tests.banks.sngb.bank import FakeBank, Said, record
from tests.banks.sngb.cabinet import TRANID, Cabinet
from tests.banks.sngb.test_enquiry import settings_of
from tests.payments.taken import ZONE

STRANGE, PAYMENT = "order-of-a-lost-copy", "3199591541479999"
SUSPENDED = "SELECT trx_id, principal, penalty FROM payment WHERE account_id IS NULL"


@pytest.fixture
def stray(cabinet: Cabinet, bank: FakeBank) -> Cabinet:
    """The bank has taken 12,34 for an order that is not in our books."""
    bank.payments[PAYMENT] = record(PAYMENT, STRANGE, "12.34")
    bank.captures(PAYMENT)
    return cabinet


async def notify(cabinet: Cabinet, **more: str) -> None:
    said = {"trackid": STRANGE, "paymentid": PAYMENT, "udf5": "0" * 40} | more
    answer = await cabinet.notify(**said)
    assert (answer.status, answer.body) == (200, b"REDIRECT=http://127.0.0.1")


async def ask(cabinet: Cabinet) -> int:
    client = cabinet.app[SNGB]
    assert client
    return await ask_about_strays(cabinet.app[DATABASE], ZONE, client)


def later(cabinet: Cabinet) -> None:
    cabinet.books.rows("UPDATE refused_message SET ask_after = ask_after - interval '1 minute'")


def suspended(cabinet: Cabinet) -> list[tuple[str, int, int]]:
    return cabinet.books.rows(SUSPENDED)


async def test_it_waits_in_suspense_once_the_bank_says_so(stray: Cabinet):
    await notify(stray)
    assert (stray.asked(), suspended(stray)) == ([], [])
    await look_after(stray.app)
    assert suspended(stray) == [(TRANID, 1234, 0)]
    assert stray.verdicts() == [("notify", "unknown")]
    assert stray.kept()["trackid"] == STRANGE
    assert stray.books.rows("SELECT * FROM entry WHERE load_id = 0") == []
    assert stray.state() == "created"


async def test_told_again_and_again_it_is_one_payment(stray: Cabinet):
    for _ in range(3):
        await notify(stray)
    assert await ask(stray) == 3
    assert suspended(stray) == [(TRANID, 1234, 0)]
    assert [verdict for _, verdict in stray.verdicts()] == ["unknown", "repeat", "repeat"]
    assert await ask(stray) == 0


async def test_a_form_that_the_bank_does_not_stand_by_is_nothing(stray: Cabinet, bank: FakeBank):
    bank.payments[PAYMENT]["captured"] = "false"
    await notify(stray)
    await notify(stray, paymentid="404")
    # of a payment that is somebody else's
    await notify(stray, trackid="another-order")
    assert (await ask(stray), suspended(stray)) == (0, [])
    bank.heard.clear()
    assert (await ask(stray), stray.asked()) == (0, [])


@pytest.mark.parametrize(
    "said", [{"result": "CANCELED"}, {"result": "NOT CAPTURED"}, {"paymentid": ""}]
)
async def test_what_claims_no_money_is_not_asked_about(stray: Cabinet, said: dict[str, str]):
    await notify(stray, **said)
    assert (await ask(stray), stray.asked()) == (0, [])


async def test_an_order_of_another_bank_is_left_alone(stray: Cabinet, bank: FakeBank):
    stray.books.rows("UPDATE payment_order SET bank = 'gpb'")
    bank.captures(stray.payment_id)
    assert (await stray.notify()).body == b"REDIRECT=http://127.0.0.1"
    assert await ask(stray) == 1
    assert (stray.state(), suspended(stray)) == ("created", [(TRANID, 88029, 0)])


async def test_while_the_bank_is_silent_it_is_asked_again(stray: Cabinet, bank: FakeBank):
    await notify(stray)
    bank.says["payments"] = Said(status=500)
    assert (await ask(stray), suspended(stray)) == (0, [])
    bank.says.clear()
    assert await ask(stray) == 0
    later(stray)
    assert await ask(stray) == 1
    assert suspended(stray) == [(TRANID, 1234, 0)]


async def test_after_three_days_nobody_asks(stray: Cabinet):
    await notify(stray)
    stray.books.rows("UPDATE refused_message SET received_at = now() - interval '73 hours'")
    assert (await ask(stray), stray.asked()) == (0, [])


async def test_money_given_back_meanwhile_is_not_booked(stray: Cabinet, bank: FakeBank):
    bank.payments[PAYMENT] |= {"refunded": "true", "tranid": '"2991167271181130"'}
    await notify(stray)
    assert (await ask(stray), suspended(stray)) == (0, [])


async def test_a_flood_is_asked_about_a_few_a_round(
    stray: Cabinet, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(strays, "A_ROUND", 2)
    for number in range(3):
        await notify(stray, paymentid=f"40{number}")
    await notify(stray)
    assert (await ask(stray), suspended(stray)) == (0, [])
    assert await ask(stray) == 1


async def test_tidy_asks_too(stray: Cabinet, config: Config):
    await notify(stray)
    await asyncio.to_thread(tidy, settings_of(config))
    assert suspended(stray) == [(TRANID, 1234, 0)]
