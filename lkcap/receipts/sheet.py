"""A receipt drawn on one A4 page: the answer, its code, the sum, the reasons, the payer's slip."""

from collections.abc import Sequence
from functools import partial

import structlog

from lkcap.kit.money import MINUS, roubles
from lkcap.kit.words import unbroken
from lkcap.paper import gost
from lkcap.paper.column import Column, line_height
from lkcap.paper.fonts import BOLD, SANS, SERIF, SERIF_BOLD
from lkcap.paper.letterhead import Letterhead, draw_letterhead
from lkcap.paper.paper import Paper, write
from lkcap.paper.symbol import encode
from lkcap.payments.payee import PaymentCode, payment_codes
from lkcap.receipts import words
from lkcap.receipts.model import Receipt
from lkcap.receipts.slip import CUT, draw_slip, has_slip
from lkcap.receipts.words import Line

log = structlog.get_logger()

_LEFT, _RIGHT = 12.0, 198.0
_SIDE = 124.0  # where the column of reasons begins
_SUM_WIDTH = 104.0
_CODE_SIDE = 48.0
# Where the columns end: above the cut, or at the sheet's foot where there is no slip.
_BOTTOM, _FOOT = CUT - 4, 285.0
_LINE_GREY = 0.6


def render(receipt: Receipt) -> bytes:
    """The PDF file; the same receipt gives the same bytes."""
    return write(partial(draw, receipt), title(receipt), receipt.sender.name, receipt.made_on)


def render_year(receipts: Sequence[Receipt]) -> bytes:
    """Receipts of one account, a page and a bookmark each."""
    first, last = receipts[0], receipts[-1]

    def pages(paper: Paper) -> None:
        for one in receipts:
            draw(one, paper)
            paper.bookmark(one.month.name)

    name = f"Квитанции за {first.month.year} год, лицевой счёт {first.payer.number}"
    return write(pages, name, last.sender.name, max(one.made_on for one in receipts))


def title(receipt: Receipt) -> str:
    return f"Квитанция за {receipt.month.name} года, лицевой счёт {receipt.payer.number}"


def draw(receipt: Receipt, paper: Paper) -> None:
    sheet = paper.sheet()
    codes = _codes(receipt)
    draw_letterhead(receipt.sender, Column(paper, sheet, _LEFT, 10, _RIGHT - _LEFT), least=28)
    left = Column(paper, sheet, _LEFT, 32, 132)
    _answer(receipt, left)
    _payer(receipt, left)
    side = Column(paper, sheet, _SIDE, 32, _RIGHT - _SIDE)
    for code in codes:
        _code(code, side, alone=len(codes) == 1)
    top = max(left.y + 3, 104)
    left.y, left.width, side.y = top, _SUM_WIDTH, max(top, side.y + 2)
    _sum(words.sum_lines(receipt.claim, receipt.payer, receipt.month), left)
    ways, bottom = _ways(receipt), _BOTTOM if has_slip(receipt) else _FOOT
    if len(codes) < 2:
        _reasons(words.reasons(receipt), side, bottom - _height(ways, side))
        _list("Как заплатить", ways, side)
    else:
        # the second code has taken the place of the reasons
        _list("Как заплатить", ways, side)
        _reasons(words.reasons(receipt), left, bottom)
    _house(receipt, left, bottom)
    draw_slip(receipt, paper, sheet)


def _codes(receipt: Receipt) -> list[PaymentCode]:
    claim = receipt.claim
    if claim.payee is None:
        return []
    try:
        return payment_codes(
            claim.payee,
            receipt.payer.number,
            receipt.month,
            claim.principal.due,
            claim.penalty.due,
            receipt.document,
        )
    except gost.BadCode as error:
        # requisites that no bank would take: for the fund to mend, the rest is still true
        log.error("payment code refused", reason=str(error), account=claim.payee.account)
        return []


def _answer(receipt: Receipt, column: Column) -> None:
    sheet, paper = column.sheet, column.paper
    with paper.element("P"):
        x = _beside(column, _LEFT, "Платёжный документ за ", SANS, 9)
        x = _beside(column, x, f"{receipt.month.name} года", BOLD, 9)
        first, *rest = sheet.wrap(words.made(receipt), _LEFT + column.width - x)
        sheet.text(x, column.baseline(9), first)
        column.y += line_height(9)
        column.lines(rest)
    column.y += 1.5
    text, amount, second = words.headline(receipt)
    with paper.element("H1"):
        x = _beside(column, _LEFT, text, SERIF, 24)
        if amount:
            sheet.text(x, column.baseline(24), amount, SERIF_BOLD, 24)
        column.y += 9.5
        column.lines([second], SERIF, 24)
    column.y += 2


