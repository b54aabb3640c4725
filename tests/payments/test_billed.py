"""Finding billing's entries of payments stays linear, whatever the planner knows of the tables.

No clock: the rows that PostgreSQL looked at are counted. Every payment beside every entry would be
a quarter of a million.
"""

from tests.factory import Books
from tests.plans import rows_seen

PAYMENTS = 500
PAID = f"""
INSERT INTO payment (source, trx_id, account_id, principal, penalty, paid_at, period)
SELECT 'gpb', 't' || n, a.account_id, 10000, 0, '2026-10-10', '2026-10-01'
  FROM account a CROSS JOIN generate_series(1, {PAYMENTS}) n
"""
BILLED = f"""
INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id, entry_id,
                   bank_ref)
SELECT e.account_id, e.kind, e.period, e.service_id, 'payment', 10000, e.posted_on, e.load_id,
       'b' || n, 't' || n
  FROM (SELECT * FROM entry LIMIT 1) e CROSS JOIN generate_series(1, {PAYMENTS}) n
"""
SETTLING = "SELECT payment_id, min(load_id) FROM payment_billed WHERE is_settling GROUP BY 1"


def test_a_payment_is_looked_at_with_its_own_entries_alone(books: Books):
    books.house().account().entry("2026-09").load()
    books.rows(PAID)
    books.rows(BILLED)
    # before statistics are made, and after
    assert rows_seen(books.database, SETTLING) < 20 * PAYMENTS
    books.rows("ANALYZE payment, entry")
    assert rows_seen(books.database, SETTLING) < 20 * PAYMENTS
