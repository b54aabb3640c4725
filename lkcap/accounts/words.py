"""Информация in plain words: the headline, its reason, and the sum anyone can add up by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lkcap.accounts.model import Due, Facts
from lkcap.kit.money import NBSP, data, half_up
from lkcap.kit.month import NAMES_GENITIVE, Month
from lkcap.kit.words import day_and_month, square_metres
from lkcap.statement.model import Row

_HEADLINES = {
    "in_time": Markup("К\u00a0оплате <b>{total}\u00a0₽</b>{until}"),
    "overdue": Markup("Долг <b>{total}\u00a0₽</b>, {late} нужно было заплатить {since}"),
    "nothing": Markup("Долга нет"),
    "advance": Markup("Переплата <b>{advance}\u00a0₽</b>, зачтётся сама"),
}


def headline(due: Due, facts: Facts) -> Markup:
    """The answer the reader came for, with its date."""
    if facts.fund_method == "special_other" and not due.total and not due.advance:
        return Markup("Взносы вашего дома собирает не\u00a0фонд")
    late = (
        "его"
        if due.overdue == due.total
        else Markup("из них <b>{}\u00a0₽</b>").format(data(due.overdue))
    )
    until = Markup(" до\u00a0{}").format(day_and_month(due.until)) if due.until else ""
    since = f"до{NBSP}{day_and_month(due.overdue_since)}" if due.overdue_since else "раньше"
    return _HEADLINES[due.state].format(
        total=data(due.total), advance=data(due.advance), late=late, until=until, since=since
    )


def lead(due: Due, facts: Facts) -> str | Markup:
    """The next thing to know: when a penalty begins, what covers what, when to pay next."""
    if facts.closed_on:
        return "Счёт закрыт, новых взносов не будет."
    if facts.fund_method == "special_other":
        return "Дом копит на своём счёте: сумму взноса и квитанцию даёт владелец этого счёта."
    if due.state in ("nothing", "advance"):
        return f"Следующий взнос до{NBSP}{day_and_month(due.next_until)}."
    if due.principal.closing <= 0:
        return _only_penalty(due)
    if due.state == "in_time":
        return "Долга за прошлые месяцы нет, срок ещё не прошёл."
    return _growing(due)


def _only_penalty(due: Due) -> str:
    if due.principal.closing < 0:
        return "Это пеня. Переплата по взносу её не закрывает и ждёт следующих взносов."
    return "Это пеня за прошлые месяцы. Взнос оплачен, и больше она не растёт."


def _growing(due: Due) -> str | Markup:
    if due.penalty.closing > 0:
        told = "Из них пеня {}\u00a0₽. Она растёт за каждый день, пока долг не погашен."
        return Markup(told).format(data(due.penalty.closing))  # noqa: S704 - our own sentence
    if due.penalty_from:
        return f"С{NBSP}{day_and_month(due.penalty_from)} начнётся пеня, сейчас её нет."
    return "Пеня считается за каждый день, пока долг не погашен."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the column sum; the first is a balance, the others are added to it."""

    title: str
    amount: int
    note: str | Markup = ""


def sum_lines(due: Due, facts: Facts, month: Month) -> list[Line]:
    """From the balance at the month's start to «К оплате», or to the overpayment, which is the last
    line; the lines before it add up to it exactly.
    """
    one, two = due.principal, due.penalty
    start = Line(
        f"Было на{NBSP}1{NBSP}{NAMES_GENITIVE[month.month - 1]}",
        one.opening + two.opening,
        _start_note(one, two),
    )
    lines = [start, *_movements(one, two, facts, month)]
    total = Line("К оплате", due.total) if due.total else Line("Переплата", -due.advance)
    if due.total:
        lines += [
            Line(f"Переплата по {name} остаётся на счёте", -row.closing, "её ждёт свой взнос")
            for row, name in ((one, "взносу"), (two, "пене"))
            if row.closing < 0
        ]
    elif not due.advance:
        total = Line("К оплате", 0)
    assert sum(line.amount for line in lines) == total.amount
    return [*lines, total]


_BOTH = Markup("взнос {} и пеня {}")


def _start_note(principal: Row, penalty: Row) -> str | Markup:
    if not penalty.opening:
        return "переплата" if principal.opening < 0 else ""
    return _BOTH.format(data(principal.opening), data(penalty.opening))


def _movements(one: Row, two: Row, facts: Facts, month: Month) -> Iterator[Line]:
    of_month = f"за {month.name.split()[0]}"
    both = [
        Line(f"Взнос {of_month}", one.charged, _formula(facts, one.charged)),
        Line("Перерасчёты взноса", one.recalculated),
        Line(f"Пеня {of_month}", two.charged),
        Line("Перерасчёты пени", two.recalculated),
        Line("Поступило", -one.paid - two.paid, _paid_note(one, two)),
        Line("Корректировки", one.corrected + two.corrected),
        Line("Списания", -one.written_off - two.written_off),
    ]
    return (line for line in both if line.amount)


def _formula(facts: Facts, charged: int) -> str | Markup:
    """rate × area × share, said only where it gives the very sum charged."""
    if facts.rate is None or facts.area is None:
        return "предварительно"
    exact = facts.rate * facts.area * facts.share_numerator / facts.share_denominator
    if half_up(exact) != charged:
        return "предварительно"
    share = "" if facts.share == "1/1" else f" × {facts.share}"
    told = Markup("{}\u00a0₽ × {}{}, предварительно")
    return told.format(data(facts.rate), square_metres(facts.area), share)


def _paid_note(one: Row, two: Row) -> str | Markup:
    if not two.paid:
        return ""
    return _BOTH.format(data(one.paid), data(two.paid)) if one.paid else "пеня"