def _beside(column: Column, x: float, text: str, face: str, size: float) -> float:
    """Show a part of a line; where the next part begins."""
    column.sheet.text(x, column.baseline(size), text, face, size)
    return x + column.sheet.width(text, face, size)


def _payer(receipt: Receipt, column: Column) -> None:
    payer = receipt.payer
    column.paragraph("Лицевой счёт", after=0)
    column.paragraph(payer.number, BOLD, 14, after=2)
    identities = ", ".join(filter(None, (payer.els, payer.service_code)))
    pairs = [
        ("Плательщик", payer.name),
        ("Помещение", unbroken(words.premises(payer))),
        ("ЕЛС, идентификатор ЖКУ", identities),
        ("Номер документа", receipt.document),
    ]
    column.pairs([pair for pair in pairs if pair[1]], 38)


def _code(code: PaymentCode, column: Column, *, alone: bool) -> None:
    symbol = encode(code.data)
    amount = f"{roubles(code.amount)} ₽"
    x = _RIGHT - _CODE_SIDE
    alt = f"QR-код для оплаты {amount} по ГОСТ Р 56042"
    column.sheet.symbol(x, column.y, _CODE_SIDE, symbol, alt)
    below = Column(column.paper, column.sheet, x, column.y + _CODE_SIDE, _CODE_SIDE)
    what = "" if alone else f"{code.title}: {amount}. "
    below.paragraph(
        f"{what}Наведите камеру в приложении банка: сумма и лицевой счёт подставятся сами.", size=8
    )
    column.y = below.y


def _sum(lines: Sequence[Line], column: Column) -> None:
    column.heading("Из чего сложилась сумма, руб.")
    with column.paper.element("Table"):
        for place, line in enumerate(lines[:-1]):
            with column.paper.element("TR"):
                _sum_line(line, column, signed=place > 0)
            is_last = place == len(lines) - 2
            grey, width = (0.0, 0.3) if is_last else (_LINE_GREY, 0.2)
            column.sheet.line(column.x, column.y, column.x + column.width, column.y, width, grey)
            column.y += 0.9
        with column.paper.element("TR"):
            _sum_line(lines[-1], column, signed=False, face=BOLD, size=12)
        column.sheet.double_line(column.x, column.y, column.x + column.width)
    column.y += 5


def _sum_line(
    line: Line, column: Column, *, signed: bool, face: str = SANS, size: float = 9
) -> None:
    sheet, amount = column.sheet, roubles(line.amount)
    if signed and line.amount > 0:
        amount = f"+{amount}"
    assert MINUS in amount or line.amount >= 0
    baseline = column.baseline(size)
    with column.paper.element("TH", scope="Row"):
        room = column.width - 24
        column.lines(sheet.wrap(line.title, room, face, size), face, size)
        if line.note:
            column.lines(sheet.wrap(line.note, room, SANS, 8), SANS, 8)
    with column.paper.element("TD"):
        sheet.text_to(column.x + column.width, baseline, amount, face, size)
    column.y += 0.9


def _ways(receipt: Receipt) -> list[str]:
    """How to pay and where to ask."""
    if receipt.is_elsewhere:
        return ["Дом копит на своём счёте: платите по квитанции владельца этого счёта."]
    if receipt.claim.payee is None:
        return [_contact(receipt.sender)]
    return [*receipt.ways, _contact(receipt.sender)]


def _height(texts: Sequence[str], column: Column) -> float:
    """Of a list with its heading and the gap above it, millimetres."""
    return sum(column.height(text) + 1.5 for text in texts) + 9


def _list(heading: str, texts: Sequence[str], column: Column) -> None:
    column.heading(heading)
    for text in texts:
        column.paragraph(text)
    column.y += 2


def _reasons(told: Sequence[str], column: Column, bottom: float) -> None:
    """As many as there is room for; the last line tells how many there was none for."""
    if not told:
        return
    column.heading("Пояснения")
    for place, text in enumerate(told):
        rest = len(told) - place
        if not column.fits(text, bottom - (line_height(9) if rest > 1 else 0)):
            column.paragraph(f"Остальные пояснения ({rest}) – в выписке на сайте.")
            break
        column.paragraph(text)
    column.y += 2


def _contact(sender: Letterhead) -> str:
    ways = " или ".join(filter(None, (sender.phone, sender.email)))
    return (
        f"Если сумма не сходится: {ways}." if ways else "Если сумма не сходится, спросите в фонде."
    )


def _house(receipt: Receipt, column: Column, bottom: float) -> None:
    if receipt.house is None:
        return
    text = words.house_note(receipt.house)
    if column.fits(text, bottom - line_height(11) - 3):
        column.heading("Ваш дом")
        column.paragraph(text)
