"""The books of one account: entries as a billing system would post them, and its running sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lkcap.demo.region.lines import Lines
from lkcap.demo.region.timeline import Timeline
from lkcap.ledger.penalty import RULES, amount, formula
from lkcap.ledger.rates import percent


@dataclass(slots=True)
class Book:
    """One service of one account, month by month; sums in kopecks, debts positive.

    `unpaid` holds [month index, kopecks] with the oldest first; it is empty while there is an
    advance, and `principal` is always their sum less the advance. `settled` is the penalty on
    what has been paid, `accrued` all the penalty posted before.
    """

    time: Timeline
    lines: Lines
    service: str
    charges: Sequence[int]
    details: Sequence[str]
    unpaid: list[list[int]] = field(default_factory=list)
    advance: int = 0
    settled: int = 0
    accrued: int = 0
    principal: int = 0
    penalty: int = 0

    def open(self, m: int, principal: int, penalty: int) -> None:
        """Carry over what an older system left; its debt counts as billed in month m."""
        first_day = f"{self.time.names[m]}-01"
        if principal:
            self._post(m, "opening", principal, first_day, m, "остаток из прежней системы")
            self._shift(m, principal, self.time.months[m].first_day)
        if penalty:
            self._post(m, "opening", penalty, first_day, m, "остаток пени", kind="penalty")
            self.penalty += penalty

    def charge(self, m: int) -> None:
        debt = self.charges[m]
        if not debt:
            return
        name, end = self.time.names[m], self.time.ends_iso[m]
        document, details = f"начисление {name}", self.details[m]
        self.lines.add(
            name, self.service, "principal", "charge", debt, end, name, document, details=details
        )
        self._debit(m, debt)

    def pay(self, m: int, day: date, kopecks: int, document: str, bank_ref: str) -> None:
        """Cover the oldest months first, a line for each; the rest is an advance."""
        rest = kopecks
        for i, part in self._credit(kopecks, day):
            self._post(m, "payment", part, day.isoformat(), i, document, bank_ref)
            rest -= part
        if rest:
            self._post(m, "payment", rest, day.isoformat(), m, document, bank_ref)

    def pay_month(self, m: int, day: date, i: int, document: str) -> None:
        """Cover the debt of month i alone, as the payer named it."""
        debt = next((piece[1] for piece in self.unpaid if piece[0] == i), 0)
        if debt:
            self._settle(i, debt, day)
            self.principal -= debt
            self._post(m, "payment", debt, day.isoformat(), i, document)
            self.unpaid = [piece for piece in self.unpaid if piece[0] != i]

    def pay_penalty(self, m: int, day: date, document: str, bank_ref: str) -> None:
        """Pay all the penalty posted so far."""
        if self.penalty > 0:
            posted, kopecks = day.isoformat(), self.penalty
            self._post(m, "payment", kopecks, posted, m, document, bank_ref, kind="penalty")
            self.penalty = 0

    def refund(self, m: int, day: date, kopecks: int, document: str) -> None:
        """Give money back: out of the advance, else as a debt of month m."""
        self._post(m, "payment", -kopecks, day.isoformat(), m, document)
        self._debit(m, kopecks)

    def recalculate(
        self, m: int, day: date, i: int, kopecks: int, document: str, op: str = "recalculation"
    ) -> None:
        """Change what was owed for month i, as if it had always been so."""
        self._post(m, op, kopecks, day.isoformat(), i, document)
        if kopecks < 0:
            self._forgive(i, -kopecks, day)
        else:
            self._debit(m, kopecks)

    def charge_again(self, m: int, i: int, sign: int, document: str) -> None:
        """A charge posted twice by mistake (+1), or its storno (−1)."""
        kopecks, end = sign * self.charges[i], self.time.ends[m]
        self._post(m, "charge", kopecks, end.isoformat(), i, document)
        if sign < 0:
            self._forgive(i, -kopecks, end)
        else:
            self._debit(i, kopecks)

    def correct(self, m: int, day: date, kopecks: int, document: str) -> None:
        """Move principal here from another account, or away when negative."""
        if kopecks:
            self._post(m, "correction", kopecks, day.isoformat(), m, document)
            self._shift(m, kopecks, day)

    def correct_penalty(self, m: int, day: date, kopecks: int, document: str) -> None:
        if kopecks:
            posted = day.isoformat()
            self._post(m, "correction", kopecks, posted, m, document, kind="penalty")
            self.penalty += kopecks

    def write_off(self, m: int, day: date, months: int, document: str) -> None:
        """Give up the debt of so many oldest months, with the penalty on it so far."""
        pieces = self.unpaid[:months]
        penalty: int = sum(amount(debt, self.time.due[i], day, RULES) for i, debt in pieces)
        for i, part in self._credit(sum(debt for _, debt in pieces), day):
            self._post(m, "write_off", part, day.isoformat(), i, document)
        penalty = min(penalty, self.penalty)
        if penalty > 0:
            self._post(m, "write_off", penalty, day.isoformat(), m, document, kind="penalty")
            self.penalty -= penalty

    def accrue(self, m: int) -> None:
        """Post the month's penalty: all of it by the month's end less what was posted before."""
        days, rate = self.time.penalty_days[m], self.time.rates[m]
        unpaid = sum([formula(debt, rate, days[i]) for i, debt in self.unpaid])
        total = self.settled + unpaid
        change = total - self.accrued
        if change:
            op = "charge" if change > 0 else "recalculation"
            document = f"пеня за {self.time.names[m]}" if change > 0 else self._why_less(m)
            self._post(m, op, change, self.time.ends_iso[m], m, document, kind="penalty")
            self.accrued = total
            self.penalty += change

    def _why_less(self, m: int) -> str:
        was, now = self.time.rates[m - 1], self.time.rates[m]
        if was == now:
            return "перерасчёт пени: изменился долг или день его оплаты"
        return f"перерасчёт пени: ставка {percent(now)} % вместо {percent(was)} %"

    def _post(
        self, m: int, op: str, kopecks: int, posted_on: str, i: int, document: str,
        bank_ref: str = "", *, kind: str = "principal",
    ) -> None:  # fmt: skip
        names = self.time.names
        self.lines.add(
            names[m], self.service, kind, op, kopecks, posted_on, names[i], document, bank_ref
        )

    def _shift(self, m: int, kopecks: int, day: date) -> None:
        if kopecks > 0:
            self._debit(m, kopecks)
        else:
            self._credit(-kopecks, day)

    def _debit(self, i: int, kopecks: int) -> None:
        """Owe more for month i, after the advance is used up."""
        self.principal += kopecks
        used = min(self.advance, kopecks)
        self.advance -= used
        if kopecks > used:
            self.unpaid.append([i, kopecks - used])

    def _credit(self, kopecks: int, day: date) -> list[tuple[int, int]]:
        """Cover the oldest debts on the day; returns (month index, kopecks) of each part."""
        self.principal -= kopecks
        parts = []
        while kopecks and self.unpaid:
            piece = self.unpaid[0]
            part = min(piece[1], kopecks)
            self._settle(piece[0], part, day)
            parts.append((piece[0], part))
            kopecks -= part
            piece[1] -= part
            if not piece[1]:
                del self.unpaid[0]
        self.advance += kopecks
        return parts

    def _settle(self, i: int, part: int, day: date) -> None:
        self.settled += amount(part, self.time.due[i], day, RULES)

    def _forgive(self, i: int, kopecks: int, day: date) -> None:
        """Owe less for month i without a penalty on that part; the rest covers other debts."""
        for piece in self.unpaid:
            if piece[0] == i:
                part = min(piece[1], kopecks)
                piece[1] -= part
                kopecks -= part
                self.principal -= part
        self.unpaid = [piece for piece in self.unpaid if piece[1]]
        if kopecks:
            self._credit(kopecks, day)
