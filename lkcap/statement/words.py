"""What the statement says in plain words, above its table."""

from typing import NamedTuple

from markupsafe import Markup

from lkcap.kit.money import NBSP, data
from lkcap.kit.month import NAMES_GENITIVE, Month
from lkcap.kit.words import plural
from lkcap.statement.forms import DEFAULT_MONTHS, Wish
from lkcap.statement.model import Kind, Operation, Statement

_RANGE = Markup("{span} начислено <b>{charged}\u00a0₽</b>, поступило <b>{paid}\u00a0₽</b>.")
_BALANCE = {
    1: Markup("{when} {debt} <b>{amount}\u00a0₽</b>."),
    0: Markup("{when} долга нет."),
    -1: Markup("{when} переплата <b>{amount}\u00a0₽</b>, зачтётся сама."),
}


def lead(statement: Statement, open_month: Month) -> Markup:
    """One or two sentences that answer before the table does."""
    if not statement.months:
        return Markup("За эти месяцы операций нет: счёт начался позже или закрыт раньше.")
    total, months = statement.total, statement.months
    span = (
        f"За {months[0].month.name}"
        if len(months) == 1
        else "За " + plural(len(months), "месяц", "месяца", "месяцев")
    )
    told = _RANGE.format(span=span, charged=data(total.actual), paid=data(total.paid))
    return told + Markup(" ") + _balance(statement, open_month)


def _balance(statement: Statement, open_month: Month) -> Markup:
    last, closing = statement.months[-1].month, statement.total.closing
    when = (
        "Сейчас"
        if last == open_month
        else f"На конец{NBSP}{NAMES_GENITIVE[last.month - 1]} {last.year}"
    )
    debt = "осталось заплатить" if last == open_month else "оставалось заплатить"
    if statement.kind is Kind.PENALTY:
        debt += " пени"
    sign = (closing > 0) - (closing < 0)
    return _BALANCE[sign].format(when=when, debt=debt, amount=data(abs(closing)))


def operation_note(operation: Operation) -> str:
    """Behind an operation: its document, its working, and the month it is for."""
    parts = [operation.document, operation.details]
    if operation.for_period:
        parts.append(f"за{NBSP}{Month.of(operation.for_period).name}")
    note = ", ".join(part for part in parts if part)
    # billing writes its working with common blanks; a number and its unit stay in one line
    return note.replace(" м²", f"{NBSP}м²").replace(" ₽", f"{NBSP}₽")


class QuickRange(NamedTuple):
    title: str
    address: dict[str, str]


def quick_ranges(since: Month | None, last: Month, wish: Wish) -> list[QuickRange]:
    """Links under the pickers: a year back, this and the last calendar year, everything."""
    rest = {"debt": wish.kind.value, "mode": wish.mode.value}
    ranges = [(f"{DEFAULT_MONTHS}{NBSP}месяцев", last + (1 - DEFAULT_MONTHS), last)]
    if since:
        for year in (last.year, last.year - 1):
            if since.year <= year:
                ranges.append((f"{year}{NBSP}год", Month(year, 1), min(last, Month(year, 12))))
        ranges.append((f"всё с{NBSP}{since.year}{NBSP}года", since, last))
    return [
        QuickRange(title, {"from": str(first), "to": str(end)} | rest)
        for title, first, end in ranges
    ]
