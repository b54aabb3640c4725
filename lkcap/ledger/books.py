"""`verify-books`: the identities of the ledger, and every kept total against its sum."""

import sys

from lkcap.config import DataConfig
from lkcap.kit.batch import batch
from lkcap.kit.money import roubles_plain
from lkcap.kit.sql import query

DONE, DIFFERS = 0, 3

# What is compared, and the query that lists what differs: (what, detail, kept, counted), kopecks.
COMPARISONS = {
    "остатки счетов": query("ledger/list_wrong_balances"),
    "годы домов": query("ledger/list_wrong_house_years"),
    "задолженность домов": query("ledger/list_wrong_house_debts"),
    "годы фонда": query("ledger/list_wrong_fund_years"),
    "задолженность фонда": query("ledger/list_wrong_fund_total"),
    "входящие остатки": query("ledger/list_late_openings"),
    "записи платежей": query("payments/list_wrong_entries"),
    "платежи, учтённые дважды": query("payments/list_counted_twice"),
    "заказы": query("payments/list_wrong_orders"),
    "возвраты": query("payments/refunds/list_wrong"),
}


def run(config: DataConfig) -> int:
    differs = False
    with batch(config.database_url.get_secret_value()) as transaction:
        for name, comparison in COMPARISONS.items():
            found = transaction.rows(comparison)
            differs |= bool(found)
            sys.stdout.write(
                f"{name}: {'сходятся' if not found else f'расхождений {len(found)}'}\n"
            )
            for what, detail, kept, counted in found:
                sys.stdout.write(
                    f"  {what}, {detail}: записано {roubles_plain(kept)}, "
                    f"по операциям {roubles_plain(counted)}\n"
                )
    return DIFFERS if differs else DONE
