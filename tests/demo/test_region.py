"""The generated region: the same each time, true to its own rules, and no one's."""

import csv
import gzip
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise

import pytest

from lkcap.demo.region import STORIES, ShortHistory, digits, write_package
from lkcap.kit.money import parse_roubles
from lkcap.kit.month import Month
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES, accrue

TODAY = date(2026, 11, 22)
DUE_DAYS = DueDays.parse("2014-09:10,2026-03:15")
HEADERS = {
    "houses": "house_id;address;fias;year_built;floors;entrances;total_area;premises_area;"
    "fund_method;rate;spent;in_programme_since",
    "accounts": "account;valid_from;els;service_id;house_id;premises;premises_kind;area;share;"
    "owner_kind;last_name;first_name;middle_name;organization;inn;opened_on;closed_on;aliases",
    "entries": "entry_id;account;period;service;kind;op;amount;posted_on;for_period;document;"
    "bank_ref;details",
    "works": "house_id;position;kind;last_year;planned_year;planned_cost;status;contractor;"
    "finished_on;actual_cost",
    "tariffs": "house_id;valid_from;rate",
    "requisites": "house_id;valid_from;name;inn;kpp;account;penalty_account;bank_name;bic;"
    "corr_account;gpb_account_id",
    "balances": "account;period;kind;closing",
}
SIGNS = {"payment": -1, "write_off": -1}


