"""The months of one kind as tables: one a sheet, each with its own header."""

from collections.abc import Sequence
from datetime import date

from lkcap.kit.money import roubles
from lkcap.kit.month import Month
from lkcap.paper.column import Column, line_height
from lkcap.paper.fonts import BOLD, SANS
from lkcap.paper.leaves import Leaves
from lkcap.references.model import Line, Movement, Sums
from lkcap.references.words import COLUMNS_SHOWN, still
from lkcap.statement.model import Kind

_SIZE, _HEAD_SIZE = 8.5, 8.0
_NAME_WIDTH = 30.0
_CELL_GAP = 2.0
_ROW = 4.2
_HEAD, _TOTAL = 15.0, 8.0
# A table does not begin where only its header fits.
_ROWS_MIN = 3
_LINE_GREY = 0.6


def draw(kind: Kind, movement: Movement, leaves: Leaves) -> None:
    """All months of the kind, on as many sheets as they take; of a kind at rest one sentence."""
    if movement.is_still:
        leaves.room(line_height(9))
        leaves.column.paragraph(still(kind), after=3)
        return
    rest: Sequence[Line] = movement.lines
    title = kind.label
    while rest:
        leaves.room(_HEAD + min(len(rest), _ROWS_MIN) * _ROW + _TOTAL)
        fitting = int((leaves.left - _HEAD - _TOTAL) / _ROW)
        shown, rest = rest[:fitting], rest[fitting:]
        leaves.bookmark(f"{kind.label}, {_name(shown[0].period)} – {_name(shown[-1].period)}")
        _table(title, shown, None if rest else movement.total, leaves.column)
        title = f"{kind.label}, продолжение"
    if movement.total.begun:
        leaves.column.paragraph(_begun(movement.total), size=8)


def _begun(total: Sums) -> str:
    """Why «Итого» alone does not add up: its movements do not tell of what an opening brought."""
    return (
        f"Во Вх. сальдо отдельных месяцев входят остатки услуг, учёт которых начат в этом "
        f"периоде: {roubles(total.begun)}."
    )


def _table(title: str, lines: Sequence[Line], total: Sums | None, column: Column) -> None:
    column.heading(title)
    sheet, right = column.sheet, column.x + column.width
    with column.paper.element("Table"):
        _header(column)
        for line in lines:
            _row(column, _name(line.period), line.sums, SANS)
            grey = 0.0 if line is lines[-1] else _LINE_GREY
            sheet.line(column.x, column.y, right, column.y, 0.2, grey)
        if total is not None:
            column.y += 0.4
            _row(column, "Итого", total, BOLD)
            sheet.double_line(column.x, column.y, right)
    column.y += 4


def _name(period: date) -> str:
    return Month.of(period).name


def _header(column: Column) -> None:
    """Two lines: a sign with the name, and what of the name did not fit."""
    width = (column.width - _NAME_WIDTH) / len(COLUMNS_SHOWN)
    top = column.y
    with column.paper.element("TR"):
        with column.paper.element("TH", scope="Column"):
            column.y = top + line_height(_HEAD_SIZE)
            column.lines(["Месяц"], size=_HEAD_SIZE)
        for place, one in enumerate(COLUMNS_SHOWN, start=1):
            told = f"{one.sign} {one.title}".strip()
            lines = column.sheet.wrap(told, width - _CELL_GAP, SANS, _HEAD_SIZE)
            column.y = top + (2 - len(lines)) * line_height(_HEAD_SIZE)
            with column.paper.element("TH", scope="Column"):
                for number, text in enumerate(lines, start=1):
                    # who hears the name needs the blank that the break has taken
                    shown = text if number == len(lines) else f"{text} "
                    edge = column.x + _NAME_WIDTH + place * width
                    left = edge - column.sheet.width(text, SANS, _HEAD_SIZE)
                    column.sheet.text(left, column.baseline(_HEAD_SIZE), shown, SANS, _HEAD_SIZE)
                    column.y += line_height(_HEAD_SIZE)
    column.y = top + 2 * line_height(_HEAD_SIZE) + 0.8
    column.sheet.line(column.x, column.y, column.x + column.width, column.y, 0.3)


def _row(column: Column, name: str, sums: Sums, face: str) -> None:
    width = (column.width - _NAME_WIDTH) / len(COLUMNS_SHOWN)
    baseline = column.baseline(_SIZE) + 0.2
    with column.paper.element("TR"):
        with column.paper.element("TH", scope="Row"):
            column.sheet.text(column.x, baseline, name, face, _SIZE)
        for place, amount in enumerate(sums.amounts, start=1):
            with column.paper.element("TD"):
                edge = column.x + _NAME_WIDTH + place * width
                column.sheet.text_to(edge, baseline, roubles(amount), face, _SIZE)
    column.y += _ROW
