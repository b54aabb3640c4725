"""What the history of payments says: how each was paid, what it went to."""

from collections.abc import Iterable, Sequence
from datetime import date

from lkcap.kit.money import NBSP
from lkcap.kit.month import NAMES, Month
from lkcap.payments.history_rows import Payment

# Whose word a payment came by; of the rest only the ledger tells.
SITE = frozenset({"gpb", "sngb"})
_REGISTRIES = {"sber": "Через Сбербанк"}
_BY_REGISTRY = "Через банк или почту"
_UNKNOWN = "Способ оплаты не указан"

EARLIER, AHEAD = "прежние месяцы", "следующие месяцы"
_DIGITS_SHOWN = 4


def how(payment: Payment) -> str:
    """How it was paid; empty where the reader may not know."""
    if not payment.is_told:
        return ""
    if payment.source in SITE:
        return "На сайте картой" if payment.amount >= 0 else "На карту"
    if payment.source:
        return _REGISTRIES.get(payment.source, _BY_REGISTRY)
    return ", ".join(filter(None, (payment.document, payment.details))) or _UNKNOWN


def how_note(payment: Payment) -> str:
    return f"карта {card(payment.masked_pan)}" if payment.masked_pan else ""


def card(masked: str) -> str:
    """«•• 1111» of any bank's way of masking."""
    return f"••{NBSP}{masked[-_DIGITS_SHOWN:]}"


def went_to(payment: Payment) -> str:
    """«Взнос за сентябрь – октябрь 2026, пеня»."""
    if payment.amount < 0:
        return "Возврат"
    told = [
        f"{name} за{NBSP}{spans}" if (spans := month_spans(months)) else name
        for name, amount, months in (
            ("взнос", payment.principal, payment.months),
            ("пеня", payment.penalty, payment.penalty_months),
        )
        if amount
    ]
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def month_spans(months: Sequence[date | None]) -> str:
    """«декабрь 2025 – январь 2026, май 2026»; a month that is not named is before the others, or
    after them; alone it is nothing to tell.
    """
    named = [Month.of(one) for one in months if one]
    if not named:
        return ""
    told = [_span(first, last) for first, last in _runs(named)]
    if months[0] is None:
        told.insert(0, EARLIER)
    if months[-1] is None:
        told.append(AHEAD)
    return ", ".join(told)


def _runs(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """Months without a gap between them, as (first, last)."""
    runs: list[tuple[Month, Month]] = []
    for month in sorted(set(months)):
        if runs and month - runs[-1][1] == 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _span(first: Month, last: Month) -> str:
    if first == last:
        return first.name
    begin = NAMES[first.month - 1] if first.year == last.year else first.name
    return f"{begin}{NBSP}– {last.name}"
