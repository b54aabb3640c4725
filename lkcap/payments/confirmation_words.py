"""What the confirmation of a payment says."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from lkcap.kit.money import NBSP, roubles
from lkcap.kit.month import Month
from lkcap.kit.words import long_date
from lkcap.payments.confirmation import Confirmation
from lkcap.payments.history_words import card
from lkcap.payments.order import State
from lkcap.payments.payee import Payee

NO_CHECK = (
    f"Этот документ подтверждает платёж, но не{NBSP}является кассовым чеком: "
    f"он составлен сайтом фонда по{NBSP}сообщению банка."
)
_RETURNED = {
    State.REFUNDED: "Платёж возвращён плательщику.",
    State.REFUNDED_PART: "Часть платежа возвращена плательщику.",
}


def result(one: Confirmation) -> str:
    """The answer the paper was asked for."""
    return (
        f"{long_date(one.paid_at.date())} на{NBSP}лицевой счёт {one.account} "
        f"оплачено {roubles(one.amount)}{NBSP}₽"
    )


def status(one: Confirmation) -> str:
    told = (
        f"Платёж учтён {long_date(one.settled_on)}"
        if one.settled_on
        else f"Платёж в{NBSP}пути: банк деньги принял, на{NBSP}лицевом счёте они учтены, "
        f"фонд ждёт подтверждения от{NBSP}банка."
    )
    returned = _RETURNED.get(State(one.state)) if one.state else None
    return f"{returned} {told}" if returned else told


def fee(one: Confirmation) -> str:
    """Of the bank's own sum; empty where none was shown."""
    if not one.fee:
        return ""
    return (
        f"Сверх этой суммы банк взял комиссию {roubles(one.fee)}{NBSP}₽, "
        f"всего с{NBSP}карты {roubles(one.amount + one.fee)}{NBSP}₽."
    )


def moment(when: datetime) -> str:
    """«14.11.2026 12:05:33, Екатеринбург (UTC+5)»; `when` is in its zone."""
    offset = when.strftime("%z")
    hours = f"{offset[0]}{int(offset[1:3])}" + (f":{offset[3:5]}" if offset[3:5] != "00" else "")
    assert isinstance(when.tzinfo, ZoneInfo)
    city = get_timezone_location(when.tzinfo, locale="ru", return_city=True)
    return f"{when:%d.%m.%Y %H:%M:%S}, {city} (UTC{hours})"


def transfer(one: Confirmation) -> list[tuple[str, str]]:
    """(name, value) of what the bank knows the payment by."""
    pairs = (
        ("Дата и время", moment(one.paid_at)),
        ("Лицевой счёт", one.account),
        ("Банк", one.bank),
        ("Номер операции", one.trx_id),
        ("RRN", one.rrn),
        ("Код авторизации", one.auth_code),
        ("Карта", card(one.masked_pan) if one.masked_pan else None),
        ("Заказ", one.order_id),
    )
    return _known(pairs)


def receiver(payee: Payee, *, has_penalty: bool) -> list[tuple[str, str]]:
    """Requisites; the penalty's own account where it has got a part of the payment."""
    has_two = has_penalty and payee.has_penalty_account
    pairs = (
        ("Получатель", payee.name),
        ("ИНН / КПП" if payee.kpp else "ИНН", " / ".join(filter(None, (payee.inn, payee.kpp)))),
        ("Счёт для взноса" if has_two else "Счёт", payee.account),
        ("Счёт для пени", payee.penalty_account if has_two else None),
        ("Банк получателя", payee.bank_name),
        ("БИК", payee.bic),
        ("Корр. счёт", payee.corr_account),
    )
    return _known(pairs)


def _known(pairs: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if value]


def destination(one: Confirmation, place: int) -> str:
    """«Взнос за октябрь 2026»; a month without a name, planned by the order, is a debt of earlier
    ones where others follow it, and paid ahead where it follows them.
    """
    part = one.destinations[place]
    planned = [other for other in one.destinations if other.kind == "principal"]
    name = "Пеня" if part.kind == "penalty" else "Взнос"
    if part.month:
        return f"{name} за{NBSP}{Month.of(part.month).name}"
    if part.kind == "penalty" or len(planned) == 1 or one.is_billed:
        return name
    return f"{name} за{NBSP}прежние месяцы" if place == 0 else "Аванс: следующие взносы"
