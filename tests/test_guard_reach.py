"""What the desk looks for is found by what a person has in hand, not by reading years of it.

No clock: the rows that PostgreSQL looked at are counted, among thousands of each thing.
"""

from datetime import UTC, datetime

import pytest

from lkcap.config import Config
from lkcap.kit.sql import query
from tests.factory import Books
from tests.plans import rows_seen
from tests.staff.desk import Desk

OURS, OTHER, ACCOUNTS = "86000000017", "8600001", 2000
EMPLOYEES, MANY, PAGE = 10, 30_000, 100
# Each of a plan's steps counts its rows again; a third of the payments would be far above it.
FEW = 30 * PAGE
FILLED = f"""
INSERT INTO subscriber (email, password_hash)
SELECT 'p' || n || '@example.com', '' FROM generate_series(1, {MANY}) n;
INSERT INTO payment_order (order_id, account_id, bank, state, principal, penalty, service_id,
                           created_at, expires_at, bank_payment_id)
SELECT 'order' || n, account_id, 'gpb',
       CAST(CASE mod(n, 3) WHEN 0 THEN 'expired' ELSE 'paid' END AS order_state), 10000, 0,
       service_id, now() - n * interval '1 hour', now(), 'b' || n
  FROM account CROSS JOIN service CROSS JOIN generate_series(1, {MANY}) n
 WHERE number = '{OTHER}' || mod(n, {ACCOUNTS});
INSERT INTO payment (source, trx_id, order_id, account_id, principal, penalty, paid_at, period, rrn,
                     auth_code)
SELECT 'gpb', 't' || n, 'order' || n, account_id, 10000, 0, now() - n * interval '1 hour',
       date_trunc('month', now() - n * interval '1 hour'), 'r' || n, 'a' || n
  FROM account CROSS JOIN generate_series(1, {MANY}) n
 WHERE number = '{OTHER}' || mod(n, {ACCOUNTS}) AND mod(n, 3) <> 0;
INSERT INTO payment_match (payment_id, load_id) SELECT payment_id, 1 FROM payment;
INSERT INTO bank_message (bank, kind, address, raw, order_id, trx_id, verdict, answer)
SELECT 'gpb', 'register', '', '', 'order' || n, 't' || n, 'booked', ''
  FROM generate_series(1, {MANY}) n;
INSERT INTO refused_message (bank, kind, address, raw, reason)
SELECT 'gpb', 'register', '', '', '' FROM generate_series(1, {MANY}) n;
INSERT INTO letter (message_id, name, recipient, subscriber_id, state, ended_at)
SELECT 'm' || subscriber_id, 'receipt', email,
       nullif(mod(subscriber_id, 2), 0) * subscriber_id, 'sent', now()
  FROM subscriber;
INSERT INTO staff_journal (at, staff_id, action, subject_kind, subject)
SELECT now(), staff_id, 'смотрел', 'абонент', 'p' || n || '@example.com'
  FROM staff CROSS JOIN generate_series(1, {MANY} / {EMPLOYEES}) n WHERE login <> 'idle';
ANALYZE;
"""
FOUND = {"text": "", "number_key": "", "most": PAGE}
REFUSED = {"before": 0, "asked_days": 3, "most": PAGE}
JOURNAL = {"login": "", "subject": "", "before": 0, "most": PAGE}
NO_DAYS = {"since": datetime(2000, 1, 1, tzinfo=UTC), "before": datetime(2001, 1, 1, tzinfo=UTC)}
ALL_DAYS = {"since": datetime(2000, 1, 1, tzinfo=UTC), "before": datetime(2100, 1, 1, tzinfo=UTC)}
ASKED: list[tuple[str, dict[str, object]]] = [
    *(("reconciliation/list_found", FOUND | {"text": text}) for text in ("", "order7", "t7", "r7")),
    *(("reconciliation/list_found", FOUND | {"text": text}) for text in ("a7", "b6", "b7", "none")),
    ("reconciliation/list_found", FOUND | {"text": OURS, "number_key": OURS}),
    ("reconciliation/find_order", {"order_id": "order7", "payment_id": None}),
    ("reconciliation/find_order", {"order_id": None, "payment_id": 7}),
    ("reconciliation/list_payments", {"order_id": "order7", "payment_id": None}),
    ("reconciliation/list_payments", {"order_id": None, "payment_id": 7}),
    ("reconciliation/list_messages", {"order_id": "order7", "trx_ids": ["t7"], "most": PAGE}),
    ("reconciliation/list_messages", {"order_id": None, "trx_ids": ["t7"], "most": PAGE}),
    ("reconciliation/list_parts", {"order_id": "order7"}),
    ("reconciliation/list_refunds", {"payment_ids": [7], "most": PAGE}),
    ("reconciliation/list_refunds", {"payment_ids": None, "most": PAGE}),
    ("reconciliation/get_summary", NO_DAYS),
    ("reconciliation/list_missing", NO_DAYS | {"most": PAGE}),
    ("reconciliation/list_linked", NO_DAYS),
    ("reconciliation/list_suspense", {"most": PAGE}),
    ("reconciliation/list_odd", ALL_DAYS | {"most": PAGE}),
    ("reconciliation/list_refused", REFUSED),
    ("reconciliation/list_refused", REFUSED | {"before": 3000}),
    ("subscribers/search", {"said": "p77", "number": "", "most": 50}),
    ("subscribers/search", {"said": OURS, "number": OURS, "most": 50}),
    ("mailing/list_letters", {"email": "p7@example.com", "most": 50}),
    ("mailing/list_letters", {"email": "p8@example.com", "most": 50}),
    ("staff/list_journal", JOURNAL),
    ("staff/list_journal", JOURNAL | {"login": "idle"}),
    ("staff/list_journal", JOURNAL | {"subject": "p7@example.com"}),
]


@pytest.fixture
def years(books: Books, config: Config) -> Books:
    for n in range(EMPLOYEES):
        Desk(config).employ("operator", f"operator-{n}")
    Desk(config).employ("operator", "idle")
    books.house().account(OURS).entry("2026-09")
    for n in range(ACCOUNTS):
        books.account(f"{OTHER}{n}", premises=str(100 + n), els=f"99ЯЯ00{1000 + n}")
    books.load()
    books.rows(FILLED)
    return books


def test_the_desk_reads_what_it_shows(years: Books):
    read = {
        (name, str(said)): rows_seen(years.database, query(name).text, said) for name, said in ASKED
    }
    assert {one: rows for one, rows in read.items() if rows > FEW} == {}
