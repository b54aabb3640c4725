"""What a reference says: its result in one sentence, its months, the account for strangers."""

from collections.abc import Callable

from lkcap.kit.money import NBSP, roubles
from lkcap.kit.month import Month
from lkcap.kit.words import long_date
from lkcap.references.model import Reference
from lkcap.statement.model import COLUMNS, Kind

# The columns of the table, with the signs it is re-added by.
COLUMNS_SHOWN = tuple(
    one
    for one in COLUMNS
    if one.field in ("opening", "actual", "paid", "corrected", "written_off", "closing")
)
# On the page of a check the last digits alone tell the holder that it is his paper.
DIGITS_SHOWN = 4

# Of a house that saves on another's account: no debt here is not no debt at all.
ELSEWHERE = "Взносы этого дома собирает владелец его специального счёта: справку о них даёт он."

Amount = Callable[[int], str]


def result(reference: Reference, amount: Amount = roubles) -> str:
    """The answer the paper was asked for; `amount` writes a sum, in roubles without their sign."""
    one, two = reference.principal.balance, reference.penalty.balance
    when = f"На{NBSP}{long_date(reference.made_on)}"
    advances = [
        f"по{NBSP}{name}{NBSP}{_sum(-balance, amount)}"
        for name, balance in (("взносу", one), ("пене", two))
        if balance < 0
    ]
    if not reference.due:
        told = f", переплата {' и '.join(advances)}" if advances else ""
        return f"{when} задолженности нет{told}."
    debts = f"{_debt('взнос', one, amount)}, {_debt('пеня', two, amount)}"
    told = f"{when} задолженность {_sum(reference.due, amount)}: {debts}."
    if advances:
        other = "пеню" if one < 0 else "взнос"
        told += f" Переплата {advances[0]} {other} не{NBSP}закрывает."
    return told


def _sum(kopecks: int, amount: Amount) -> str:
    return f"{amount(kopecks)}{NBSP}₽"


def _debt(name: str, balance: int, amount: Amount) -> str:
    return f"{name}{NBSP}{_sum(max(0, balance), amount)}"


def period(reference: Reference) -> str:
    """«декабрь 2025 – ноябрь 2026»."""
    first, last = Month.of(reference.first), Month.of(reference.last)
    return first.name if first == last else f"{first.name}{NBSP}– {last.name}"


def still(kind: Kind) -> str:
    """Of a kind with nothing in any month of the range."""
    return (
        f"{kind.label}: за{NBSP}этот период нет ни{NBSP}начислений, ни{NBSP}платежей, "
        f"ни{NBSP}остатка."
    )


def masked(account: str) -> str:
    """«•••••••0017»: never more than half of a short number."""
    shown = min(DIGITS_SHOWN, len(account) // 2)
    return "•" * (len(account) - shown) + account[len(account) - shown :]
