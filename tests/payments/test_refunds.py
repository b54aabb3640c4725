"""Money goes back once, whatever the bank, the network and two employees do; both banks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg2
import pytest

from lkcap.banks.refund import RefundState
from lkcap.demo.bank import Fault
from lkcap.exchange.payments import load_payments
from lkcap.exchange.undo import undo
from lkcap.kit.workers import Workers
from lkcap.payments.refund import REFUND_CONFIRM_ABOVE, CannotRefund, Refundability
from lkcap.payments.refunds import send
from tests.exchange.registry import CLOCK, line, written, wrong
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, NUMBER
from tests.payments.giving import Desk

PAID = [("penalty", 32), ("principal", 87997)]


@pytest.fixture(params=["gpb", "sngb"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def desk(november: Books, workers: Workers, tmp_path: Path, bank: str) -> AsyncIterator[Desk]:
    """880,29 paid at the bank; the books must agree whatever the test has done."""
    november.load()
    november.subscriber(ALICE, NUMBER)
    async with open_shop(november, workers, tmp_path, bank=bank) as shop:
        await shop.browser.login(ALICE)
        await shop.pay()
        yield Desk(shop)
    assert wrong(november) == {}


def given_back(shop: Shop) -> int:
    """By the bank's own book."""
    return sum(one.refunded for one in shop.bank.book)


async def test_all_of_it_goes_back(desk: Desk):
    assert await desk.give(87997, 32) is RefundState.DONE
    assert given_back(desk.shop) == 88029
    assert desk.shop.balances() == {"principal": 87997, "penalty": 32}
    assert desk.shop.state() == "refunded"
    assert sorted(desk.shop.entries()) == sorted([*PAID, ("penalty", -32), ("principal", -87997)])


async def test_a_part_goes_back_and_then_the_rest(desk: Desk):
    await desk.give(10000)
    assert (desk.shop.state(), desk.shop.balances()["principal"]) == ("refunded_part", 10000)
    await desk.give(77997, 32)
    assert (desk.shop.state(), given_back(desk.shop)) == ("refunded", 88029)


async def test_the_journal_keeps_the_bank_s_answer(desk: Desk, bank: str):
    await desk.give(10000)
    ((raw, verdict),) = desk.shop.books.rows(
        "SELECT raw, verdict FROM bank_message WHERE kind = 'refund'"
    )
    assert verdict == "refund_done"
    assert ("RefundResponse" if bank == "gpb" else "result=CAPTURED") in raw


@pytest.mark.parametrize(("principal", "penalty"), [(87998, 0), (0, 33)])
async def test_no_more_than_is_left_of_each_part(desk: Desk, principal: int, penalty: int):
    with pytest.raises(CannotRefund) as refused:
        await desk.ask(principal, penalty)
    assert refused.value.why is Refundability.TOO_MUCH


async def test_the_same_form_asks_once(desk: Desk):
    assert await desk.ask(10000, form="one") == await desk.ask(10000, form="one")
    with pytest.raises(CannotRefund) as refused:
        await desk.ask(10000, form="two")
    assert refused.value.why is Refundability.OPEN


async def test_ten_forms_at_once_ask_once(desk: Desk):
    found = await asyncio.gather(*(desk.ask(10000, form=str(n)) for n in range(10)),
                                 return_exceptions=True)  # fmt: skip
    assert len([one for one in found if isinstance(one, int)]) == 1


async def test_released_ten_times_at_once_it_is_sent_once(desk: Desk):
    refund_id = await desk.ask(10000)
    released = await asyncio.gather(*(desk.release(refund_id, desk.first) for _ in range(10)))
    assert sorted(released) == [False] * 9 + [True]


async def test_a_refusal_of_the_bank_books_nothing_and_may_be_tried_again(desk: Desk):
    desk.shop.bank.faults.add(Fault.REFUND_REFUSED)
    assert await desk.give(10000) is RefundState.REFUSED
    assert sorted(desk.shop.entries()) == PAID
    assert desk.shop.state() == "paid"
    desk.shop.bank.faults.clear()
    assert await desk.give(10000) is RefundState.DONE


