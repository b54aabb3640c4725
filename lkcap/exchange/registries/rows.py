"""A row of any registry from its cells: every fault of it is told, not the first alone."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TypeVar

from lkcap.exchange.fields import BadCell
from lkcap.exchange.registries import cells
from lkcap.exchange.registries.layouts import Layout
from lkcap.exchange.registries.model import ROWS_MAX, TOO_MANY, Faults, RegistryRow
from lkcap.exchange.table import BadFile
from lkcap.kit.money import BadAmount, Kopecks, roubles

T = TypeVar("T")

# All roles a cell may play, as a person calls them. `principal` is the sum without its penalty,
# `total` the sum of the whole operation where the line is one service of it.
ROLES = {
    "paid_on": "дата платежа",
    "time": "время платежа",
    "paid_at": "дата платежа",
    "operation_id": "номер операции",
    "account": "лицевой счёт",
    "amount": "сумма операции",
    "principal": "сумма взноса",
    "penalty": "сумма пени",
    "total": "сумма операции",
    "transfer": "сумма перевода",
    "commission": "комиссия",
    "document": "номер документа",
    "purpose": "назначение",
    "type": "вид операции",
    "number": "номер операции",
    "branch": "отделение",
    "office": "филиал",
    "cashier": "кассир",
    "drawn_on": "дата документа",
    "payer": "счёт плательщика",
}
DAYS = frozenset(("paid_on", "drawn_on"))
ID_DIGITS = 20


class RowMaker:
    """Makes the rows of one file; `totals` are the operations' sums where a line is a part of one,
    by the row's place.
    """

    def __init__(self, layout: Layout, faults: Faults) -> None:
        self._layout = layout
        self._faults = faults
        self._seen: Counter[tuple[str, str, int]] = Counter()
        self._line = 0
        self._cells: Mapping[str, str] = {}
        self._told: set[str] = set()
        self.rows: list[RegistryRow] = []
        self.totals: dict[int, Kopecks] = {}

    def add(self, line: int, said: Mapping[str, str]) -> RegistryRow | None:
        """Read the cells, by their roles; a row that cannot be is a fault of its line.

        Raises BadFile beyond ROWS_MAX.
        """
        before = self._faults.count
        self._line, self._cells = line, said
        self._told.clear()
        paid_on, paid_at = self._when()
        amount, penalty = self._amount()
        transfer, commission = self._shares(amount)
        account = self._code("account")
        document = self._code("document")
        purpose = self._read("purpose", cells.purpose) or ""
        operation_id = self._operation_id(amount)
        if self._faults.count > before or paid_on is None or amount is None:
            return None
        key = (operation_id, account, amount)
        self._seen[key] += 1
        if len(self.rows) == ROWS_MAX:
            raise BadFile(TOO_MANY)
        row = RegistryRow(
            line, operation_id, paid_on, paid_at, account, amount, transfer, commission, penalty,
            document, purpose, self._seen[key],
        )  # fmt: skip
        self.rows.append(row)
        return row

    def _fault(self, role: str, reason: str) -> None:
        """One fault is enough for a cell that is read twice."""
        if role not in self._told:
            self._told.add(role)
            self._faults.add(self._line, ROLES[role], reason)

    def _read(self, role: str, parse: Callable[[str], T]) -> T | None:
        """None where the file has no such cell, where it is empty, and where it is bad."""
        cell = self._cells.get(role)
        if cell is None:
            return None
        cell = cell.strip()
        if not cell:
            if role in self._layout.needed:
                self._fault(role, "пусто, а должно быть заполнено")
            return None
        try:
            return parse(cell)
        except (BadCell, BadAmount) as error:
            self._fault(role, str(error))
            return None

    def _code(self, role: str) -> str:
        return self._read(role, cells.code) or ""

    def _money(self, role: str) -> Kopecks | None:
        return self._read(role, self._layout.roubles)

    def _when(self) -> tuple[date | None, datetime | None]:
        if "paid_at" in self._cells:
            return self._read("paid_at", cells.instant) or (None, None)
        paid_on = self._read("paid_on", self._layout.day)
        clock = self._read("time", cells.clock)
        if paid_on is None or clock is None:
            return paid_on, None
        local = datetime.combine(paid_on, clock, self._layout.zone)
        return paid_on, local.astimezone(UTC)

    def _amount(self) -> tuple[Kopecks | None, Kopecks | None]:
        """(sum of operation, its part that is a penalty)."""
        penalty = self._money("penalty")
        amount = self._money("amount")
        if "principal" in self._cells:
            principal = self._money("principal")
            amount = None if principal is None else Kopecks(principal + (penalty or 0))
        if amount is not None and self._cells.get("type", "").strip() in self._layout.refunds:
            amount = Kopecks(-abs(amount))
        if amount == 0:
            self._fault("amount", "ноль: платить нечего")
        return amount, penalty

    def _shares(self, amount: Kopecks | None) -> tuple[Kopecks | None, Kopecks | None]:
        """(transfer to us, the bank's commission): what the payer paid is both together."""
        transfer, commission = self._money("transfer"), self._money("commission")
        total = self._money("total") if "total" in self._cells else amount
        if amount is None or total is None or commission is None:
            return transfer, commission
        if "transfer" not in self._cells:
            return Kopecks(amount - commission), commission
        if transfer is not None and total != transfer + commission:
            told = f"{roubles(transfer)} и {roubles(commission)}"
            self._fault("amount", f"{roubles(total)} — не сумма перевода и комиссии: {told}")
        if total != amount:
            self.totals[len(self.rows)] = total
        return transfer, commission

    def _operation_id(self, amount: Kopecks | None) -> str:
        """The bank's, or one that will be the same whenever and wherever the payment is met again.

        Parts are kept apart in the digest: 1 and 23 are not 12 and 3.
        """
        if not self._layout.identity:
            return self._code("operation_id")
        parts = [
            str(self._read(role, self._layout.day if role in DAYS else cells.code) or "")
            for role in self._layout.identity
        ]
        digest = hashlib.sha256("\0".join([*parts, str(amount)]).encode()).hexdigest()
        return f"{parts[0] or self._layout.name}-{digest[:ID_DIGITS]}"
