"""Our count of the penalty, held against a region whose billing counts it in its own way."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from lkcap.accounts.penalty import count_all, count_month
from lkcap.config import DUE_DAYS
from lkcap.demo.region import write_package
from lkcap.kit.money import parse_roubles
from lkcap.kit.month import Month, months
from lkcap.ledger.debts import Debts, Movement

TODAY = date(2026, 11, 22)
JAN, FEB, MAR = (Month(2026, number) for number in (1, 2, 3))

# By account and service, in the order of the file.
Ledger = dict[str, dict[str, list[Movement]]]


def movement(row: dict[str, str]) -> Movement:
    period, day = Month.parse(row["period"]), date.fromisoformat(row["posted_on"])
    meant = Month.parse(row["for_period"]) if row["op"] != "opening" else period
    return Movement(row["op"], parse_roubles(row["amount"]), day, period, meant)


def read(folder: Path) -> tuple[Ledger, dict[tuple[str, Month], int]]:
    """The principal's movements, and what was charged of penalty by account and month."""
    found: Ledger = defaultdict(lambda: defaultdict(list))
    charged: dict[tuple[str, Month], int] = defaultdict(int)
    with (folder / "entries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            one = movement(row)
            if row["kind"] == "principal":
                found[row["account"]][row["service"]].append(one)
            elif one.op in ("charge", "recalculation", "act"):
                charged[row["account"], one.period] += one.amount
    for services in found.values():
        for known in services.values():
            known.sort(key=lambda one: (one.period, one.day))
    return found, charged


def test_every_penalty_of_the_stories_is_explained_to_the_kopeck(tmp_path: Path):
    write_package(tmp_path, accounts=20, seed=1, today=TODAY, due_days=DUE_DAYS)
    found, charged = read(tmp_path)
    assert len(found) > 15
    for account, history in found.items():
        first, total = min(known[0].period for known in history.values()), 0
        for month in months(first, Month.of(TODAY)):
            count = count_month(history, month, TODAY, DUE_DAYS)
            total += charged[account, month]
            assert count.accrued == charged[account, month], (account, month)
        assert count_all(history, Month.of(TODAY), TODAY, DUE_DAYS) == total


def played(*movements: tuple[str, int, Month, Month]) -> Debts:
    debts = Debts()
    for op, amount, period, meant in movements:
        debts.post(Movement(op, amount, period.last_day, period, meant))
    return debts


def unpaid(debts: Debts) -> list[tuple[Month, int]]:
    return [(one.month, one.debt) for one in debts.unpaid]


def test_a_payment_covers_the_oldest_month_first_and_the_rest_waits():
    debts = played(("charge", 100, JAN, JAN), ("charge", 100, FEB, FEB), ("payment", 250, MAR, MAR))
    assert (unpaid(debts), debts.advance, debts.balance) == ([], 50, -50)
    assert [one.month for one in debts.settled] == [JAN, FEB]


def test_a_payment_that_names_an_older_month_covers_that_one():
    debts = played(("charge", 100, JAN, JAN), ("charge", 100, FEB, FEB), ("payment", 100, MAR, FEB))
    assert unpaid(debts) == [(JAN, 100)]


def test_a_recalculation_is_as_if_the_month_had_always_cost_so():
    debts = played(("charge", 100, JAN, JAN), ("recalculation", -40, MAR, JAN))
    assert (unpaid(debts), debts.settled) == ([(JAN, 60)], [])


def test_money_given_back_is_owed_anew():
    debts = played(
        ("charge", 100, JAN, JAN), ("payment", 150, FEB, FEB), ("payment", -80, MAR, MAR)
    )
    assert (unpaid(debts), debts.advance) == ([(MAR, 30)], 0)


def test_a_charge_posted_late_is_a_debt_of_its_own_month():
    debts = played(("charge", 100, FEB, FEB), ("charge", 50, MAR, JAN), ("payment", 50, MAR, MAR))
    assert unpaid(debts) == [(FEB, 100)]
