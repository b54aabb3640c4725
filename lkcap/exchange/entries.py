"""Ledger entries (contract §4, §6.3): append-only, known ones recognised, openings last.

The billing system's balances are compared with them.
"""

from lkcap.exchange import fields
from lkcap.exchange.kinds import BadRow, Column, Comparison, Ledger, Values, kind
from lkcap.kit.sql import Query, query

OPS = ("opening", "charge", "recalculation", "act", "payment", "correction", "write_off")
# A storno of these must name what it reverses.
NEVER_NEGATIVE = ("charge", "write_off")


def _staged(values: Values, today: str) -> Values:
    _, _, period, _, _, op, amount, _, _, document, _, _ = values
    if period > today:
        raise BadRow("period", f"этот месяц ещё не открыт: {period[:7]}")
    if not document and amount[0] == "-" and op in NEVER_NEGATIVE:
        raise BadRow("document", "отрицательное начисление или списание без документа")
    return values


def _sql(step: str) -> Query:
    return query(f"exchange/entries/{step}")


ENTRIES = kind(
    "entries",
    (
        Column("entry_id", fields.code, required=True),
        Column("account", fields.known_code, required=True),
        Column("period", fields.month, required=True),
        Column("service", fields.known_code, required=True),
        Column("kind", fields.one_of(("principal", "penalty")), required=True),
        Column("op", fields.one_of(OPS), required=True),
        Column("amount", fields.amount, required=True),
        Column("posted_on", fields.day, required=True),
        Column("for_period", fields.month),
        Column("document"),
        Column("bank_ref"),
        Column("details"),
    ),
    "entry_id",
    Ledger(
        table=_sql("openings"),
        defer=_sql("defer"),
        recall=_sql("recall"),
        problems=_sql("problems"),
        judge=_sql("judge"),
        add_services=_sql("services"),
        list_services=_sql("list_services"),
        find_accounts=_sql("find_accounts"),
        find_known=_sql("find_known"),
    ),
    row=_staged,
)

BALANCES = kind(
    "balances",
    (
        Column("account", fields.code, required=True),
        Column("period", fields.month, required=True),
        Column("kind", fields.one_of(("principal", "penalty")), required=True),
        Column("closing", fields.amount, required=True),
    ),
    "account period kind",
    Comparison(query("exchange/balances/problems"), query("exchange/balances/compare")),
)
