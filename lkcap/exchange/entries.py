"""Ledger entries (contract §4, §6.3): append-only, known ones recognised, openings last."""

from collections.abc import Sequence
from datetime import date

from lkcap.exchange import fields
from lkcap.exchange.kinds import BadRow, Cells, Waiting, kind
from lkcap.exchange.kinds import Column as C
from lkcap.kit.sql import query

OPS = ("opening", "charge", "recalculation", "act", "payment", "correction", "write_off")
# A storno of these must name what it reverses.
NEVER_NEGATIVE = ("charge", "write_off")
# The place of `op` in a staged row.
OP = 5


def _staged(cells: Cells, today: date) -> Sequence[str | None]:
    period = cells["period"]
    assert period is not None
    if period > f"{today:%Y-%m-%d}":
        raise BadRow("period", f"этот месяц ещё не открыт: {period[:7]}")
    amount = cells["amount"]
    if cells["document"] is None and cells["op"] in NEVER_NEGATIVE and amount and amount[0] == "-":
        raise BadRow("document", "отрицательное начисление или списание без документа")
    return tuple(cells.values())


ENTRIES = kind(
    "entries",
    (
        C("entry_id", required=True),
        C("account", fields.short_text, required=True),
        C("period", fields.month, required=True),
        C("service", fields.short_text, required=True),
        C("kind", fields.one_of(("principal", "penalty")), required=True),
        C("op", fields.one_of(OPS), required=True),
        C("amount", fields.amount, required=True),
        C("posted_on", fields.day, required=True),
        C("for_period", fields.month),
        C("document", fields.short_text),
        C("bank_ref"),
        C("details", fields.short_text),
    ),
    "services store",
    row=_staged,
    key="entry_id",
    waiting=Waiting(
        table=query("exchange/entries/openings"),
        defer=query("exchange/entries/defer"),
        recall=query("exchange/entries/recall"),
        problems=query("exchange/entries/opening_problems"),
        holds=lambda staged: staged[OP] == "opening",
    ),
)
