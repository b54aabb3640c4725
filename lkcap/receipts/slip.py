"""The part of a receipt that is torn off for a bank or a post office."""

from lkcap.kit.money import roubles
from lkcap.kit.words import in_words
from lkcap.paper.column import Column
from lkcap.paper.fonts import BOLD
from lkcap.paper.paper import Paper
from lkcap.paper.sheet import Sheet
from lkcap.payments.payee import Payee, purpose, transfers
from lkcap.receipts.model import Receipt

_LEFT, _RIGHT = 12.0, 198.0
CUT = 213.0
_TOP = 218.0


def has_slip(receipt: Receipt) -> bool:
    return receipt.claim.payee is not None and receipt.claim.total > 0


def draw_slip(receipt: Receipt, paper: Paper, sheet: Sheet) -> None:
    """The part to tear off for a bank or a post office; nothing where nothing can be paid."""
    payee = receipt.claim.payee
    if payee is None or not has_slip(receipt):
        return
    sheet.dashed_line(0, CUT, 210)
    column = Column(paper, sheet, _LEFT, _TOP, _RIGHT - _LEFT)
    column.heading("Для оплаты в банке или на почте")
    top, middle = column.y, _LEFT + (_RIGHT - _LEFT) * 0.6
    left = Column(paper, sheet, _LEFT + 3, top + 2.5, middle - _LEFT - 6)
    left.pairs(_requisites(receipt, payee), 38, size=8.5, most=2)
    right = Column(paper, sheet, middle + 3, top + 2.5, _RIGHT - middle - 6)
    _amounts(receipt, right)
    bottom = max(left.y, right.y) + 1.5
    sheet.box(_LEFT, top, _RIGHT - _LEFT, bottom - top)
    sheet.line(middle, top, middle, bottom, 0.3)


def _requisites(receipt: Receipt, payee: Payee) -> list[tuple[str, str]]:
    account = payee.account
    if payee.penalty_account not in ("", payee.account):
        account = f"взнос {payee.account}, пеня {payee.penalty_account}"
    claim = receipt.claim
    (what, _, _), *_ = transfers(payee, claim.principal.due, claim.penalty.due)
    return [
        ("Получатель", payee.name),
        ("ИНН / КПП", " / ".join(filter(None, (payee.inn, payee.kpp)))),
        ("Расчётный счёт", account),
        ("Банк", payee.bank_name),
        ("БИК, корр. счёт", ", ".join(filter(None, (payee.bic, payee.corr_account)))),
        ("Назначение", purpose(what, receipt.payer.number, receipt.month)),
    ]


def _amounts(receipt: Receipt, column: Column) -> None:
    claim = receipt.claim
    column.paragraph("Лицевой счёт", after=0)
    column.paragraph(receipt.payer.number, BOLD, 14, after=1)
    column.paragraph(
        f"Взнос {roubles(claim.principal.due)}, пеня {roubles(claim.penalty.due)}", after=1
    )
    column.paragraph("Сумма, руб.", after=0)
    column.paragraph(roubles(claim.total), BOLD, 14, after=0)
    column.paragraph(in_words(claim.total), size=8, after=3)
    column.paragraph("Дата и подпись ____________________", after=1)
