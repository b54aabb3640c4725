"""The card form of both payment pages: its total, its fee, where the money goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.config import Config, Fee
from lkcap.kit.money import NBSP
from lkcap.payments.allocation import Part
from lkcap.payments.fee import fee_of, fee_rule
from lkcap.payments.forms import CardForm
from lkcap.payments.model import Bill
from lkcap.payments.order import Split
from lkcap.payments.twice import new_form_name

BANK_NAMES = {
    "gpb": "Газпромбанк (Акционерное общество)",
    "sngb": "АО БАНК «СНГБ»",
}


@dataclass(frozen=True, slots=True)
class CardOffer:
    """What the card form shows, kopecks; `fee` None where none is agreed.

    `name` is the form's own: sent twice, it is one order. `terms` are for the script that counts
    the total as one types.
    """

    form: CardForm
    name: str
    terms: Fee
    amount: int
    fee: int | None
    rule: str
    bank_name: str
    card_systems: str
    parts: Sequence[Part]

    @property
    def total(self) -> int:
        return self.amount + (self.fee or 0)


def offer(
    bill: Bill, config: Config, form: CardForm, sums: Split, parts: Sequence[Part] = ()
) -> CardOffer | None:
    """None where nothing is paid by card."""
    if bill.card is None:
        return None
    amount = sums.principal + sums.penalty
    return CardOffer(
        form=form,
        name=new_form_name(),
        terms=config.fee,
        amount=amount,
        fee=fee_of(amount, config.fee) if amount else (None if config.fee.percent is None else 0),
        rule=fee_rule(config.fee),
        bank_name=BANK_NAMES[bill.card.bank],
        card_systems=" и ".join(", ".join(config.card_systems).rsplit(", ", 1)),
        parts=parts,
    )


def part_line(part: Part) -> str:
    """«Взнос за ноябрь 2026 г.», «Аванс по взносу»."""
    if part.is_advance:
        return "Аванс: зачтётся в счёт следующих взносов"
    name = "Пеня" if part.kind == "penalty" else "Взнос"
    if part.month is None:
        return name if part.kind == "penalty" else f"{name} за прежние месяцы"
    return f"{name} за{NBSP}{part.month.name}{NBSP}г."


def part_note(part: Part) -> str:
    if part.is_advance:
        return ""
    return "будет оплачено полностью" if part.is_full else "останется долг"
