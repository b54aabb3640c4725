"""The statement as CSV and XLSX: the same rows, the same numbers (contract §5)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from lkcap.kit.money import roubles_plain
from lkcap.statement.model import Mode, Operation, Row, Statement

HEADER = (
    "period", "service", "opening", "charged", "recalculated", "acts", "actual",
    "paid", "corrected", "written_off", "closing",
)  # fmt: skip
OPERATION_HEADER = ("operation", "date", "document", "for_period", "amount")

# A dash or «+7 …» is an ordinary text; with a call or a pipe behind it, it is not.
_FORMULA = re.compile(r"[=@\t\r]|[+-].*[(|!]", re.DOTALL)

# A cell is a text, or an amount in kopecks, or nothing.
Cell = str | int | None


def header(statement: Statement) -> tuple[str, ...]:
    return HEADER + OPERATION_HEADER if statement.mode is Mode.EXTENDED else HEADER


def _row(name: str, row: Row, extra: int) -> list[Cell]:
    return [name, row.service or "", *row.amounts, *[None] * extra]


def _operation(name: str, operation: Operation) -> list[Cell]:
    for_period = f"{operation.for_period:%Y-%m}" if operation.for_period else ""
    return [
        name, operation.service, *[None] * 9,
        operation.op, f"{operation.posted_on:%Y-%m-%d}", operation.document or "", for_period,
        operation.amount,
    ]  # fmt: skip


def lines(statement: Statement) -> Iterable[Sequence[Cell]]:
    """The table without its header, the total last."""
    extra = len(OPERATION_HEADER) if statement.mode is Mode.EXTENDED else 0
    for block in statement.months:
        name = str(block.month)
        if statement.mode is Mode.GENERAL:
            yield _row(name, block.row, extra)
            continue
        for service in block.services:
            yield _row(name, service.row, extra)
            for operation in service.operations:
                yield _operation(name, operation)
    yield _row("total", statement.total, extra)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return roubles_plain(cell) if isinstance(cell, int) else harmless(cell)


def harmless(text: str) -> str:
    """A spreadsheet would run a document's text that begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def to_csv(statement: Statement) -> bytes:
    """UTF-8 with BOM, `;`, CRLF, decimal comma."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header(statement))
    writer.writerows([_text(cell) for cell in line] for line in lines(statement))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(statement: Statement) -> bytes:
    """The same table; amounts are numbers in roubles, as a spreadsheet counts them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        money = book.add_format({"num_format": "#,##0.00"})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Выписка")
        sheet.write_row(0, 0, header(statement), bold)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 15, 14)
        for number, line in enumerate(lines(statement), 1):
            for place, cell in enumerate(line):
                _write(sheet, number, place, cell, money)
    return out.getvalue()


def _write(sheet: Any, number: int, place: int, cell: Cell, money: Any) -> None:
    if isinstance(cell, int):
        # the only number XLSX knows is a double: 15 digits hold every sum to the kopeck
        sheet.write_number(number, place, cell / 100, money)
    elif cell:
        sheet.write_string(number, place, cell)
