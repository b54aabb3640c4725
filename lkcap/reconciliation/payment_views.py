"""Payments: any of them found by any of its numbers, all that is known of it, and its refund."""

from typing import NoReturn

from aiohttp import web

from lkcap.banks.refund import REFUNDERS, RefundOutcome, RefundState
from lkcap.kit.asking import asked
from lkcap.kit.db import DATABASE, connection, transaction
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.keys import CLOCK
from lkcap.kit.money import roubles
from lkcap.kit.pages import render
from lkcap.payments import refunds
from lkcap.payments.order import Split
from lkcap.payments.refund import REFUND_CONFIRM_ABOVE, CannotRefund, Refund, needs_second
from lkcap.payments.refund_enquiry import look
from lkcap.payments.twice import new_form_name
from lkcap.reconciliation.dossier import read_dossier
from lkcap.reconciliation.forms import RefundForm
from lkcap.reconciliation.model import Taken
from lkcap.reconciliation.queries import list_found, list_refunds
from lkcap.reconciliation.words import TABLES
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

_TEXT_MAX = 100
_DECISIONS = {"done": RefundState.DONE, "refused": RefundState.REFUSED}


@for_roles(Role.ACCOUNTANT)
async def search(request: web.Request) -> web.Response:
    text = asked(request, "q", _TEXT_MAX)
    async with connection(request.app) as conn:
        found = await list_found(conn, text)
        waiting = await list_refunds(conn)
    context = {"text": text, "found": found, "waiting": waiting, **TABLES}
    return await render("reconciliation/payments.html", request, context)


@for_roles(Role.ACCOUNTANT)
async def show(request: web.Request) -> web.Response:
    return await _page(request)


async def _page(
    request: web.Request, form: RefundForm | None = None, asked_id: int = 0, status: int = 200
) -> web.Response:
    """By a payment's number or an order's name; `form` is the one of payment `asked_id`."""
    async with connection(request.app) as conn:
        known = await read_dossier(conn, request.match_info["key"])
    forms = {
        one.payment_id: RefundForm.of(one.left_principal, one.left_penalty, new_form_name())
        for one in known.payments
        if _can_refund(request, one)
    }
    if form is not None:
        forms[asked_id] = form
    context = {
        "known": known,
        "forms": forms,
        "form": form,
        "limit": REFUND_CONFIRM_ABOVE,
        **TABLES,
    }
    return await render("reconciliation/payment.html", request, context, status=status)


def _can_refund(request: web.Request, one: Taken) -> bool:
    is_taken = one.refund_id is None and one.left > 0 and not one.is_open
    return is_taken and one.source in request.app[REFUNDERS]


@for_roles(Role.ACCOUNTANT)
async def ask(request: web.Request) -> web.Response:
    """Ask for a refund of one payment; up to the limit it goes to the bank at once."""
    form, payment_id = await RefundForm.read(request), int(request.match_info["key"])
    sums = form.sums()
    if sums is None:
        return await _page(request, form, payment_id, 422)
    try:
        refund_id, is_new = await _ask(request, form, payment_id, sums)
    except CannotRefund as refused:
        form.refuse("principal", refused.why)
        return await _page(request, form, payment_id, 422)
    if is_new and not needs_second(sums.principal + sums.penalty):
        await _release(request, refund_id)
    raise web.HTTPSeeOther(f"/staff/payments/{payment_id}#refunds")


async def _ask(
    request: web.Request, form: RefundForm, payment_id: int, sums: Split
) -> tuple[int, bool]:
    why, amount = (form.why.data or "").strip(), sums.principal + sums.penalty
    async with transaction(request.app) as conn:
        refund_id, is_new = await refunds.ask(
            request.app,
            conn,
            payment_id,
            sums,
            staff_id=worker_of(request).staff_id,
            why=why,
            form=form.form.data or "",
        )
        if is_new:
            told = f"{roubles(amount)}; {why}"
            await note(request, conn, "попросил вернуть платёж", _payment(payment_id), told)
    return refund_id, is_new


@for_roles(Role.ACCOUNTANT)
async def confirm(request: web.Request) -> NoReturn:
    """The second employee's word: the refund goes to the bank."""
    if not await _release(request, _refund_id(request)):
        raise SenselessQuery("Этот возврат подтверждает другой сотрудник, или он уже отправлен.")
    raise web.HTTPSeeOther(await _back(request))


async def _release(request: web.Request, refund_id: int) -> bool:
    """The state is written first; no transaction is held while the bank is asked."""
    async with transaction(request.app) as conn:
        released = await refunds.release(conn, refund_id, worker_of(request).staff_id)
        if released:
            await note(request, conn, "отправил возврат в банк", _refund(refund_id))
    if released:
        await refunds.send(request.app, refund_id)
    return released


@for_roles(Role.ACCOUNTANT)
async def withdraw(request: web.Request) -> NoReturn:
    refund_id, back = _refund_id(request), await _back(request)
    async with transaction(request.app) as conn:
        if not await refunds.withdraw(conn, refund_id, f"отозвал {worker_of(request).name}"):
            raise SenselessQuery("Банк уже спрошен: отозвать возврат нельзя.")
        await note(request, conn, "отозвал возврат", _refund(refund_id))
    raise web.HTTPSeeOther(back)


@for_roles(Role.ACCOUNTANT)
async def enquire(request: web.Request) -> NoReturn:
    """Find out what became of a refund: the registry first, then the bank."""
    app, back = request.app, await _back(request)
    await look(app[DATABASE], app[CLOCK], app[REFUNDERS], _refund_id(request))
    raise web.HTTPSeeOther(back)


@for_roles(Role.ACCOUNTANT)
async def decide(request: web.Request) -> NoReturn:
    """A bank without an enquiry was asked by telephone: what it said, by whose word."""
    refund_id, back = _refund_id(request), await _back(request)
    state = _DECISIONS.get(str((await request.post()).get("outcome", "")))
    if state is None:
        raise SenselessQuery("Исход возврата бывает done или refused.")
    name = worker_of(request).name
    told_by = f"со слов банка: {'сделан' if state is RefundState.DONE else 'не сделан'}, {name}"
    database, clock = request.app[DATABASE], request.app[CLOCK]
    if not await refunds.settle(database, clock, refund_id, RefundOutcome(state), told_by=told_by):
        raise SenselessQuery("Исход этого возврата уже известен.")
    async with transaction(request.app) as conn:
        await note(request, conn, "записал исход возврата", _refund(refund_id), told_by)
    raise web.HTTPSeeOther(back)


def _refund_id(request: web.Request) -> int:
    return int(request.match_info["refund_id"])


async def _back(request: web.Request) -> str:
    """The page of the payment that the refund is of; raises NotFound."""
    async with connection(request.app) as conn:
        refund = await conn.get(refunds.LOCK, Refund, refund_id=_refund_id(request))
    return f"/staff/payments/{refund.payment_id}#refunds"


def _payment(payment_id: int) -> Subject:
    return Subject("платёж", str(payment_id))


def _refund(refund_id: int) -> Subject:
    return Subject("возврат", str(refund_id))
