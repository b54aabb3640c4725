"""Another bank's registry is an entry of the table: here that of Tochka's acquiring."""

import pytest

from lkcap.exchange.registries.layouts import Layout
from lkcap.exchange.registries.text import read_text

TOCHKA = Layout(
    "tochka",
    columns={
        "TRANS_DATE": "paid_at",
        "TRANSACTION_ID": "operation_id",
        "SUM": "amount",
        "COMMISSION": "commission",
        "RRN": "document",
        "ORDER_UID": "account",
        "TRANSACTION_TYPE": "type",
    },
    refunds=frozenset({"REFUND"}),
)
FILE = """\
TRANS_DATE;TRANSACTION_ID;SUM;COMMISSION;USER_INFO;TRANSACTION_TYPE;RRN;ORDER_UID
30.01.2026;7001;1000,00;15,00;4111****1111;PAYMENT;000000000042;86000000017
30.01.2026;7002;200,00;0,00;4111****1111;REFUND;000000000043;86000000017
"""
PIPES = Layout("pipes", lines=("account amount - paid_on operation_id",), separator="|")


def test_a_new_bank_is_a_dozen_lines():
    rows = read_text(FILE.encode(), TOCHKA, "t.csv").rows
    assert [(row.amount, row.commission, row.document, row.is_refund) for row in rows] == [
        (1000_00, 15_00, "000000000042", False),
        (-200_00, 0, "000000000043", True),
    ]


def test_a_file_without_header_and_trailer_is_a_layout_too():
    (row,) = read_text(b"0086|5.00|x|2026-01-30|A-1\n", PIPES, "p.txt").rows
    assert (row.account, row.amount, row.operation_id) == ("0086", 500, "A-1")


@pytest.mark.parametrize("role", ["paid_at", "amount", "operation_id", "account"])
def test_a_column_that_is_needed_must_be_there(role):
    assert TOCHKA.required[role]
    assert not TOCHKA.required["commission"]
