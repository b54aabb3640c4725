"""How people pay: from the standing order to the one who never does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from lkcap.demo.region.book import Book

# An odd sum of the bailiffs, in kopecks.
_ODD_SUMS = range(30_000, 400_000)


class Payer(Protocol):
    """Decides each month what to pay."""

    def pay(self, book: Book, m: int) -> None:
        """Post the payments of month m into the book; the month is not charged yet."""


@dataclass(frozen=True, slots=True)
class Till:
    """Takes money on a day of a month, under a document and maybe a bank's own id."""

    rng: Random
    has_bank_ref: bool
    pays_penalty: float  # how often the penalty is paid with the principal

    def take(self, book: Book, m: int, day: int, kopecks: int) -> None:
        """A day still to come takes nothing, as does a sum of zero."""
        date = book.time.day(m, day)
        if date is None or kopecks <= 0:
            return
        document = f"п/п {100_000 + int(self.rng.random() * 900_000)}"
        # Eighteen digits that never repeat: the day and the number of the payment's first row.
        bank_ref = f"{date:%Y%m%d}{book.lines.count + 1:010d}" if self.has_bank_ref else ""
        book.pay(m, date, kopecks, document, bank_ref)
        if book.penalty > 0 and self.rng.random() < self.pays_penalty:
            book.pay_penalty(m, date, document, bank_ref)


@dataclass(frozen=True, slots=True)
class Exact:
    """Pays all that is owed, each month on the same day."""

    till: Till
    day: int

    def pay(self, book: Book, m: int) -> None:
        self.till.take(book, m, self.day, book.principal)


@dataclass(frozen=True, slots=True)
class Careful:
    """Pays later in the month, forgets one month of twelve and then pays two."""

    till: Till

    def pay(self, book: Book, m: int) -> None:
        chance = self.till.rng.random()
        if chance > 1 / 12:
            self.till.take(book, m, 10 + int(chance * 19), book.principal)


@dataclass(frozen=True, slots=True)
class Seldom:
    """Pays every so many months, some for as many months ahead."""

    till: Till
    every: int
    phase: int
    ahead: bool

    def pay(self, book: Book, m: int) -> None:
        if m % self.every == self.phase:
            day = 1 + int(self.till.rng.random() * 25)
            ahead = self.every * book.charges[m] if self.ahead else 0
            self.till.take(book, m, day, book.principal + ahead)


@dataclass(frozen=True, slots=True)
class Chronic:
    """Two to six months behind, in round sums of a hundred roubles."""

    till: Till
    patience: int

    def pay(self, book: Book, m: int) -> None:
        rng = self.till.rng
        if book.principal > self.patience * book.charges[m] and rng.random() < 0.5:
            part = 40 + int(rng.random() * 60)
            round_sum = max(1, book.principal * part // 1_000_000) * 10_000
            self.till.take(book, m, 1 + int(rng.random() * 28), round_sum)


@dataclass(frozen=True, slots=True)
class Refuser:
    """Pays nothing from `stops` on; after `court` bailiffs bring odd sums until all is paid.

    In the month `limitation`, if it comes, a court writes off the oldest months.
    """

    till: Till
    stops: int
    court: int
    limitation: int

    def pay(self, book: Book, m: int) -> None:
        rng = self.till.rng
        if m < self.stops:
            self.till.take(book, m, 12, book.principal)
        elif m == self.limitation:
            self._write_off(book, m)
        elif m >= self.court and rng.random() < 0.6:
            odd = min(rng.choice(_ODD_SUMS), book.principal)
            self.till.take(book, m, 1 + int(rng.random() * 28), odd)

    def _write_off(self, book: Book, m: int) -> None:
        """The debt of more than three years ago is beyond limitation (ГК 196)."""
        old = sum(1 for i, _ in book.unpaid if i < m - 36)
        day = book.time.day(m, 20)
        if day is not None and old:
            case = f"2-{100 + int(self.till.rng.random() * 4900)}/{day.year}"
            book.write_off(m, day, old, f"решение суда № {case}, исковая давность")


@dataclass(frozen=True, slots=True)
class Never:
    """Pays nothing at all."""

    def pay(self, book: Book, m: int) -> None:
        """There is nothing to post."""


def _seldom(till: Till) -> Payer:
    every = till.rng.choice((3, 3, 6, 12))
    return Seldom(till, every, till.rng.randrange(every), till.rng.random() < 0.4)


def _refuser(till: Till, length: int) -> Payer:
    stops = till.rng.randrange(length)
    court = stops + till.rng.randint(12, 48)
    limitation = court + till.rng.randint(3, 12) if till.rng.random() < 0.4 else -1
    return Refuser(till, stops, court, limitation)


_GROUPS: Sequence[tuple[float, Callable[[Till, int], Payer]]] = (
    (39, lambda till, _: Exact(till, till.rng.randint(3, 14))),
    (28, lambda till, _: Careful(till)),
    (12, lambda till, _: _seldom(till)),
    (11, lambda till, _: Chronic(till, till.rng.randint(2, 5))),
    (7, _refuser),
    (3, lambda till, _: Never()),
)
_WEIGHTS = [weight for weight, _ in _GROUPS]


def any_payer(rng: Random, length: int) -> Payer:
    """A payer by the shares in which a region's people pay; `length` is of the history."""
    till = Till(rng, rng.random() < 0.6, rng.choice((0.0, 0.3, 0.8)))
    group = rng.choices(_GROUPS, _WEIGHTS)[0]
    return group[1](till, length)
