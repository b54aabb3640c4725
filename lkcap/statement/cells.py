"""Cells of the statement's rows, put together here and not in a template.

Twelve years are some two thousand of them. A cell says only what its place does not: the names and
signs of the columns, which a phone shows beside each amount, the sheet knows by place.
"""

from functools import cache

from markupsafe import Markup

from lkcap.kit.money import data
from lkcap.statement.model import COLUMNS, Operation, Row

_EMPTY, _NIL = "<td></td>", f'<td class="nil">{data(0)}</td>'
_OVER = ' <span class="over">переплата</span>'
_PLACES = {column.field: place for place, column in enumerate(COLUMNS)}


def amounts(row: Row) -> Markup:
    """The nine: a zero between the balances is `nil`, a negative balance is told in words."""
    opening, *moved, closing = row.amounts
    cells = "".join(f"<td>{data(one)}</td>" if one else _NIL for one in moved)
    return Markup(_balance(opening) + cells + _balance(closing))  # noqa: S704 - amounts of our own


def _balance(amount: int) -> str:
    return f"<td>{data(amount)}{_OVER if amount < 0 else ''}</td>"


def operation_cells(operation: Operation) -> Markup:
    """Its amount under the column it adds to; an act's under «в т.ч. Акты» too."""
    before, after = _around(operation.field)
    # without a minus of its own the sheet puts the column's sign before it
    taken_back = ' class="neg"' if operation.amount < 0 else ""
    cell = f"<td{taken_back}>{data(operation.amount)}</td>"
    if operation.op == "act":
        cell, after = cell * 2, after.removeprefix(_EMPTY)
    return Markup(before + cell + after)  # noqa: S704 - amounts of our own


@cache
def _around(field: str) -> tuple[str, str]:
    place = _PLACES[field]
    return _EMPTY * place, _EMPTY * (len(COLUMNS) - 1 - place)
