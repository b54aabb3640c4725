"""What the pages of payment say."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lkcap.config import Config
from lkcap.kit.money import data
from lkcap.payments.model import Bill
from lkcap.payments.payee import purpose, transfers


@dataclass(frozen=True, slots=True)
class Line:
    """A part of what is due, kopecks."""

    title: str
    amount: int
    note: str | Markup = ""


def lines(bill: Bill, principal: int = 0, penalty: int = 0) -> list[Line]:
    """The two parts; balances (kopecks, below zero: overpaid) are for the account's own reader."""
    return [
        Line("Взнос на капитальный ремонт", bill.principal, _overpaid(principal)),
        Line("Пеня", bill.penalty, _overpaid(penalty)),
    ]


def _overpaid(balance: int) -> str | Markup:
    if balance >= 0:
        return ""
    return Markup("переплата {}\u00a0₽ остаётся на\u00a0счёте").format(data(-balance))


def guest_headline(bill: Bill) -> str | Markup:
    if bill.is_elsewhere:
        return "Взносы этого дома собирает не\u00a0фонд"
    if not bill.total:
        return "Долга нет"
    return Markup("К\u00a0оплате <b>{}\u00a0₽</b>").format(data(bill.total))


def guest_lead(bill: Bill) -> str:
    """An overpayment is not told: it is nobody's business but the owner's."""
    if bill.is_elsewhere:
        return "Дом копит на своём счёте: сумму взноса и квитанцию даёт владелец этого счёта."
    if bill.total:
        return ""
    if bill.is_closed:
        return "Счёт закрыт, новых взносов не будет."
    return "Сейчас платить ничего не нужно."


def no_code(bill: Bill) -> str:
    """Why there is something to pay and no code for it; empty where nothing is to be paid."""
    if not bill.total:
        return ""
    if bill.is_elsewhere:
        return "Здесь этот счёт не оплачивают. О долге перед фондом спросите в фонде."
    if bill.payee is None:
        return "QR-кода пока нет: фонд не указал реквизиты. Как заплатить, скажут в фонде."
    return "QR-кода сейчас нет. Заплатите по квитанции или спросите в фонде."


def ways(config: Config) -> dict[str, str]:
    """What the fund's settings say of paying without a fee; empty texts are left out."""
    return {"text": config.fee_free_text, "sberbank": config.sberbank_online_url}


def requisites(bill: Bill) -> Sequence[tuple[str, str]]:
    """(name, value) for who pays at a bank; none where there is nobody, or nothing more, to pay."""
    payee = bill.payee
    if payee is None or (bill.is_closed and not bill.total):
        return ()
    registered = " / ".join(filter(None, (payee.inn, payee.kpp)))
    both = [
        ("Получатель", payee.name),
        ("ИНН / КПП" if payee.kpp else "ИНН", registered),
        ("Банк", payee.bank_name),
        ("БИК", payee.bic),
        ("Корр. счёт", payee.corr_account),
    ]
    return [one for one in [*both, *_accounts(bill)] if one[1]]


def _accounts(bill: Bill) -> list[tuple[str, str]]:
    """Where to and what for, of one transfer or of two."""
    assert bill.payee is not None
    found = transfers(bill.payee, bill.principal, bill.penalty)
    for_whom = [""] if len(found) == 1 else [" для взноса", " для пени"]
    rows = []
    for whose, (what, account, _) in zip(for_whom, found, strict=True):
        rows.append((f"Счёт{whose}", account))
        rows.append((f"Назначение{whose or ' платежа'}", purpose(what, bill.number, bill.month)))
    return rows