@pytest.mark.parametrize("fault", [Fault.REFUND_UNANSWERED, Fault.REFUND_LOST])
async def test_what_is_not_known_is_not_repeated(desk: Desk, fault: Fault):
    desk.shop.bank.faults.add(fault)
    assert await desk.give(10000) is RefundState.UNKNOWN
    assert sorted(desk.shop.entries()) == PAID
    with pytest.raises(CannotRefund) as refused:
        await desk.ask(10000)
    assert refused.value.why is Refundability.OPEN


@pytest.mark.parametrize("bank", ["sngb"])
async def test_the_bank_that_can_be_asked_tells_that_it_was_done(desk: Desk):
    desk.shop.bank.faults.add(Fault.REFUND_UNANSWERED)
    await desk.give(10000)
    desk.age(2)
    looked = await desk.look()
    assert (looked.looked, looked.known, desk.states()) == (1, 1, ["done"])
    assert desk.shop.balances()["principal"] == 10000
    assert (await desk.look()).looked == 0


@pytest.mark.parametrize("bank", ["sngb"])
async def test_that_it_was_never_done_is_believed_after_a_while(desk: Desk):
    desk.shop.bank.faults.add(Fault.REFUND_LOST)
    await desk.give(10000)
    desk.age(2)
    assert ((await desk.look()).known, desk.states()) == (0, ["unknown"])
    desk.age(11)
    assert ((await desk.look()).known, desk.states()) == (1, ["refused"])
    assert sorted(desk.shop.entries()) == PAID


@pytest.mark.parametrize("bank", ["sngb"])
async def test_a_refund_done_before_is_not_taken_for_the_unknown_one(desk: Desk):
    await desk.give(10000)
    desk.shop.bank.faults.add(Fault.REFUND_LOST)
    await desk.give(10000)
    desk.age(11)
    assert ((await desk.look()).known, desk.states()) == (1, ["done", "refused"])
    assert desk.shop.balances()["principal"] == given_back(desk.shop) == 10000


@pytest.mark.parametrize("bank", ["gpb"])
async def test_of_the_other_the_registry_tells(desk: Desk):
    desk.shop.bank.faults.add(Fault.REFUND_UNANSWERED)
    await desk.give(10000)
    desk.age(2)
    assert ((await desk.look()).known, desk.states()) == (0, ["unknown"])
    books = desk.shop.books
    ((trx_id,),) = books.rows("SELECT trx_id FROM payment")
    path = written(books, line(trx_id, "2026-11-22", NUMBER, "-100,00"))
    load_payments(books.database, path, "csv", clock=CLOCK)
    assert ((await desk.look()).known, desk.states()) == (1, ["done"])
    assert desk.shop.balances()["principal"] == given_back(desk.shop) == 10000
    assert desk.shop.state() == "refunded_part"


async def test_one_whose_process_died_is_unknown(desk: Desk):
    await desk.release(await desk.ask(10000), desk.first)
    desk.age(2)
    await desk.look()
    assert desk.states() == ["unknown"]


async def test_a_registry_and_billing_tell_of_a_refund_as_of_a_payment(desk: Desk):
    await desk.give(10000)
    books = desk.shop.books
    ((trx_id,),) = books.rows("SELECT trx_id FROM payment WHERE refund_id IS NULL")
    books.entry("2026-11", op="payment", amount="879,97", bank_ref=trx_id)
    books.entry("2026-11", op="payment", amount="0,32", kind="penalty", bank_ref=trx_id).load()
    ((refund_trx,),) = books.rows("SELECT trx_id FROM payment WHERE refund_id IS NOT NULL")
    assert desk.shop.balances() == {"principal": 10000, "penalty": 0}
    books.entry("2026-11", op="payment", amount="-100,00", bank_ref=refund_trx).load()
    assert desk.shop.balances() == {"principal": 10000, "penalty": 0}
    assert books.rows("SELECT count(*) FROM payment_link") == [(2,)]


