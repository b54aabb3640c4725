"""What «Что будет, если…» says in plain words."""

from markupsafe import Markup

from lkcap.accounts.plan import MONTHS_MAX, Outset, Plan, Step
from lkcap.kit.money import NBSP, data
from lkcap.kit.month import NAMES_PREPOSITIONAL, Month
from lkcap.kit.words import long_date, plural
from lkcap.ledger.rates import percent

# A debt that only grows is told by its first two years.
SHOWN_OF_ENDLESS = 24


def headline(outset: Outset, plan: Plan | None) -> Markup:
    if plan is None:
        return Markup("Что будет, если платить каждый месяц")
    asked = Markup("Если платить по\u00a0<b>{}\u00a0₽</b> в\u00a0месяц, ").format(
        data(plan.monthly)
    )
    if not plan.is_repaid:
        years = plural(MONTHS_MAX // 12, "год", "года", "лет")
        return asked + f"долг не{NBSP}погасится и{NBSP}за{NBSP}{years}"
    if not outset.overdue:
        return asked + "долга не\u00a0будет"
    month = Month.of(plan.steps[-1].day)
    named = f"{NAMES_PREPOSITIONAL[month.month - 1]} {month.year}{NBSP}года"
    return asked + f"долга не{NBSP}станет в{NBSP}{named}"


def lead(outset: Outset, plan: Plan | None) -> Markup:
    if plan is None:
        return _now(outset)
    if not plan.is_repaid:
        return _endless(outset, plan)
    told = Markup("Всего {}: {}\u00a0₽ вместе с\u00a0новыми взносами.")
    told = told.format(plural(len(plan.steps), "платёж", "платежа", "платежей"), data(plan.paid))
    if not plan.accrued:
        return told + " Пени за\u00a0это время не\u00a0прибавится."
    return told + Markup(" Пени за\u00a0это время прибавится {}\u00a0₽.").format(data(plan.accrued))


def _now(outset: Outset) -> Markup:
    if not outset.overdue:
        return Markup("Просроченного долга сейчас нет.")
    return Markup("Сейчас просрочено {}\u00a0₽.").format(data(outset.overdue))


def _endless(outset: Outset, plan: Plan) -> Markup:
    if plan.monthly <= outset.contribution:
        told = "Новый взнос {}\u00a0₽ в\u00a0месяц: чтобы долг уменьшался, платить нужно больше."
        return Markup(told).format(data(outset.contribution))  # noqa: S704 - our own sentence
    return Markup("Пеня растёт быстрее, чем вы платите: платить нужно больше.")


def shown(plan: Plan) -> tuple[Step, ...]:
    return plan.steps if plan.is_repaid else plan.steps[:SHOWN_OF_ENDLESS]


def assumptions(outset: Outset) -> list[str | Markup]:
    """What the estimate takes for granted."""
    charge = Markup("Взнос останется {}\u00a0₽ в\u00a0месяц, тариф и\u00a0площадь те\u00a0же.")
    return [
        charge.format(data(outset.contribution)) if outset.contribution else "Новых взносов нет.",
        f"Пеня считается по{NBSP}сегодняшней ставке {percent(outset.rate)}{NBSP}% "
        f"до{NBSP}дня платежа; завтра ставка может быть другой.",
        f"Платите в{NBSP}последний день срока, первый раз {long_date(outset.due(outset.first))}",
        f"Деньги идут на{NBSP}просроченные взносы, начиная со{NBSP}старых, потом на{NBSP}пеню.",
    ]
