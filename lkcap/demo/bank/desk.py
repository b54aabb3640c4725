"""What follows when the payer has decided: operations, the book, messages, the way back."""

import asyncio
from collections.abc import Sequence, Set
from dataclasses import replace

from lkcap.demo.bank import gpb, sngb
from lkcap.demo.bank.bank import Bank
from lkcap.demo.bank.cards import CARDS, Card, Way
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.model import Attempt, Delivery, Message, Operation, Result, Wire
from lkcap.demo.bank.wire import query, redirect_of, with_query

COPIES = 10


async def settle(bank: Bank, attempt: Attempt, result: Result, card: Card | None) -> str:
    """The address to send the payer to. A button pressed twice changes nothing.

    The shop's first answer is waited for, unless a fault of the attempt says otherwise.
    """
    async with attempt.lock:
        if not attempt.operations:
            faults = bank.faults | attempt.faults | (card.faults if card else set())
            if card and card.is_slow:
                await asyncio.sleep(bank.settings.slow_card)
            operations = _operate(bank, attempt, result, card, faults)
            messages = [compose(bank, attempt, one, faults) for one in operations]
            attempt.messages += messages
            await _dispatch(bank, messages, faults)
            attempt.next_page = _way_back(bank, attempt)
    return attempt.next_page


def _operate(
    bank: Bank, attempt: Attempt, result: Result, card: Card | None, faults: Set[Fault]
) -> list[Operation]:
    """In the order in which the shop is to hear of them.

    No new check goes before the second operation: the shop meets a trx_id it has not seen.
    """

    def operate(how: Result) -> Operation:
        return bank.operate(attempt, how, card, faults)

    if attempt.wire is Wire.SNGB and Fault.FORGED in faults:
        return [operate(Result.REFUSED)]
    operations = []
    if result is Result.PAID and faults & {Fault.FAIL_FIRST, Fault.REORDER}:
        operations.append(operate(Result.REFUSED))
    operations.append(operate(result))
    if Fault.REORDER in faults:
        operations.reverse()
    is_twice = Fault.SECOND_SUCCESS in faults and attempt.wire is Wire.GPB
    if result is Result.PAID and is_twice:
        operations.append(operate(result))
    return operations


def compose(bank: Bank, attempt: Attempt, operation: Operation, faults: Set[Fault]) -> Message:
    """The message in its wire's manner; not sent yet."""
    if attempt.wire is Wire.SNGB:
        assert bank.settings.sngb is not None
        return sngb.notification(bank, bank.settings.sngb, attempt, operation, faults)
    assert bank.settings.gpb is not None
    return gpb.register(bank, bank.settings.gpb, attempt, operation, faults)


async def _dispatch(bank: Bank, messages: Sequence[Message], faults: Set[Fault]) -> None:
    if Fault.SILENT in faults:
        return
    if Fault.BROWSER_FIRST in faults:
        bank.courier.start(_send_later(bank, messages, faults))
    else:
        await _send(bank, messages, faults)


async def _send(bank: Bank, messages: Sequence[Message], faults: Set[Fault]) -> None:
    """Each after the first answer to the one before it."""
    for message in messages:
        copies = COPIES if Fault.TEN_AT_ONCE in faults else 1
        bank.courier.begin(message, copies, repeats=int(Fault.REPEAT in faults))
        await message.answered.wait()


async def _send_later(bank: Bank, messages: Sequence[Message], faults: Set[Fault]) -> None:
    await asyncio.sleep(bank.settings.browser_lead)
    await _send(bank, messages, faults)


def _way_back(bank: Bank, attempt: Attempt) -> str:
    """GPB: as the shop asked at the start. СНГБ: as it answered, else the registered address."""
    is_paid = attempt.operations[-1].result is Result.PAID
    address = attempt.back_success if is_paid else attempt.back_failure
    if attempt.wire is Wire.GPB:
        return address
    answers = [sent.answer for message in attempt.messages for sent in message.sendings]
    told = [redirect_of(answer) for answer in answers if redirect_of(answer)]
    named = query([("paymentid", attempt.id), ("trackid", attempt.order)])
    return told[-1] if told else with_query(address, named)


async def tell(
    bank: Bank, attempt: Attempt, result: Result, *, is_new: bool, faults: Set[Fault]
) -> None:
    """The panel's: one more message, of a new operation or, falsely or again, of the last one.

    Only a new operation that is paid takes money; СНГБ takes it once for each payment.
    """
    async with attempt.lock:
        if is_new or not attempt.operations:
            operation = bank.operate(attempt, result, CARDS[Way.GOOD], faults)
        else:
            operation = replace(attempt.operations[-1], result=result)
        message = compose(bank, attempt, operation, faults)
        attempt.messages.append(message)
        await _dispatch(bank, [message], faults)


async def send_again(bank: Bank, message: Message, copies: int) -> None:
    """The panel's: release a held message, or repeat one that is done."""
    if message.delivery is Delivery.GOING:
        return
    message.answered.clear()
    bank.courier.begin(message, copies)
    await message.answered.wait()