async def test_partial_refunds_are_confirmed_by_billing_one_after_another(desk: Desk):
    await desk.give(10000)
    await desk.give(5000)
    books = desk.shop.books
    refs = books.rows("SELECT trx_id FROM payment WHERE refund_id IS NOT NULL ORDER BY refund_id")
    for (ref,), amount, linked in zip(refs, ("-100,00", "-50,00"), (1, 2), strict=True):
        books.entry("2026-11", op="payment", amount=amount, bank_ref=ref).load()
        assert desk.shop.balances()["principal"] == 15000
        assert books.rows("SELECT count(*) FROM payment_link") == [(linked,)]


async def test_when_billing_s_load_is_undone_the_refund_counts_again(desk: Desk):
    await desk.give(10000)
    books = desk.shop.books
    refs = books.rows("SELECT trx_id FROM payment ORDER BY payment_id")
    for (ref,), amount in zip(refs, ("880,29", "-100,00"), strict=True):
        books.entry("2026-11", op="payment", amount=amount, bank_ref=ref)
    load = books.load()
    assert desk.shop.balances() == {"principal": 9968, "penalty": 32}
    done = undo(books.database, load.load_id, clock=CLOCK, staff_id=None, why="не тот файл")
    assert done.counted_again == 2
    assert desk.shop.balances() == {"principal": 10000, "penalty": 0}
    desk.payment_id = lambda: books.rows("SELECT payment_id FROM refund")[0][0]  # type: ignore[method-assign]
    assert await desk.give(77997, 32) is RefundState.DONE
    assert (desk.shop.state(), given_back(desk.shop)) == ("refunded", 88029)


async def test_the_pages_tell_what_went_back(desk: Desk):
    await desk.give(10000)
    ((order,),) = desk.shop.books.rows("SELECT order_id FROM payment_order")
    result = (await desk.shop.browser.get(f"/payment/{order}")).page
    result.check()
    assert result.h1 == "Оплачено 880,29 ₽"
    assert "Возвращено на карту 100,00 ₽" in result.text
    history = (await desk.shop.browser.get("/payments")).page
    history.check()
    assert [row[1] for row in history.table("payments")[1:-1]] == [
        "−100,00", "880,29 взнос 879,97, пеня 0,32",
    ]  # fmt: skip
    assert "Возврат" in history.text


async def test_what_went_back_whole_is_told_first(desk: Desk):
    await desk.give(87997, 32)
    ((order,),) = desk.shop.books.rows("SELECT order_id FROM payment_order")
    assert (await desk.shop.browser.get(f"/payment/{order}")).page.h1 == "Возвращено 880,29 ₽"


async def test_above_the_limit_a_second_employee_confirms(desk: Desk):
    await desk.shop.pay(principal="10000,01", penalty="0")
    books = desk.shop.books
    ((payment_id,),) = books.rows("SELECT max(payment_id) FROM payment")
    desk.payment_id = lambda: payment_id  # type: ignore[method-assign]
    refund_id = await desk.ask(REFUND_CONFIRM_ABOVE + 1)
    assert not await desk.release(refund_id, desk.first)
    assert await desk.release(refund_id, desk.second)
    assert (await send(desk.app, refund_id)).state is RefundState.DONE
    assert books.rows("SELECT confirmed_by FROM refund") == [(desk.second,)]


async def test_nobody_confirms_his_own(desk: Desk):
    refund_id = await desk.ask(10000)
    with pytest.raises(psycopg2.errors.CheckViolation):
        desk.shop.books.rows("UPDATE refund SET confirmed_by = asked_by WHERE refund_id = %s",
                             refund_id)  # fmt: skip


@pytest.mark.parametrize("bank", ["gpb"])
async def test_a_connection_that_breaks_does_not_send_the_call_again(desk: Desk):
    """It is a GET, which HTTP libraries like to repeat by themselves."""
    desk.shop.bank.faults.add(Fault.REFUND_UNANSWERED)
    await desk.give(10000)
    assert given_back(desk.shop) == 10000
