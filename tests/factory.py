"""Houses, accounts and entries as files of the contract, loaded by the importer itself."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import psycopg2
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from lkcap.accounts.command import find_account, subscribe
from lkcap.exchange.loads import Report, load
from lkcap.exchange.sources import KINDS, PACKAGE, open_source
from lkcap.kit.batch import batch

# The site reads the cost from the hash itself, so tests may hash cheaply.
CHEAP = PasswordHasher.from_parameters(CHEAPEST)

SERVICE = "Взнос на капитальный ремонт"
Row = Mapping[str, object]

HOUSE: Row = {
    "house_id": "H-1",
    "address": "г. Северореченск, ул. Кедровая, д. 14",
    "year_built": "1987",
    "total_area": "3412,60",
    "premises_area": "3105,20",
    "fund_method": "operator",
    "rate": "17,12",
    "spent": "1250000,00",
    "in_programme_since": "2014-09-01",
}
ACCOUNT: Row = {
    "account": "86000000017",
    "house_id": "H-1",
    "premises": "27",
    "premises_kind": "living",
    "area": "51,4",
    "share": "1",
    "owner_kind": "person",
    "last_name": "Примерова",
    "first_name": "Анна",
    "middle_name": "Петровна",
    "opened_on": "2014-09-01",
    "els": "99ЯЯ000001",
    "service_id": "99ЯЯ000001-01",
}
ENTRY: Row = {
    "account": ACCOUNT["account"],
    "service": SERVICE,
    "kind": "principal",
    "op": "charge",
    "amount": "879,97",
}


@dataclass(slots=True)
class Books:
    """`books.house().account().entry(…)`, then `books.load()`; what is not said is usual.

    `load` takes everything written so far as one package and forgets it.
    """

    database: str
    folder: Path
    today: date
    password: str
    files: dict[str, list[Row]] = field(default_factory=dict)
    made: int = 0

    def add(self, file: str, usual: Row, /, **said: object) -> "Books":
        self.files.setdefault(file, []).append(dict(usual) | said)
        return self

    def house(self, **said: object) -> "Books":
        return self.add("houses", HOUSE, **said)

    def account(self, account: str = "86000000017", **said: object) -> "Books":
        return self.add("accounts", ACCOUNT, account=account, **said)

    def entry(self, period: str, **said: object) -> "Books":
        self.made += 1
        usual = ENTRY | {
            "entry_id": f"B-{self.made:04d}",
            "period": period,
            "posted_on": f"{period}-20",
            "for_period": period,
        }
        return self.add("entries", usual, **said)

    def write(self) -> Path:
        """The package as a folder, and a clean sheet for the next one."""
        package = self.folder / f"package-{len(list(self.folder.iterdir()))}"
        package.mkdir()
        for kind, rows in self.files.items():
            write_csv(package / f"{kind}.csv", rows)
        self.files.clear()
        return package

    def load(self, **options: Any) -> Report:
        """Load what was written; by default nothing may be set aside."""
        return self.load_path(PACKAGE, self.write(), **options)

    def load_path(self, kind: str, path: Path, format_: str = "", **options: Any) -> Report:
        chosen = {"today": self.today, "max_bad": Fraction(0)} | options
        return load(self.database, open_source(kind, path, format_), **chosen)

    def load_rows(self, kind: str, rows: Sequence[Row], **options: Any) -> Report:
        """One file of one kind, written with exactly these columns."""
        assert kind in KINDS
        path = self.folder / f"{kind}-{len(list(self.folder.iterdir()))}.csv"
        write_csv(path, rows)
        return self.load_path(kind, path, **options)

    def subscriber(self, email: str, *accounts: str) -> "Books":
        """A login that may see the accounts; its password is the one every test knows."""
        with batch(self.database) as transaction:
            found = [find_account(transaction, one, self.today) for one in accounts]
            password_hash = CHEAP.hash(self.password)
            subscribe(transaction, email, found, password_hash, self.today)
        return self

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What the database holds, seen as its owner."""
        connection = psycopg2.connect(self.database)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
