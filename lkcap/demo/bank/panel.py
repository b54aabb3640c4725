"""The panel: what the bank did, and how it shall misbehave; for people and for tests."""

from aiohttp import web

from lkcap.demo.bank.bank import BANK, Bank
from lkcap.demo.bank.desk import COPIES, send_again, tell
from lkcap.demo.bank.faults import REFUNDS, STORIES, TITLES, Fault, read_faults
from lkcap.demo.bank.model import Attempt, Delivery, Message, Payment, Result, Wire
from lkcap.demo.bank.render import render

SHOWN_MAX = 100
STATES = {
    "open": "открыта страница",
    "turned-away": "магазин отказал",
    "paid": "оплачено",
    "refused": "отказ",
    "cancelled": "отменено",
}
DELIVERIES = {
    Delivery.HELD: "ждёт кнопки",
    Delivery.GOING: "доставляется",
    Delivery.DELIVERED: "принято",
    Delivery.GIVEN_UP: "не доставлено",
}


async def show(request: web.Request) -> web.Response:
    """The last attempts first."""
    bank = request.app[BANK]
    attempts = [*bank.attempts.values()][: -SHOWN_MAX - 1 : -1]
    return render("panel.html", attempts=attempts, faults=bank.faults, titles=TITLES, states=STATES)


async def show_attempt(request: web.Request) -> web.Response:
    return render(
        "attempt.html",
        attempt=_attempt(request),
        titles=TITLES,
        of_messages={one: title for one, title in TITLES.items() if one not in STORIES | REFUNDS},
        states=STATES,
        deliveries=DELIVERIES,
        copies=COPIES,
    )


async def set_faults(request: web.Request) -> web.Response:
    """`fault`, any number: all others are off."""
    request.app[BANK].faults = await _faults(request)
    raise web.HTTPSeeOther("/panel")


async def set_faults_of_attempt(request: web.Request) -> web.Response:
    attempt = _attempt(request)
    attempt.faults = await _faults(request)
    raise web.HTTPSeeOther(f"/panel/{attempt.id}")


async def add_message(request: web.Request) -> web.Response:
    """`result`; `new` = `yes`: a new operation; `fault`, any number: those of the bank are off."""
    attempt, sent = _attempt(request), await request.post()
    if attempt.refusal:
        raise web.HTTPConflict(text="Магазин отказал: сообщать не о чем")
    try:
        result = Result(str(sent.get("result", "")))
    except ValueError as error:
        raise web.HTTPBadRequest(text=str(error)) from error
    faults, is_new = await _faults(request), sent.get("new") == "yes"
    if faults & (STORIES | REFUNDS):
        raise web.HTTPBadRequest(text="Это поведение банка, а не одного сообщения")
    if is_new and result is Result.PAID and attempt.wire is Wire.SNGB and attempt.state == "paid":
        raise web.HTTPConflict(text="СНГБ берёт деньги по одному платежу один раз")
    await tell(request.app[BANK], attempt, result, is_new=is_new, faults=faults)
    raise web.HTTPSeeOther(f"/panel/{attempt.id}")


async def send(request: web.Request) -> web.Response:
    """`copies`: how many at once."""
    attempt, sent = _attempt(request), await request.post()
    message = attempt.messages[_number(request.match_info["n"], len(attempt.messages) - 1)]
    if message.kind == "check":
        raise web.HTTPConflict(text="Проверку заново не посылают")
    await send_again(request.app[BANK], message, _number(str(sent.get("copies", "1")), COPIES))
    raise web.HTTPSeeOther(f"/panel/{attempt.id}")


def _attempt(request: web.Request) -> Attempt:
    attempt = request.app[BANK].attempts.get(request.match_info["id"])
    if attempt is None:
        raise web.HTTPNotFound(text="Такого платежа нет")
    return attempt


async def _faults(request: web.Request) -> set[Fault]:
    try:
        return read_faults(str(one) for one in (await request.post()).getall("fault", []))
    except ValueError as error:
        raise web.HTTPBadRequest(text=str(error)) from error


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise web.HTTPBadRequest(text=f"нужно число не больше {most}")
    return int(text)


async def book(request: web.Request) -> web.Response:
    """Every payment taken since the start, in the order of taking."""
    return web.json_response([_line(one) for one in request.app[BANK].book])


async def state(request: web.Request) -> web.Response:
    """What the panel shows, for tests."""
    bank: Bank = request.app[BANK]
    attempts = [_told(one) for one in bank.attempts.values()]
    return web.json_response({"faults": sorted(bank.faults), "attempts": attempts})


def _line(payment: Payment) -> dict[str, object]:
    operation, attempt = payment.operation, payment.attempt
    return {
        "wire": attempt.wire,
        "order": attempt.order,
        "attempt": attempt.id,
        "trx_id": operation.trx_id,
        "rrn": operation.rrn.strip(),
        "auth_code": operation.auth_code,
        "amount": operation.amount,
        "fee": payment.fee,
        "paid_at": operation.at.isoformat(),
        "refunded": payment.refunded,
        "refunds": [
            {"trx_id": one.trx_id, "amount": one.amount, "at": one.at.isoformat()}
            for one in payment.refunds
        ],
        "acknowledged": payment.is_acknowledged,
    }


def _told(attempt: Attempt) -> dict[str, object]:
    return {
        "id": attempt.id,
        "wire": attempt.wire,
        "order": attempt.order,
        "amount": attempt.amount,
        "state": attempt.state,
        "refusal": attempt.refusal,
        "faults": sorted(attempt.faults),
        "operations": [{"trx_id": one.trx_id, "result": one.result} for one in attempt.operations],
        "messages": [_message(one) for one in attempt.messages],
    }


def _message(message: Message) -> dict[str, object]:
    return {
        "kind": message.kind,
        "trx_id": message.trx_id,
        "url": message.url,
        "body": message.body,
        "faults": sorted(message.faults),
        "delivery": message.delivery,
        "answers": [
            {"status": one.status, "answer": one.answer, "accepted": one.is_accepted}
            for one in message.sendings
        ],
    }
