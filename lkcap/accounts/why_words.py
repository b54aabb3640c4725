"""What «Почему столько?» says in plain words."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from lkcap.accounts.contribution import MonthCharge, MonthTerms, operations
from lkcap.accounts.penalty import Count
from lkcap.accounts.why import Answer, PenaltyCount
from lkcap.accounts.words import Line
from lkcap.kit.money import NBSP, data
from lkcap.kit.month import NAMES_GENITIVE, NAMES_PREPOSITIONAL, Month
from lkcap.kit.words import long_date, short_date, square_metres
from lkcap.ledger.rates import percent
from lkcap.statement.model import Kind, MonthBlock
from lkcap.statement.words import operation_note

_NOBODY = "Почему, знает только фонд: спросите его о{nbsp}{month}."
_MORE = Markup("{who} на\u00a0<b>{amount}\u00a0₽</b> {more}, чем {count}.")

_A_METRE = Markup("{}\u00a0₽ за\u00a01\u00a0м² в\u00a0месяц")
_ALL = Markup(
    "С\u00a0первого месяца счёта фонд начислил {}\u00a0₽ пени, по\u00a0расчёту выходит {}\u00a0₽"
)


def headline(answer: Answer) -> Markup:
    """«Взнос за октябрь 2026: 879,97 ₽», recalculations and acts included."""
    assert answer.block is not None
    what = "Пеня" if answer.question.kind is Kind.PENALTY else "Взнос"
    told = Markup("{} за\u00a0{}: <b>{}\u00a0₽</b>")
    return told.format(what, answer.question.month.name, data(answer.block.row.actual))


def charge_lead(charge: MonthCharge, month: Month) -> str | Markup:
    """Whether what was charged is what the formula gives; never more than is known."""
    terms, difference = charge.terms, charge.difference
    if terms.fund_method == "special_other":
        return "Дом копит на своём счёте: взнос считает владелец этого счёта, не фонд."
    if difference is None:
        missing = "площади" if terms.area is None else "размере взноса"
        return f"Формулы нет: у{NBSP}нас нет данных о{NBSP}{missing}."
    if not charge.charged:
        return f"Взнос за{NBSP}{month.name} не{NBSP}начислен."
    if not difference:
        return "Начисление сходится с формулой до копейки."
    if charge.is_rounding:
        return "Начисление сходится с формулой: услуг несколько, и каждая округляется отдельно."
    return _difference("Фонд начислил", difference, "даёт формула") + _why(terms, month)


def _why(terms: MonthTerms, month: Month) -> str:
    if terms.changes:
        return f" Площадь, доля или ставка менялись в{NBSP}этом месяце: могли считать по{NBSP}дням."
    return " " + _NOBODY.format(nbsp=NBSP, month=_about(month))


def _difference(who: str, difference: int, count: str) -> Markup:
    more = "больше" if difference > 0 else "меньше"
    return _MORE.format(who=who, amount=data(abs(difference)), more=more, count=count)


def _in(month: Month) -> str:
    return f"{NAMES_PREPOSITIONAL[month.month - 1]} {month.year}"


def _about(month: Month) -> str:
    return f"начислении за{NBSP}{month.name}"


def formula(charge: MonthCharge) -> Markup | None:
    """«17,12 ₽ × 51,4 м² × 1/3 = 293,32 ₽»."""
    terms, exact = charge.terms, charge.terms.formula
    if exact is None or terms.rate is None or terms.area is None:
        return None
    share = "" if terms.share == "1/1" else f" × {terms.share}"
    told = Markup("{}\u00a0₽ × {}{} = <b>{}\u00a0₽</b>")
    return told.format(data(terms.rate), square_metres(terms.area), share, data(exact))


def factors(terms: MonthTerms) -> list[tuple[str, str | Markup, str]]:
    """(name, value, since when and by whom) of each number in the formula."""
    rate = "нет данных" if terms.rate is None else _A_METRE.format(data(terms.rate))
    area = "нет данных" if terms.area is None else square_metres(terms.area)
    known = f"по{NBSP}данным фонда с{NBSP}{long_date(terms.state_since)}"
    return [
        ("Размер взноса", rate, _rate_note(terms)),
        ("Площадь", area, known),
        ("Доля в праве", terms.share, known),
    ]


def _rate_note(terms: MonthTerms) -> str:
    if terms.rate is None:
        return ""
    if terms.rate_since is None:
        return "указан в карточке дома, без даты"
    until = f", следующий с{NBSP}{long_date(terms.rate_until)}" if terms.rate_until else ""
    return f"тариф дома с{NBSP}{long_date(terms.rate_since)}{until}"


def comparison(charge: MonthCharge) -> list[Line]:
    """The formula, the difference if any, and what was charged, which is their sum."""
    exact, difference = charge.terms.formula, charge.difference
    if exact is None or difference is None:
        return []
    lines = [Line("По формуле", exact), Line("Разница", difference)]
    return [*(lines if difference else lines[:1]), Line("Начислено фондом", charge.charged)]


def month_lines(block: MonthBlock) -> list[Line]:
    """From the balance at the month's start to the one at its end, an operation a line."""
    month, row = block.month, block.row
    lines = [Line(f"Было на{NBSP}1{NBSP}{NAMES_GENITIVE[month.month - 1]}", row.opening)]
    for one in operations(block):
        amount = -one.amount if one.op in ("payment", "write_off") else one.amount
        note = f"{short_date(one.posted_on)}{', ' if operation_note(one) else ''}"
        lines.append(Line(one.title, amount, note + operation_note(one)))
    assert sum(line.amount for line in lines) == row.closing
    return [*lines, Line("Стало: переплата" if row.closing < 0 else "Стало", row.closing)]


