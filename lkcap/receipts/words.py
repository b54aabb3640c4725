"""What a receipt says: the column sum, the reasons, the sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from lkcap.kit.money import NBSP, roubles
from lkcap.kit.month import NAMES, NAMES_GENITIVE, NAMES_PREPOSITIONAL, Month
from lkcap.kit.words import day_and_month, long_date, plural, short_date, square_metres
from lkcap.ledger.penalty import RULES
from lkcap.receipts.model import Claim, HouseNote, KindSums, Payer, Reason, Receipt

_PREMISES = {
    "living": "жилое",
    "nonliving": "нежилое",
    "parking": "машино-место",
    "room": "комната",
}
_TITLES = {
    "recalculation": "Перерасчёт",
    "act": "Перерасчёт по акту",
    "correction": "Корректировка",
    "write_off": "Списание",
    "charge": "Начислено",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the column sum, kopecks; the first is a balance, the others are added to it."""

    title: str
    amount: int
    note: str = ""


def headline(receipt: Receipt) -> tuple[str, str, str]:
    """(words, amount, second line): the answer the reader came for."""
    claim, tied = receipt.claim, NBSP
    if claim.total:
        until = f"до{tied}{day_and_month(claim.due_on)} {claim.due_on.year}{tied}года"
        return f"К{tied}оплате ", f"{roubles(claim.total)}{tied}₽", until
    if claim.advance:
        return "Переплата ", f"{roubles(claim.advance)}{tied}₽", "Платить не нужно"
    return "Долга нет", "", "Платить не нужно"


def sum_lines(claim: Claim, payer: Payer, month: Month) -> list[Line]:
    """From the balance at the month's start to «Итого к оплате»: the lines add up to it exactly."""
    one, two = claim.principal, claim.penalty
    start = one.opening + two.opening
    first = f"1{NBSP}{NAMES_GENITIVE[month.month - 1]} {month.year}{NBSP}г."
    lines = [
        Line(f"{'Переплата' if start < 0 else 'Долг'} на{NBSP}{first}", start, _both(one, two)),
        Line(f"Оплачено в{NBSP}{_in(month)}", -one.paid - two.paid, _paid_note(claim, month)),
        Line(
            f"Взнос на{NBSP}капитальный ремонт за{NBSP}{NAMES[month.month - 1]}",
            one.charged,
            _formula(payer, one.charged),
        ),
        Line("Перерасчёты", one.recalculated),
        Line(f"Пеня за{NBSP}{NAMES[month.month - 1]}", two.charged + two.recalculated),
        *_rare(one, two),
    ]
    total = Line("Итого к оплате", claim.total)
    assert sum(line.amount for line in lines) == total.amount
    return [*lines, total]


def _in(month: Month) -> str:
    return NAMES_PREPOSITIONAL[month.month - 1]


def _both(one: KindSums, two: KindSums) -> str:
    if not two.opening:
        return ""
    return f"взнос {roubles(one.opening)}, пеня {roubles(two.opening)}"


def _paid_note(claim: Claim, month: Month) -> str:
    counted = f"учтены платежи по{NBSP}{short_date(month.last_day)} включительно"
    split = f", из{NBSP}них пеня {roubles(claim.penalty.paid)}" if claim.penalty.paid else ""
    if claim.last_paid_on is None:
        return counted + split
    return f"последний платёж {short_date(claim.last_paid_on)}; {counted}{split}"


def _formula(payer: Payer, charged: int) -> str:
    """rate × area × share, said only where it gives the very sum charged."""
    if payer.rate is None or payer.area is None:
        return ""
    numerator, denominator = map(int, payer.share.split("/"))
    exact = payer.rate * payer.area * numerator / denominator
    if abs(exact - charged) > 1:
        return ""
    share = "" if numerator == denominator else f" × {payer.share}"
    return f"{roubles(payer.rate)}{NBSP}₽ за{NBSP}1{NBSP}м² × {square_metres(payer.area)}{share}"


def _rare(one: KindSums, two: KindSums) -> Iterator[Line]:
    """Lines that most receipts do not need."""
    rare = [
        Line("Корректировки", one.corrected + two.corrected),
        Line("Списания", -one.written_off - two.written_off),
        Line("Переплата по взносу остаётся на счёте", max(0, -one.closing)),
        Line("Переплата по пене остаётся на счёте", max(0, -two.closing)),
    ]
    return (line for line in rare if line.amount)


def reasons(receipt: Receipt) -> list[str]:
    """The sentences beside the sum: why each of its lines is what it is."""
    claim = receipt.claim
    told = [_reason(one, receipt.month) for one in claim.reasons]
    if claim.untold:
        told.append(f"И ещё {plural(claim.untold, 'запись', 'записи', 'записей')}: см. выписку.")
    overdue = min(claim.principal.due, max(0, claim.principal.closing - _new(claim.principal)))
    if overdue:
        told.append(f"За прошлые месяцы {roubles(overdue)}{NBSP}₽: срок этой части уже прошёл.")
    if receipt.payer.closed_on:
        told.append(f"Счёт закрыт {short_date(receipt.payer.closed_on)}, новых взносов не будет.")
    elif claim.total:
        told.append(_due_note(receipt))
    return told


def _new(sums: KindSums) -> int:
    return max(0, sums.charged + sums.recalculated)


def _reason(one: Reason, month: Month) -> str:
    name = "Пеня" if one.kind == "penalty" and one.op == "charge" else _TITLES[one.op]
    if one.kind == "penalty" and one.op != "charge":
        name += " пени"
    sign = "+" if one.amount > 0 and one.op != "charge" else ""
    meant = Month.of(one.for_period) if one.for_period else month
    whose = f"за{NBSP}{meant.name}" if meant != month else ""
    why = ", ".join(filter(None, (one.document, one.details, whose)))
    return f"{name} {sign}{roubles(one.amount)}{': ' + why if why else ''}."


def _due_note(receipt: Receipt) -> str:
    """ЖК 155 ч.1 and ч.14.1, ГК 193."""
    due = receipt.claim.due_on
    penalty = RULES.first_day(due)
    return (
        f"Срок оплаты {short_date(due)}. Если до{NBSP}{short_date(penalty)} долг не{NBSP}погашен, "
        f"с{NBSP}этого дня начисляется пеня: 1/300 ключевой ставки за{NBSP}каждый день "
        f"(ЖК{NBSP}РФ, ст.{NBSP}155 ч.{NBSP}14.1)."
    )


def house_note(note: HouseNote) -> str:
    parts = []
    if note.collected is not None:
        parts.append(f"Собрано {note.collected}{NBSP}₽ из{NBSP}каждых 100{NBSP}₽ взносов.")
    if note.fund is not None:
        parts.append(f"В{NBSP}фонде дома {roubles(note.fund)}{NBSP}₽.")
    if note.work:
        parts.append(
            f"Ближайшая работа: {note.work[:1].lower()}{note.work[1:]}, "
            f"по{NBSP}плану в{NBSP}{note.work_year}{NBSP}году."
        )
    return " ".join(parts)


def premises(payer: Payer) -> str:
    """Address, kind, area, share, as №43/пр wants them in one place."""
    area = f", {square_metres(payer.area)}" if payer.area is not None else ""
    return f"{payer.address}, {_PREMISES[payer.premises_kind]}{area}, доля{NBSP}{payer.share}"


def made(receipt: Receipt) -> str:
    """When, and which document this one stands for."""
    told = f", составлен {long_date(receipt.made_on)}"
    if receipt.replaces is None:
        return told
    before = short_date(receipt.replaces)
    return f"{told}, версия {receipt.version}, заменяет составленный {before}"
