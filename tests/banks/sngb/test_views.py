"""A notification is a reason to ask: money is booked on the bank's answer, once."""

import asyncio
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from lkcap.app import make_app
from lkcap.banks.sngb import views
from lkcap.banks.sngb.views import without_card
from lkcap.config import Config
from tests.banks.sngb.bank import FakeBank, Said
from tests.banks.sngb.cabinet import TRANID, Cabinet
from tests.banks.sngb.conftest import terms
from tests.conftest import settings
from tests.kit.conftest import Opener, opened
from tests.kit.test_error_pages import DEAD

__all__ = ["opened"]

HOME = b"REDIRECT=http://127.0.0.1"
BOTH = [(TRANID, 87997, 32)]


async def test_a_paid_order_is_booked_and_the_browser_is_sent_to_its_page(
    cabinet: Cabinet, bank: FakeBank
):
    bank.captures(cabinet.payment_id)
    answer = await cabinet.notify()
    assert (answer.status, answer.body.decode()) == (200, cabinet.result)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert cabinet.payments() == BOTH
    assert cabinet.state() == "paid"


async def test_a_payment_stands_in_the_month_the_bank_took_it(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    bank.payments[cabinet.payment_id]["created"] = "1780247700000"  # 31.05.2026 17:15 UTC
    await cabinet.notify()
    await cabinet.begin()
    bank.captures(cabinet.payment_id)
    bank.payments[cabinet.payment_id] |= {"created": "1780257600000", "tranid": "7"}
    await cabinet.notify(tranid="7")
    assert cabinet.books.rows("SELECT period::text FROM payment ORDER BY paid_at") == [
        ("2026-05-01",),
        # eight in the evening in Greenwich is the next day in the fund's zone
        ("2026-06-01",),
    ]


async def test_the_same_again_books_nothing(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    first, second = await cabinet.notify(), await cabinet.notify()
    assert first.body == second.body
    assert cabinet.payments() == BOTH
    assert cabinet.verdicts() == [("notify", "booked"), ("notify", "repeat")]


async def test_ten_at_once_are_one_payment(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    answers = await asyncio.gather(*(cabinet.notify() for _ in range(10)))
    assert {one.body.decode() for one in answers} == {cabinet.result}
    assert cabinet.payments() == BOTH
    assert sorted(verdict for _, verdict in cabinet.verdicts()) == ["booked"] + ["repeat"] * 9


async def test_captured_that_the_bank_does_not_confirm_books_nothing(cabinet: Cabinet):
    answer = await cabinet.notify()
    assert answer.body.decode() == cabinet.result
    assert cabinet.payments() == []
    assert (cabinet.state(), cabinet.verdicts()) == ("created", [("notify", "noted")])


async def test_a_sum_other_than_ordered_is_booked_as_the_bank_has_it(
    cabinet: Cabinet, bank: FakeBank
):
    bank.captures(cabinet.payment_id)
    bank.payments[cabinet.payment_id]["amount"] = "880.00"
    await cabinet.notify(amt="1.00")
    assert cabinet.payments() == [(TRANID, 87997, 3)]
    assert cabinet.verdicts() == [("notify", "other_sum")]


async def test_a_refund_told_in_the_same_words_is_no_payment(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    await cabinet.notify()
    # and where the bank's record bears the refund's number from then on
    for tranid in (f'"{TRANID}"', '"2991167271181130"'):
        bank.payments[cabinet.payment_id] |= {"refunded": "true", "tranid": tranid}
        await cabinet.notify(tranid="2991167271181130")
    assert cabinet.payments() == BOTH
    assert cabinet.state() == "paid"


@pytest.mark.parametrize(
    ("claimed", "state", "reason"),
    [
        ({"result": "CANCELED", "responsecode": ""}, "cancelled", ""),
        ({"result": "NOT CAPTURED", "responsecode": "51"}, "failed", "На карте не хватает денег."),
        ({"result": "", "Error": "CGW000030"}, "failed", "Номер карты не введён."),
        ({"result": "HOST TIMEOUT"}, "created", None),
    ],
)
async def test_a_refusal_moves_the_order_and_says_why(
    cabinet: Cabinet, claimed: dict[str, str], state: str, reason: str | None
):
    await cabinet.notify(**claimed)
    assert (cabinet.state(), cabinet.payments()) == (state, [])
    assert cabinet.books.rows("SELECT reason FROM payment_order") == [(reason,)]


async def test_the_bank_s_own_word_wins_over_what_the_form_claims(cabinet: Cabinet, bank: FakeBank):
    bank.attempt(cabinet.payment_id, result="NOT CAPTURED")
    await cabinet.notify(result="CANCELED")
    assert cabinet.state() == "failed"


@pytest.mark.parametrize("state", ["failed", "cancelled", "expired"])
async def test_money_that_comes_late_is_booked(cabinet: Cabinet, bank: FakeBank, state: str):
    cabinet.books.rows(f"UPDATE payment_order SET state = '{state}', expires_at = now()")
    bank.captures(cabinet.payment_id)
    await cabinet.notify()
    assert (cabinet.state(), cabinet.payments()) == ("paid", BOTH)


async def test_a_refusal_that_comes_late_leaves_it_paid(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    await cabinet.notify()
    await cabinet.notify(result="CANCELED")
    assert (cabinet.state(), cabinet.payments()) == ("paid", BOTH)


async def test_who_does_not_know_our_udf5_is_not_asked_about(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    answer = await cabinet.notify(udf5="0" * 40)
    assert (answer.status, answer.body.decode()) == (200, cabinet.result)
    assert cabinet.asked() == []
    assert (cabinet.payments(), cabinet.refusals()) == ([], ["udf5 не наш"])


async def test_an_unknown_order_sends_the_browser_home(cabinet: Cabinet):
    answer = await cabinet.notify(trackid="nobody")
    assert (answer.status, answer.body) == (200, HOME)
    assert (cabinet.asked(), cabinet.refusals()) == ([], ["заказ неизвестен"])


async def test_an_order_of_another_bank_is_unknown_here(cabinet: Cabinet):
    cabinet.books.rows("UPDATE payment_order SET bank = 'gpb'")
    assert (await cabinet.notify()).body == HOME
    assert cabinet.asked() == []


async def test_the_bank_s_name_of_a_payment_does_not_open_its_page(cabinet: Cabinet):
    assert (await cabinet.notify(trackid="")).body == HOME
    answer = await cabinet.browser.get(f"/bank/sngb/return?paymentid={cabinet.payment_id}")
    assert (answer.status, answer.location) == (303, "/")


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"trackid=1&trackid=2", b"trackid=" + b"a" * 99]
)
async def test_a_form_that_makes_no_sense_is_kept_for_who_must_look(cabinet: Cabinet, body: bytes):
    answer = await cabinet.send(body)
    assert (answer.status, answer.body) == (200, HOME)
    assert len(cabinet.refusals()) == 1


async def test_the_form_is_kept_without_the_card(cabinet: Cabinet):
    await cabinet.notify(PAN="2200700000000009")
    kept = cabinet.kept()
    assert {kept.pop(name) for name in ("pan", "panhash", "PAN")} == {"***"}
    sent = cabinet.form()
    assert kept == {name: sent[name] for name in sent if name not in ("pan", "panhash")}


def test_the_card_is_hidden_however_its_name_is_written():
    assert without_card(b"a=1&%70an=2200&+PanHash=x&pan&b=pan%3D1") == (
        "a=1&%70an=***&+PanHash=***&pan=***&b=pan%3D1"
    )


@pytest.mark.parametrize("said", [Said(status=500), Said("nonsense"), Said(status=401)])
async def test_while_the_bank_does_not_tell_nothing_is_booked(
    cabinet: Cabinet, bank: FakeBank, said: Said
):
    bank.captures(cabinet.payment_id)
    bank.says["payments"] = said
    answer = await cabinet.notify()
    assert (answer.status, answer.body.decode()) == (200, cabinet.result)
    assert (cabinet.state(), cabinet.payments()) == ("created", [])
    bank.says.clear()
    await cabinet.notify()
    assert cabinet.payments() == BOTH


async def test_the_browser_does_not_wait_for_a_bank_that_is_silent(
    cabinet: Cabinet, bank: FakeBank, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(views, "ASK_SECONDS", 0.1)
    bank.let_go.clear()
    assert (await cabinet.notify()).body.decode() == cabinet.result
    assert cabinet.verdicts() == [("notify", "noted")]


async def test_no_connection_is_held_while_the_bank_is_asked(cabinet: Cabinet, bank: FakeBank):
    bank.captures(cabinet.payment_id)
    bank.let_go.clear()
    waiting = [asyncio.create_task(cabinet.notify()) for _ in range(20)]
    await bank.asked(len(waiting))
    async with asyncio.timeout(3):
        assert (await cabinet.browser.get("/fund")).status == 200
    bank.let_go.set()
    await asyncio.gather(*waiting)
    assert cabinet.payments() == BOTH


async def test_a_database_that_is_down_is_503(bank: FakeBank, opened: Opener):
    config = Config(**settings(DEAD, bank="sngb", sngb=terms(bank.url)))
    browser = await opened(make_app(config))
    cabinet = replace(Cabinet(bank, browser, None, None), order_id="x")
    answer = await cabinet.send(urlencode({"trackid": "x", "udf5": "y"}).encode())
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")


@pytest.mark.parametrize("name", ["trackid", "TrackID"])
async def test_the_way_back_leads_to_the_order_s_page(cabinet: Cabinet, name: str):
    answer = await cabinet.browser.get(f"/bank/sngb/return?{name}={cabinet.order_id}&result=x")
    assert (answer.status, answer.location) == (303, f"/payment/{cabinet.order_id}")


@pytest.mark.parametrize("query", ["", "?trackid=", "?trackid=//evil.example", "?error=CGW000100"])
async def test_the_way_back_of_nobody_leads_home(cabinet: Cabinet, query: str):
    answer = await cabinet.browser.get(f"/bank/sngb/return{query}")
    assert (answer.status, answer.location) == (303, "/")


async def test_without_the_bank_there_are_no_such_pages(database: str, opened: Opener):
    browser = await opened(make_app(Config(**settings(database))))
    cabinet = Cabinet(FakeBank(), browser, None, None)
    assert (await cabinet.send(b"trackid=1")).status == 404
    assert (await browser.get("/bank/sngb/return")).status == 404


async def test_orders_of_a_bank_chosen_before_are_still_told(
    database: str, cabinet: Cabinet, bank: FakeBank, opened: Opener
):
    bank.captures(cabinet.payment_id)
    config = Config(**settings(database, bank="", sngb=terms(bank.url)))
    cabinet.browser = await opened(make_app(config))
    assert (await cabinet.notify()).body.decode() == cabinet.result
    assert cabinet.payments() == BOTH