def penalty_lead(answer: Answer, open_month: Month) -> str | Markup:
    assert answer.penalty is not None
    assert answer.block is not None
    month, charged = answer.question.month, answer.block.row.actual
    difference = charged - answer.penalty.month.accrued
    if month == open_month and not charged and difference:
        return f"Месяц не{NBSP}закончен, и{NBSP}пеню за{NBSP}него фонд ещё не{NBSP}начислил."
    if not charged and not difference:
        return f"В{NBSP}{_in(month)} пеня не начислялась, и по расчёту её нет."
    if not difference:
        return "Начисление сходится с расчётом до копейки."
    told = _difference("Фонд начислил", difference, "выходит по расчёту")
    return told + " Платить нужно то, что начислил фонд; о\u00a0разнице спросите его."


def penalty_lines(count: PenaltyCount, charged: int) -> list[Line]:
    """From our count of all debts to what was charged in the month."""
    month = count.month
    lines = [
        Line(f"Пеня по{NBSP}долгам из{NBSP}таблицы", month.total),
        Line(f"Уже посчитано к{NBSP}{long_date(month.before_day)}", -month.before),
    ]
    difference = charged - month.accrued
    if difference:
        lines.append(Line("Разница", difference, _by_count(month.accrued)))
    return [*lines, Line("Начислено фондом за месяц", charged)]


def _by_count(accrued: int) -> Markup:
    return Markup("за\u00a0месяц по\u00a0расчёту {}\u00a0₽").format(data(accrued))


def count_all(count: PenaltyCount) -> Markup:
    """All months together: where one of them differs, the next may make up for it."""
    told = _ALL.format(data(count.all_charged), data(count.all))
    difference = count.all_charged - count.all
    if not difference:
        return told + ", разницы нет."
    return told + Markup(", разница {}\u00a0₽.").format(data(difference))


def acts(counts: Sequence[Count]) -> list[str]:
    """Acts that lowered the rate of the table, each told once."""
    return list(dict.fromkeys(_acts(counts)))


def _acts(counts: Sequence[Count]) -> Iterator[str]:
    for one in counts:
        if (ceiling := one.working.ceiling) is not None:
            yield (
                f"Ключевая ставка {percent(one.working.key_rate)}{NBSP}%, но{NBSP}применяется "
                f"не{NBSP}выше {percent(ceiling.rate)}{NBSP}%: {ceiling.name}."
            )


def rate(one: Count) -> str:
    return f"{percent(one.working.rate)}{NBSP}%"
