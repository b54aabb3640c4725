"""Misbehaviours of a bank, each of which was seen in earnest or must be expected."""

from collections.abc import Iterable
from enum import StrEnum


class Fault(StrEnum):
    """Set for the whole bank or for one attempt; looked at when a message is composed."""

    # what happened
    OVERPAID = "overpaid"
    UNDERPAID = "underpaid"
    FAIL_FIRST = "fail-first"
    REORDER = "reorder"
    SECOND_SUCCESS = "second-success"
    FORGED = "forged"
    # what the message says
    WRONG_MERCHANT = "wrong-merchant"
    BAD_SIGNATURE = "bad-signature"
    OLD_KEY = "old-key"
    ORDER_2018 = "order-2018"
    NO_AMOUNT = "no-amount"
    NO_MERCHANT_TRX = "no-merchant-trx"
    UNKNOWN_PARAMETERS = "unknown-parameters"
    TAIL = "tail"
    # when it goes, and how often
    SILENT = "silent"
    BROWSER_FIRST = "browser-first"
    REPEAT = "repeat"
    TEN_AT_ONCE = "ten-at-once"
    # how refunds end
    REFUND_REFUSED = "refund-refused"
    REFUND_UNANSWERED = "refund-unanswered"
    REFUND_LOST = "refund-lost"


# Stories of the payment page: one message of the panel cannot tell them.
STORIES = {Fault.FAIL_FIRST, Fault.REORDER, Fault.SECOND_SUCCESS, Fault.FORGED}
# No message tells of a refund.
REFUNDS = {Fault.REFUND_REFUSED, Fault.REFUND_UNANSWERED, Fault.REFUND_LOST}

TITLES = {
    Fault.OVERPAID: "списано на 100,00 больше, чем просил магазин",
    Fault.UNDERPAID: "списана половина того, что просил магазин",
    Fault.FAIL_FIRST: "сначала отказ, потом успех с новой операцией",
    Fault.REORDER: "отказ прежней операции приходит после успеха новой",
    Fault.SECOND_SUCCESS: "ГПБ: второй успех, с другой операцией",
    Fault.FORGED: "СНГБ: уведомление говорит CAPTURED, а денег банк не брал",
    Fault.WRONG_MERCHANT: "ГПБ: чужой merch_id",
    Fault.BAD_SIGNATURE: "неверная подпись (у СНГБ — udf5)",
    Fault.OLD_KEY: "ГПБ: подпись прежним сертификатом",
    Fault.ORDER_2018: "ГПБ: порядок параметров 2018 года",
    Fault.NO_AMOUNT: "ГПБ: нет суммы",
    Fault.NO_MERCHANT_TRX: "ГПБ: нет merchant_trx",
    Fault.UNKNOWN_PARAMETERS: "неизвестные параметры",
    Fault.TAIL: "ГПБ: result_code=1, дописанный после подписи",
    Fault.SILENT: "молчать: сообщение ждёт кнопки «Отправить»",
    Fault.BROWSER_FIRST: "плательщик возвращается раньше сообщения",
    Fault.REPEAT: "повторить после успеха",
    Fault.TEN_AT_ONCE: "десять одинаковых сразу",
    Fault.REFUND_REFUSED: "возврат отклонён",
    Fault.REFUND_UNANSWERED: "возврат сделан, а ответа магазин не получил",
    Fault.REFUND_LOST: "запрос возврата пропал: ни денег, ни ответа",
}


def read_faults(names: Iterable[str]) -> set[Fault]:
    """Raises ValueError for a name that is none."""
    return {Fault(name) for name in names}
