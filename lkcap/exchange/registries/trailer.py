"""The trailer of a registry: `=count;paid;transfer;commission;payment order;its date`.

Without it the file is cut off, and with another count or sum it is not the file the bank made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.exchange.fields import BadCell
from lkcap.exchange.registries import cells
from lkcap.exchange.registries.model import ROWS_MAX, Faults, Totals
from lkcap.kit.money import BadAmount, Kopecks, roubles

MARKS = ("=", "+")
FIELD = "итог"
WIDTHS = range(4, 7)


@dataclass(frozen=True, slots=True)
class Trailer:
    """What the bank counted; the payment order may be empty."""

    line: int
    count: int
    paid: Kopecks
    transfer: Kopecks
    commission: Kopecks
    order_number: str
    order_date: date | None


def read_trailer(
    line: int, told: Sequence[str], day: Callable[[str], date], faults: Faults
) -> Trailer | None:
    """`told` are the cells after the mark; None with a fault of the line where they are not it."""
    told = [cell.strip() for cell in told]
    if len(told) not in WIDTHS:
        faults.add(line, FIELD, f"полей {len(told)}, а должно быть от 4 до 6")
        return None
    number, on = [*told[4:], "", ""][:2]
    try:
        paid, transfer, commission = map(cells.roubles, told[1:4])
        return Trailer(
            line, _count(told[0]), paid, transfer, commission, cells.code(number), _day(on, day)
        )
    except (BadCell, BadAmount) as error:
        faults.add(line, FIELD, str(error))
        return None


def _count(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= len(str(ROWS_MAX))):
        raise BadCell(f"не число строк: «{cell[:20]}»")
    return int(cell)


def _day(cell: str, day: Callable[[str], date]) -> date | None:
    """As the rows write it, or as the project's other files do."""
    try:
        return day(cell) if cell else None
    except BadCell:
        return cells.day(cell)


def compare(trailer: Trailer, totals: Totals, faults: Faults) -> None:
    """Every control total that differs is a fault of the trailer's line."""
    sums = (
        ("принято", trailer.paid, totals.amount),
        ("к перечислению", trailer.transfer, totals.transfer),
        ("комиссия", trailer.commission, totals.commission),
    )
    for what, told, ours in sums:
        if told != ours:
            found = "нет" if ours is None else roubles(ours)
            faults.add(trailer.line, FIELD, f"{what} {roubles(told)}, а по строкам {found}")