def write(folder, accounts=500, today=TODAY, **options):
    return write_package(
        folder, accounts=accounts, seed=1, today=today, due_days=DUE_DAYS, **options
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("region")


@pytest.fixture(scope="module")
def summary(folder):
    return write(folder)


@pytest.fixture(scope="module")
def region(folder, summary):
    return {kind: read(folder, kind) for kind in HEADERS}


@pytest.fixture(scope="module")
def ledger(region):
    """Entries by account, in the order of the file."""
    by_account = defaultdict(list)
    for row in region["entries"]:
        by_account[row["account"]].append(row)
    return by_account


def read(folder, kind):
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


def kopecks(row):
    return parse_roubles(row["amount"])


def signed(row):
    return SIGNS.get(row["op"], 1) * kopecks(row)


def balance(rows, kind="principal"):
    return sum(signed(row) for row in rows if row["kind"] == kind)


def of(story, ledger):
    return ledger[digits.account_number(story)]


# Files


@pytest.mark.usefixtures("summary")
@pytest.mark.parametrize("kind", HEADERS)
def test_a_file_has_the_columns_of_the_package(folder, kind):
    with (folder / f"{kind}.csv").open(encoding="utf-8") as file:
        assert file.readline() == HEADERS[kind] + "\n"
        assert {line.count(";") for line in file} == {HEADERS[kind].count(";")}


def test_the_summary_counts_what_was_written(region, summary):
    accounts = {row["account"] for row in region["accounts"]}
    assert (summary.accounts, summary.houses) == (len(accounts), len(region["houses"]))
    assert len(accounts) == 500
    assert summary.entries == len({row["entry_id"] for row in region["entries"]})
    assert summary.balances == len(region["balances"])


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, 120, gzipped=True)
    for kind in HEADERS:
        one, two = (tmp_path / name / f"{kind}.csv.gz" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_another_seed_gives_other_neighbours_and_the_same_stories(folder, summary, tmp_path):
    write_package(tmp_path, accounts=500, seed=2, today=TODAY, due_days=DUE_DAYS)
    other = read(tmp_path, "accounts")
    assert other != read(folder, "accounts")
    names = [row for row in other if row["account"] == STORIES[0].account]
    assert names == [r for r in read(folder, "accounts") if r["account"] == STORIES[0].account]


def test_a_bigger_region_begins_with_the_same_accounts(folder, summary, tmp_path):
    write(tmp_path, 300)
    small, big = ({r["account"] for r in read(f, "accounts")} for f in (tmp_path, folder))
    assert small < big


def test_a_packed_region_holds_the_same_rows_and_leaves_no_plain_file(tmp_path):
    write(tmp_path, 20)
    plain = (tmp_path / "entries.csv").read_bytes()
    write(tmp_path, 20, gzipped=True)
    assert not (tmp_path / "entries.csv").exists()
    assert gzip.decompress((tmp_path / "entries.csv.gz").read_bytes()) == plain


def test_it_runs_as_a_program(tmp_path):
    command = (sys.executable, "-m", "lkcap.demo.region", tmp_path, "--today", "2026-11-22")
    made = subprocess.run((*command, "--accounts", "20", "--months", "24"), capture_output=True)
    assert (made.returncode, made.stderr) == (0, b"")
    assert min(row["period"] for row in read(tmp_path, "entries")) == "2024-12"


def test_progress_is_told_after_each_house(tmp_path):
    seen = []
    summary = write(tmp_path, 150, progress=seen.append)
    assert seen[-1] == 150
    assert len(seen) == summary.houses


def test_the_program_says_why_it_refuses(tmp_path):
    command = (sys.executable, "-m", "lkcap.demo.region", tmp_path, "--today", "2015-01-31")
    refused = subprocess.run(command, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "нужно не меньше 24 месяцев истории, с 2014-09 их 5\n"


def test_a_history_too_short_for_the_stories_is_refused(tmp_path):
    with pytest.raises(ShortHistory, match="не меньше 24 месяцев"):
        write(tmp_path, today=date(2016, 1, 31))


@pytest.mark.parametrize(
    "today", [date(2016, 12, 1), date(2020, 2, 29), date(2022, 3, 31), date(2027, 5, 16)]
)
def test_any_day_may_be_today(tmp_path, today):
    write(tmp_path, 150, today=today)
    rows = read(tmp_path, "entries")
    assert max(row["posted_on"] for row in rows) == today.isoformat()
    assert all(row["posted_on"].startswith(row["period"]) for row in rows)


# Numbers


def test_account_numbers_pass_luhn():
    numbers = [digits.account_number(n) for n in (1, 2, 123_456)]
    assert numbers == ["86000000017", "86000000025", "86001234565"]


def test_organisations_have_an_inn_of_no_region_with_the_right_check_digit(region):
    inns = {row["inn"] for row in region["accounts"] if row["owner_kind"] == "organization"}
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    for inn in (*inns, digits.inn(10**6 + 101)):
        assert len(inn) == 10
        weighed = sum(w * int(d) for w, d in zip(weights, inn, strict=False))
        assert inn.startswith("00")
        assert weighed % 11 % 10 == int(inn[9])
    assert len(inns) > 1


def test_bank_accounts_have_the_right_key():
    assert digits.bank_account(42, "049999999") == "40703810600000000042"


def test_the_unified_numbers_are_visibly_made_up_and_never_repeat(region):
    numbers = {row["els"] for row in region["accounts"]}
    assert {number[:3] for number in numbers} == {"99Я"}
    assert len(numbers) == 500
    assert len({digits.els(n) for n in (1, 10**6 + 1, 2 * 10**6 + 1)}) == 3


def test_logins_live_in_a_reserved_zone_and_never_repeat():
    emails = [story.email for story in STORIES]
    assert all(email.endswith("@example.com") for email in emails)
    assert len(set(emails)) == len(emails)


# The ledger


def test_the_balances_are_the_sums_of_the_entries(region, ledger):
    for row in region["balances"]:
        rows = [entry for entry in ledger[row["account"]] if entry["period"] <= row["period"]]
        assert balance(rows, row["kind"]) == parse_roubles(row["closing"]), row
    assert {row["period"] for row in region["balances"]} == {"2026-10"}


def test_entries_of_an_account_go_by_period_up_to_the_open_month(ledger):
    for rows in ledger.values():
        assert all(a["period"] <= b["period"] for a, b in pairwise(rows))
        assert rows[-1]["period"] <= "2026-11"
        assert max(row["posted_on"] for row in rows) <= "2026-11-22"


def test_nothing_is_earlier_than_an_opening(ledger):
    first, openings = {}, 0
    for rows in ledger.values():
        for row in rows:
            key = row["account"], row["service"], row["kind"]
            first.setdefault(key, row["period"])
            if row["op"] == "opening":
                openings += 1
                assert row["period"] == first[key]
    assert openings > 5


def test_negative_charges_and_write_offs_name_their_document(region):
    reversals = [r for r in region["entries"] if r["op"] in ("charge", "write_off")]
    stornos = [row for row in reversals if kopecks(row) < 0]
    assert stornos
    assert all("сторно" in row["document"] for row in stornos)


@pytest.mark.parametrize("op", ["act", "correction", "recalculation", "write_off", "opening"])
def test_every_kind_of_entry_happens(region, op):
    assert op in {row["op"] for row in region["entries"]}


def test_refunds_and_equal_payments_on_one_day_happen(region):
    payments = [row for row in region["entries"] if row["op"] == "payment"]
    assert min(kopecks(row) for row in payments) < 0
    same = Counter(
        (row["account"], row["posted_on"], row["amount"], row["kind"]) for row in payments
    )
    assert max(same.values()) >= 2


def test_what_is_moved_between_accounts_sums_to_zero(region):
    moved, accounts = Counter(), defaultdict(set)
    for row in region["entries"]:
        if row["op"] == "correction":
            moved[row["document"], row["kind"]] += kopecks(row)
            accounts[row["document"]].add(row["account"])
    assert {document.split()[1] for document in accounts} == {"№", "остатка"}
    assert set(moved.values()) == {0}
    assert {len(pair) for pair in accounts.values()} == {2}


def test_a_bank_id_has_18_digits_and_stands_for_one_payment(region):
    payments = defaultdict(set)
    for row in region["entries"]:
        if row["bank_ref"]:
            payments[row["bank_ref"]].add((row["account"], row["posted_on"], row["document"]))
    assert all(len(ref) == 18 and ref.isdigit() for ref in payments)
    assert {len(same) for same in payments.values()} == {1}


def test_a_charge_is_rate_times_area_times_share(region):
    charges = [row for row in region["entries"] if row["details"]]
    for row in charges[:: len(charges) // 500]:
        rate, area, *share = row["details"].split(" × ")
        part, whole = share[0].split("/") if share else (1, 1)
        exact = parse_roubles(rate.split()[0]) * int(area.split()[0].replace(",", "")) * int(part)
        assert kopecks(row) == (2 * exact + 10 * int(whole)) // (20 * int(whole))


def test_spent_is_the_cost_of_the_works_done(region):
    spent = defaultdict(int)
    for row in region["works"]:
        spent[row["house_id"]] += parse_roubles(row["actual_cost"] or "0")
    assert {r["house_id"]: parse_roubles(r["spent"]) for r in region["houses"]} == spent
    counts = Counter(row["house_id"] for row in region["works"])
    assert set(counts.values()) <= set(range(6, 11))


@dataclass
class Replay:
    """What a service owes by the entries alone: each payment covers the month it names."""

    unpaid: dict[str, int] = field(default_factory=dict)
    advance: int = 0
    settled: int = 0

    def take(self, row):
        named, sum_ = row["for_period"], kopecks(row)
        if row["op"] == "charge":
            used = min(self.advance, sum_)
            self.advance -= used
            self.unpaid[named] = sum_ - used
        else:
            part = min(sum_, self.unpaid.get(named, 0))
            self.settled += penalty(part, named, date.fromisoformat(row["posted_on"]))
            self.unpaid[named] = self.unpaid.get(named, 0) - part
            self.advance += sum_ - part

    def total(self, period):
        asof = min(Month.parse(period).last_day, TODAY)
        return self.settled + sum(penalty(d, named, asof) for named, d in self.unpaid.items() if d)


def penalty(debt, period, asof):
    return accrue(debt, due_date(Month.parse(period), DUE_DAYS), asof, RULES).amount


def test_penalties_are_those_of_the_engine_to_the_kopeck(ledger):
    replayed = 0
    for rows in list(ledger.values())[::7]:
        principal = [row for row in rows if row["kind"] == "principal"]
        if {row["op"] for row in principal} != {"charge", "payment"} or min(map(kopecks, rows)) < 0:
            continue
        replayed += check_penalties(rows)
    assert replayed > 2000


def check_penalties(rows):
    """Compare month by month and service by service; returns the months compared."""
    books, posted = defaultdict(Replay), Counter()
    for period, of_month in groupby(rows, key=lambda row: row["period"]):
        for row in of_month:
            if row["kind"] == "principal":
                books[row["service"]].take(row)
            elif row["op"] in ("charge", "recalculation"):
                posted[row["service"]] += kopecks(row)
        for service, book in books.items():
            assert book.total(period) == posted[service], (rows[0]["account"], period)
    return len({row["period"] for row in rows})


def test_a_falling_rate_lowers_the_penalty_by_a_recalculation_that_names_it(ledger):
    lowered = [r for r in of(7, ledger) if r["kind"] == "penalty" and kopecks(r) < 0]
    february = next(row for row in lowered if row["period"] == "2020-02")
    assert february["document"] == "перерасчёт пени: ставка 6 % вместо 6,25 %"
    assert {row["op"] for row in lowered} <= {"recalculation"}


# The stories


def test_the_smallest_region_tells_all_the_stories(tmp_path):
    summary = write(tmp_path, 1)
    accounts = {row["account"] for row in read(tmp_path, "accounts")}
    told = {n for story in summary.stories for n in (story.account, *story.others)}
    assert told == accounts
    assert len(accounts) == 20
    assert len(summary.stories[-1].others) == 4


def test_the_stories_of_a_whole_region_are_those_of_the_constant(summary, region):
    assert summary.stories == list(STORIES)
    accounts = {row["account"] for row in region["accounts"]}
    assert all({story.account, *story.others} <= accounts for story in STORIES)


def test_one_owes_nothing_and_another_is_ahead(ledger):
    assert balance(of(1, ledger)) == 0
    assert balance(of(4, ledger)) < 0
    assert not [row for row in of(1, ledger) if row["kind"] == "penalty"]


def test_one_month_was_forgotten_and_the_next_ones_paid(ledger):
    rows = of(2, ledger)
    assert {row["for_period"] for row in rows if row["op"] == "payment"} >= {"2026-08", "2026-10"}
    assert not [r for r in rows if r["op"] == "payment" and r["for_period"] == "2026-09"]
    assert balance(rows, "penalty") > 0


def test_a_debt_without_penalty_is_about_to_get_one(ledger):
    rows = of(3, ledger)
    paid = {row["for_period"] for row in rows if row["op"] == "payment"}
    assert max(paid) == "2026-09"
    assert balance(rows, "penalty") == 0
    first_day = RULES.first_day(due_date(Month(2026, 10), DUE_DAYS))
    assert first_day > TODAY


def test_the_moratorium_story_gets_no_penalty_from_april_to_december_2020(ledger):
    charged = {r["period"] for r in of(5, ledger) if r["kind"] == "penalty" and r["op"] == "charge"}
    assert charged == {"2020-03", "2020-04", "2021-01", "2021-02"}


def test_the_court_wrote_off_a_debt_beyond_limitation(ledger):
    written = [row for row in of(7, ledger) if row["op"] == "write_off"]
    assert {row["kind"] for row in written} == {"principal", "penalty"}
    assert max(r["for_period"] for r in written if r["kind"] == "principal") < "2018-11"


def test_acts_close_the_contribution_for_a_year_and_a_half(ledger):
    acts = [row for row in of(8, ledger) if row["op"] == "act"]
    assert len(acts) == 18
    assert all(row["document"].startswith("акт № 7 от ") for row in acts)


def test_a_new_owner_came_last_year(region):
    states = [row for row in region["accounts"] if row["account"] == digits.account_number(9)]
    assert [row["valid_from"] for row in states] == ["", "2025-07-01"]
    assert states[0]["last_name"] != states[1]["last_name"]


def test_the_family_is_one_person_with_three_accounts(region):
    numbers = {digits.account_number(n) for n in (10, 11, 12)}
    rows = [row for row in region["accounts"] if row["account"] in numbers]
    assert len({(row["last_name"], row["first_name"]) for row in rows}) == 1
    assert [(row["premises_kind"], row["share"]) for row in rows] == [
        ("living", "1"),
        ("living", "1/3"),
        ("parking", "1"),
    ]


def test_a_closed_account_is_paid_after_closing(region, ledger):
    number = digits.account_number(13)
    closed_on = next(r["closed_on"] for r in region["accounts"] if r["account"] == number)
    after = [row for row in ledger[number] if row["posted_on"] > closed_on]
    assert "payment" in {row["op"] for row in after}
    assert not [row for row in after if row["op"] == "charge" and row["kind"] == "principal"]
    assert balance(ledger[number]) == 0


def test_a_meeting_made_a_second_service(ledger):
    services = {row["service"] for row in of(14, ledger)}
    assert services == {"Взнос на капитальный ремонт", "Взнос по решению собрания"}


def test_a_house_of_another_fund_holder_has_works_and_no_entries(region, ledger):
    house = next(row for row in region["houses"] if row["house_id"] == "H-3")
    assert house["fund_method"] == "special_other"
    assert not of(15, ledger)
    assert [row for row in region["works"] if row["house_id"] == "H-3"]
