"""Ledger entries (contract §4, §6.3): append-only, known ones recognised, openings last."""

from lkcap.exchange import fields
from lkcap.exchange.kinds import BadRow, Column, Dictionary, Values, Waiting, kind
from lkcap.kit.sql import query

OPS = ("opening", "charge", "recalculation", "act", "payment", "correction", "write_off")
# A storno of these must name what it reverses.
NEVER_NEGATIVE = ("charge", "write_off")
# The place of `op` in a staged row.
OP = 5


def _staged(values: Values, today: str) -> Values:
    _, _, period, _, _, op, amount, _, _, document, _, _ = values
    if period > today:
        raise BadRow("period", f"этот месяц ещё не открыт: {period[:7]}")
    if not document and amount[0] == "-" and op in NEVER_NEGATIVE:
        raise BadRow("document", "отрицательное начисление или списание без документа")
    return values


ENTRIES = kind(
    "entries",
    (
        Column("entry_id", required=True),
        Column("account", required=True),
        Column("period", fields.month, required=True),
        Column("service", required=True),
        Column("kind", fields.one_of(("principal", "penalty")), required=True),
        Column("op", fields.one_of(OPS), required=True),
        Column("amount", fields.amount, required=True),
        Column("posted_on", fields.day, required=True),
        Column("for_period", fields.month),
        Column("document"),
        Column("bank_ref"),
        Column("details"),
    ),
    "",
    row=_staged,
    key="entry_id",
    counts="",
    has_problems=False,
    judge="judge",
    dictionary=Dictionary("service", query("exchange/entries/services")),
    waiting=Waiting(
        table=query("exchange/entries/openings"),
        defer=query("exchange/entries/defer"),
        recall=query("exchange/entries/recall"),
        problems=query("exchange/entries/problems"),
        holds=lambda staged: staged[OP] == "opening",
    ),
)
