"""What a bank's registry and the billing system tell of the payments in the bank's book."""

import csv
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from lkcap.demo.bank.model import Payment, Wire
from lkcap.kit.money import roubles_plain

SERVICE = "Взнос на капитальный ремонт"
DAY, SBER_DAY = "2026-11-22", "22-11-2026"
# How many kopecks of a payment billing may have more than the bank.
MORE = 100
ENTRY_FIELDS = (
    "entry_id", "account", "period", "service", "kind", "op", "amount", "posted_on", "bank_ref",
)  # fmt: skip

Row = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """A file for `import`: its kind, and its format where it is a registry."""

    kind: str
    format: str
    path: Path

    @property
    def words(self) -> tuple[str, ...]:
        return (self.kind, str(self.path), *(("--format", self.format) if self.format else ()))


@dataclass(slots=True)
class Told:
    """What the papers so far say of one payment, kopecks: sums of billing's entries, taken and
    given back, each None where there is none; what the registries say was given back.
    """

    billed: int | None = None
    billed_back: int | None = None
    is_listed: bool = False
    listed_back: int = 0

    @property
    def is_known(self) -> bool:
        """Whether any paper names its account."""
        return self.is_listed or self.billed is not None

    def sum_of(self, payment: Payment) -> int:
        """What its account must have of it: billing's word, if any, else the bank's."""
        taken = payment.operation.amount if self.billed is None else self.billed
        return taken - (self.listed_back if self.billed_back is None else self.billed_back)


@dataclass(slots=True)
class Clerks:
    """Write papers about random payments, again and again; `told` is by the bank's number.

    `strange` are orders the site does not know: of their payments it knows no account.
    """

    folder: Path
    chance: random.Random
    papers: list[Paper] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    # parts of a payment that billing has put off to a later file
    put_off: list[dict[str, str]] = field(default_factory=list)
    strange: Collection[str] = ()
    _names: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def registry(self, lines: Sequence[tuple[Payment, str]], format_: str) -> Paper:
        """`lines` are payments and the numbers of their accounts; refunds are rows below zero."""
        rows = [row for payment, account in lines for row in self._rows(payment, account)]
        path = self._path(f"registry-{format_}")
        path.write_bytes(registry_text(rows, format_, len(self.papers)))
        return self._kept(Paper("payments", format_, path))

    def _rows(self, payment: Payment, account: str) -> list[Row]:
        trx_id, told = payment.operation.trx_id, self._of(payment)
        told.is_listed = True
        rows = [(self._number(payment), account, payment.operation.amount)]
        if payment.refunds:
            rows.append((trx_id, account, -payment.refunded))
            told.listed_back = payment.refunded
        return rows

    def _number(self, payment: Payment) -> str:
        """The same in every registry: some know a payment that the site has by its rrn alone.

        An rrn means a payment only together with its account.
        """
        trx_id, rrn = payment.operation.trx_id, payment.operation.rrn.strip()
        if trx_id not in self._names:
            is_heard = payment.attempt.wire is Wire.GPB and payment.is_acknowledged
            has_account = payment.attempt.order not in self.strange
            is_by_rrn = rrn and is_heard and has_account and self.chance.random() < 0.2
            self._names[trx_id] = rrn if is_by_rrn else trx_id
        return self._names[trx_id]

    def billing(self, lines: Sequence[tuple[Payment, str]]) -> Paper:
        """Entries of payments it has not told yet, whole or the first part; and older parts."""
        entries, self.put_off = self.put_off, []
        for payment, account in lines:
            entries += self._entries(payment, account)
        path = self._path("entries")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ENTRY_FIELDS, delimiter=";")
            writer.writeheader()
            writer.writerows(entries)
        return self._kept(Paper("entries", "", path))

    def _entries(self, payment: Payment, account: str) -> list[dict[str, str]]:
        told, trx_id = self._of(payment), payment.operation.trx_id
        rows = []
        if told.billed is None:
            told.billed = payment.operation.amount + self.chance.choice((0, 0, 0, MORE))
            rows = self._parts(trx_id, account, told.billed)
            if len(rows) > 1 and self.chance.random() < 0.5:
                self.put_off.append(rows.pop())
        if payment.refunds and told.billed_back is None:
            told.billed_back = payment.refunded
            rows.append(self._entry(trx_id, account, -payment.refunded, "2026-11", "principal"))
        return rows

    def _parts(self, trx_id: str, account: str, amount: int) -> list[dict[str, str]]:
        if amount < 2 or self.chance.random() < 0.6:
            return [self._entry(trx_id, account, amount, "2026-11", "principal")]
        first = self.chance.randrange(1, amount)
        kind = self.chance.choice(("principal", "penalty"))
        return [
            self._entry(trx_id, account, first, "2026-10", "principal"),
            self._entry(trx_id, account, amount - first, "2026-11", kind),
        ]

    def _entry(
        self, trx_id: str, account: str, amount: int, period: str, kind: str
    ) -> dict[str, str]:
        return {
            "entry_id": f"F-{next(self._numbers)}",
            "account": account,
            "period": period,
            "service": SERVICE,
            "kind": kind,
            "op": "payment",
            "amount": roubles_plain(amount),
            "posted_on": f"{period}-20",
            "bank_ref": trx_id,
        }

    def _of(self, payment: Payment) -> Told:
        return self.told.setdefault(payment.operation.trx_id, Told())

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}-{len(self.papers)}.csv"

    def _kept(self, paper: Paper) -> Paper:
        self.papers.append(paper)
        return paper


def registry_text(rows: Sequence[Row], format_: str, paper: int) -> bytes:
    """A whole registry of (number of the operation, account, kopecks); `paper` is its number."""
    if format_ == "sber":
        return _sber(rows, paper).encode("windows-1251")
    lines = [
        f"{number};{DAY};{account};{roubles_plain(amount)}" for number, account, amount in rows
    ]
    return "\n".join(["operation_id;paid_at;account;amount", *lines, ""]).encode()


def _sber(rows: Sequence[Row], paper: int) -> str:
    lines = [
        f"{SBER_DAY};12-00-00;8598/0123;СБОЛ;{number};{account};;;1126;{roubles_plain(amount)};"
        f"{roubles_plain(amount)};0,00"
        for number, account, amount in rows
    ]
    total = roubles_plain(sum(amount for _, _, amount in rows))
    return "\r\n".join([*lines, f"={len(rows)};{total};{total};0,00;{paper:06d};{SBER_DAY}", ""])
