"""Gazprombank's server API over HTTP: the refund. What it has done it does not tell afterwards."""

from collections.abc import Collection
from http import HTTPStatus

import structlog
from aiohttp import ClientSession, encode_basic_auth

from lkcap.banks.base import BankUnavailable, NotSent
from lkcap.banks.gpb.refund import BadAnswer, parse_refund_answer, refund_url
from lkcap.banks.refund import RefundCall, RefundOutcome, RefundState
from lkcap.banks.wire import Answer, Wire
from lkcap.config import Gpb

# Slower than a payment's page may be: a person waits, and an unknown outcome costs him more.
TIMEOUT_SECONDS = 30
_TOLD_MAX = 4000
NOT_SENT = "Банк не отвечает, запрос не отправлен."
_STRANGER = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

log = structlog.get_logger()


def can_refund(terms: Gpb) -> bool:
    """Whether the bank's terms of refunds are set."""
    return bool(terms.merch_id and terms.refund_url and terms.api_password)


class GpbRefunds:
    """A `Refunder`; `terms` are such that `can_refund`."""

    def __init__(
        self, terms: Gpb, http: ClientSession, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        if not terms.api_password:
            raise ValueError("GPB__API_PASSWORD is not set")
        self._terms = terms
        self._key = encode_basic_auth(terms.merch_id, terms.api_password.get_secret_value())
        self._wire = Wire(http, timeout_seconds)

    async def refund(self, call: RefundCall) -> RefundOutcome:
        url = refund_url(self._terms, call.trx_id, (call.rrn or "").strip() or None, call.amount)
        try:
            answer = await self._wire.ask("GET", url, headers={"Authorization": self._key})
        except NotSent:
            return RefundOutcome(RefundState.REFUSED, NOT_SENT)
        except BankUnavailable as error:
            log.warning("bank call failed", bank="gpb", call="refund", reason=error.reason)
            return RefundOutcome(RefundState.UNKNOWN, error.reason)
        return _read(answer)

    async def look(self, call: RefundCall, known: Collection[str]) -> RefundOutcome:
        """Its enquiry is not described well enough: the registry tells, or a person."""
        return RefundOutcome(RefundState.UNKNOWN, "the bank has no enquiry about refunds")


def _read(answer: Answer) -> RefundOutcome:
    told = answer.text[:_TOLD_MAX].replace("\0", "\ufffd")
    if answer.status in _STRANGER:
        reason = "Банк не принял пароль из настройки API_PASSWORD, возврата не было."
        return RefundOutcome(RefundState.REFUSED, reason, told)
    if answer.status != HTTPStatus.OK:
        return RefundOutcome(RefundState.UNKNOWN, f"status {answer.status}", told)
    try:
        said = parse_refund_answer(answer.body)
    except BadAnswer as error:
        return RefundOutcome(RefundState.UNKNOWN, str(error), told)
    if not said.is_done:
        reason = f"Банк отклонил возврат: {said.desc}" if said.desc else "Банк отклонил возврат."
        return RefundOutcome(RefundState.REFUSED, reason, told)
    return RefundOutcome(
        RefundState.DONE, told=told, number=said.rrn or "", rrn=said.rrn, auth_code=said.auth_code
    )
