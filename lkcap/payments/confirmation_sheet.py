"""The confirmation of a payment drawn on A4: the answer, its sums, what the bank knows it by."""

from collections.abc import Sequence
from functools import partial

from lkcap.kit.money import roubles
from lkcap.kit.words import long_date
from lkcap.paper.column import Column, line_height
from lkcap.paper.fonts import BOLD, SANS, SERIF
from lkcap.paper.letterhead import draw_letterhead
from lkcap.paper.paper import Paper, write
from lkcap.payments import confirmation_words as words
from lkcap.payments.confirmation import Confirmation

_LEFT, _RIGHT = 12.0, 198.0
_TOP, _BOTTOM = 12.0, 285.0
_NAMES = 42.0
_SUM_WIDTH = 110.0
_LINE_GREY = 0.6

Line = tuple[str, int]


def render(one: Confirmation) -> bytes:
    """The PDF file; the same confirmation gives the same bytes."""
    made_on = one.settled_on or one.paid_at.date()
    return write(partial(draw, one), title(one), one.fund.name, made_on)


def title(one: Confirmation) -> str:
    day = long_date(one.paid_at.date())
    return f"Подтверждение платежа от {day}, лицевой счёт {one.account}"


def draw(one: Confirmation, paper: Paper) -> None:
    column = Column(paper, paper.sheet(), _LEFT, _TOP, _RIGHT - _LEFT)
    draw_letterhead(one.fund, column)
    column.y += 7
    column.paragraph("Подтверждение платежа", BOLD, 14, role="H1", after=2)
    column.paragraph(words.result(one), SERIF, 16, after=3)
    column.paragraph(words.status(one), after=4)
    _sums("Сумма, руб.", _sum_lines(one), one.amount, column)
    if told := words.fee(one):
        column.paragraph(told, after=4)
    column.heading("Операция")
    column.pairs(words.transfer(one), _NAMES)
    column.y += 3
    if one.payee is not None:
        column.heading("Кому")
        column.pairs(words.receiver(one.payee, has_penalty=one.penalty > 0), _NAMES)
        column.y += 3
    if one.destinations:
        _destinations(one, column)
    column.paragraph(words.NO_CHECK)


def _sum_lines(one: Confirmation) -> list[Line]:
    lines = [("Взнос на капитальный ремонт", one.principal), ("Пеня", one.penalty)]
    return [line for line in lines if line[1]]


def _destinations(one: Confirmation, column: Column) -> None:
    """A line a month: as many as the sheet holds, the rest together."""
    lines = [
        (words.destination(one, place), part.amount) for place, part in enumerate(one.destinations)
    ]
    room = int((_BOTTOM - column.y - 30) / (line_height(9) + 0.9))
    if len(lines) > room:
        rest = lines[room - 1 :]
        lines = [*lines[: room - 1], (f"Остальные месяцы ({len(rest)})", sum(n for _, n in rest))]
    _sums("Куда пошли деньги, руб.", lines, sum(amount for _, amount in lines), column)


def _sums(heading: str, lines: Sequence[Line], total: int, column: Column) -> None:
    """A sum in a column: one rule means "add up", two mean "total"."""
    column.heading(heading)
    right = column.x + _SUM_WIDTH
    with column.paper.element("Table"):
        for place, line in enumerate(lines):
            _line(line, column)
            is_last = place == len(lines) - 1
            grey, width = (0.0, 0.3) if is_last else (_LINE_GREY, 0.2)
            column.sheet.line(column.x, column.y, right, column.y, width, grey)
            column.y += 0.9
        _line(("Итого", total), column, BOLD)
        column.sheet.double_line(column.x, column.y, right)
    column.y += 4


def _line(line: Line, column: Column, face: str = SANS) -> None:
    name, amount = line
    with column.paper.element("TR"):
        baseline = column.baseline(9)
        with column.paper.element("TH", scope="Row"):
            column.lines([name], face)
        with column.paper.element("TD"):
            column.sheet.text_to(column.x + _SUM_WIDTH, baseline, roubles(amount), face)
