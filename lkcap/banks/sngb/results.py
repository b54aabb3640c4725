"""What СНГБ's words and codes mean. None of them means that money has come."""

import re
from enum import StrEnum


class Outcome(StrEnum):
    """How an attempt to pay has ended; UNKNOWN: ask later."""

    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


# CAPTURED and APPROVED are not here: that money has come is told by the status of the payment
# alone. HOST TIMEOUT: the bank does not know either.
_OUTCOMES = {
    "NOT CAPTURED": Outcome.FAILED,
    "NOT APPROVED": Outcome.FAILED,
    "DENIED BY RISK": Outcome.FAILED,
    "FAILED AVS": Outcome.FAILED,
    "CANCELED": Outcome.CANCELLED,
    "VOIDED": Outcome.CANCELLED,
}

_BAD_NUMBER = "Номер карты введён неверно."
_BAD_EXPIRY = "Срок действия карты введён неверно или истёк."
_EXPIRED = "Срок действия карты истёк."
_RESPONSES = {
    "04": _BAD_NUMBER,
    "14": _BAD_NUMBER,
    "56": _BAD_NUMBER,
    "33": _EXPIRED,
    "54": _EXPIRED,
    "Q1": _BAD_EXPIRY,
    "51": "На карте не хватает денег.",
}
_ASK_THE_ISSUER = "Банк отклонил оплату. Причину скажут в банке, который выпустил карту."
_ERRORS = {
    "CGW000029": _BAD_NUMBER,
    "CGW000401": _BAD_NUMBER,
    "CGW000030": "Номер карты не введён.",
    "CGW000289": _BAD_EXPIRY,
}
_ERROR = "Оплата не прошла из-за ошибки на стороне банка."
# Refusals of a refund that are surely made before any money moves.
_REFUND_ERRORS = {"CGW000316": "Банк не нашёл операции, по которой возвращают деньги."}
_CODE = re.compile(r"CGW\d{1,9}")


def outcome_of(result: str) -> Outcome:
    """FAILED, CANCELLED, else UNKNOWN; never PAID."""
    return _OUTCOMES.get(result, Outcome.UNKNOWN)


def response_words(code: str) -> str:
    """Why the payer's bank has refused, by `responsecode`."""
    return _RESPONSES.get(code, _ASK_THE_ISSUER)


def error_words(error: str) -> str:
    """What has failed, by `Error` of a notification."""
    return _ERRORS.get(error_code(error), _ERROR)


def refund_refusal(error: str) -> str:
    """Why a refund is surely refused, in Russian for the staff; empty where that is not sure."""
    return _REFUND_ERRORS.get(error_code(error), "")


def error_code(text: str) -> str:
    """`CGW000029` of «CGW000029-Card Number Invalid»; empty without a code."""
    found = _CODE.search(text)
    return found[0] if found else ""
