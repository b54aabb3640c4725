"""A ledger of any size, made by the server itself: a fund's years in minutes."""

import sys
from contextlib import closing

import psycopg2

# The indexes are built when the rows are in, as a first load of a new fund would be.
FILL = (
    "DROP INDEX entry_statement, entry_billing, entry_opening",
    "INSERT INTO load (kind, format, source, sha256, size_bytes, today) "
    "VALUES ('package', '', 'bench', '', 0, '2026-11-22')",
    "INSERT INTO house (code, address, fund_method, rate, load_id) "
    "SELECT 'H-' || n, 'г. Северореченск, ул. Кедровая, д. ' || n, 'operator', 1849, 1 "
    "FROM generate_series(1, %(accounts)s / 100) n",
    "INSERT INTO premises (house_id, number, kind) "
    "SELECT 1 + (n - 1) / 100, n, 'living' FROM generate_series(1, %(accounts)s) n",
    "INSERT INTO account (number, house_id) "
    "SELECT 86000000000 + n, 1 + (n - 1) / 100 FROM generate_series(1, %(accounts)s) n",
    "INSERT INTO account_state (account_id, valid_from, premises_id, area, share_numerator, "
    "share_denominator, owner_kind, last_name, owner_key, load_id) "
    "SELECT n, '2014-09-01', n, 51.4, 1, 1, 'person', 'Примеров', 'person|примеров', 1 "
    "FROM generate_series(1, %(accounts)s) n",
    "INSERT INTO account_number (number_key, account_id, number) "
    "SELECT number, account_id, number FROM account",
    "INSERT INTO service (name) VALUES ('Взнос на капитальный ремонт')",
    # month after month, as life brings them: an account's rows lie far apart in the table
    "INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, for_period, "
    "load_id, entry_id, document) "
    "SELECT n, k.kind, m, 1, CASE WHEN k.kind = 'principal' AND extract(month FROM m) = 6 "
    "THEN CAST('payment' AS entry_op) ELSE 'charge' END, "
    "80000 + n %% 20000, m + 19, m, 1, "
    "'B-' || (extract(year FROM m) * 12 + extract(month FROM m)) || k.kind || n, 'начисление' "
    "FROM generate_series(CAST('2026-11-01' AS date) - %(months)s * interval '1 month' "
    "+ interval '1 month', '2026-11-01', interval '1 month') AS months (at) "
    "CROSS JOIN LATERAL CAST(at AS date) AS m "
    "CROSS JOIN unnest(enum_range(NULL::debt_kind)) AS k (kind) "
    "CROSS JOIN generate_series(1, %(accounts)s) n",
    "CREATE INDEX entry_statement ON entry (account_id, kind, period, service_id, op) "
    "INCLUDE (amount)",
    "CREATE UNIQUE INDEX entry_billing ON entry (entry_id, account_id)",
    "CREATE INDEX entry_opening ON entry (account_id, kind, service_id, period) "
    "WHERE op = 'opening'",
    "INSERT INTO account_balance (account_id, kind, balance) SELECT account_id, kind, "
    "sum(CASE WHEN op = 'payment' THEN -amount ELSE amount END) FROM entry GROUP BY 1, 2",
    "VACUUM ANALYZE",
)


def fill(url: str, accounts: int, months: int) -> None:
    """So many accounts × months × 2 kinds, into a migrated and empty database."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'; SET synchronous_commit = off")
            for statement in FILL:
                parameters = {"accounts": accounts, "months": months} if "%(" in statement else None
                cursor.execute(statement, parameters)
                sys.stderr.write(f"  {statement[:60]}…\n")
