"""Payers of the stories: chance decides no more than a document's number."""

from dataclasses import dataclass

from lkcap.demo.region.book import Book
from lkcap.demo.region.payers import Till


@dataclass(frozen=True, slots=True)
class Scripted:
    """Pays all that is owed on the day, but nothing in the silent months, ends included."""

    till: Till
    day: int
    silent: tuple[tuple[int, int], ...]

    def pay(self, book: Book, m: int) -> None:
        if not any(first <= m <= last for first, last in self.silent):
            self.till.take(book, m, self.day, book.principal)


@dataclass(frozen=True, slots=True)
class Prepaid:
    """Pays each month's contribution on the day it is charged."""

    till: Till

    def pay(self, book: Book, m: int) -> None:
        owed = book.principal + book.charges[m]
        self.till.take(book, m, book.time.ends[m].day, owed)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Pays a year ahead as soon as the advance is down to two months."""

    till: Till

    def pay(self, book: Book, m: int) -> None:
        if book.principal > -2 * book.charges[m]:
            self.till.take(book, m, 1, book.principal + 12 * book.charges[m])


@dataclass(frozen=True, slots=True)
class OneMonth:
    """Never pays for one month, and names the month of each payment after it."""

    till: Till
    forgets: int

    def pay(self, book: Book, m: int) -> None:
        if m <= self.forgets:
            self.till.take(book, m, 8, book.principal)
        elif m - 1 != self.forgets:
            day = book.time.day(m, 8)
            if day is not None:
                number = self.till.rng.randint(100_000, 999_999)
                book.pay_month(m, day, m - 1, f"п/п {number}")
