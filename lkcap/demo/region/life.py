"""The life of an account from its first month to the open one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lkcap.demo.region.accounts import Account
from lkcap.demo.region.book import Book
from lkcap.demo.region.charging import Prices, charges
from lkcap.demo.region.digits import account_number
from lkcap.demo.region.events import Events
from lkcap.demo.region.lines import CONTRIBUTION, SURPLUS, Lines
from lkcap.demo.region.payers import Payer
from lkcap.demo.region.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Balance:
    """What is owed, in kopecks: positive is a debt."""

    principal: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Habits:
    """What an account does with its life: who pays, what happens, what it began with."""

    payer: Payer
    events: Events = field(default_factory=dict)
    brought: Balance = Balance()


@dataclass(frozen=True, slots=True)
class Closing:
    """Balances over all services: at the end of the last closed month, and what moved away."""

    last_closed: Balance
    moved: Balance


def live(
    account: Account, habits: Habits, prices: Prices, lines: Lines, time: Timeline,
    *, successor: Account | None = None, inherited: Balance | None = None,
) -> Closing:  # fmt: skip
    """Post all entries of the account into the lines.

    A closed account hands its balance to the successor, who gets it as `inherited`.
    """
    lines.account = account.number
    books = _books(account, prices, lines, time)
    main = books[0]
    main.open(account.first, habits.brought.principal, habits.brought.penalty)
    if inherited is not None:
        _take_over(main, account, inherited)
    closing, moved = Balance(), Balance()
    for m in range(account.first, len(time)):
        _month(books, habits, m)
        if m == account.last and successor is not None:
            moved = _hand_over(books, m, successor)
        if m == len(time) - 2:
            closing = _sum(books)
    return Closing(closing, moved)


def _books(account: Account, prices: Prices, lines: Lines, time: Timeline) -> Sequence[Book]:
    rates = [(CONTRIBUTION, prices.minimum)]
    if prices.surplus:
        rates.append((SURPLUS, prices.surplus))
    return [Book(time, lines, service, *charges(account, of)) for service, of in rates]


def _month(books: Sequence[Book], habits: Habits, m: int) -> None:
    for book in books:
        habits.payer.pay(book, m)
        book.charge(m)
    for event in habits.events.get(m, ()):
        event(books[0], m)
    for book in books:
        book.accrue(m)


def _hand_over(books: Sequence[Book], m: int, successor: Account) -> Balance:
    moved, day = _sum(books), books[0].time.ends[m]
    for book in books:
        book.correct_penalty(m, day, -book.penalty, _document(successor))
        book.correct(m, day, -book.principal, _document(successor))
    return moved


def _take_over(book: Book, account: Account, inherited: Balance) -> None:
    m, day = account.first, account.opened_on
    book.correct(m, day, inherited.principal, _document(account))
    book.correct_penalty(m, day, inherited.penalty, _document(account))


def _document(successor: Account) -> str:
    """The same words on both accounts link their lines."""
    before = account_number(successor.ordinal - 1)
    return f"перенос остатка с л/с {before} на л/с {successor.number}"


def _sum(books: Sequence[Book]) -> Balance:
    return Balance(sum(book.principal for book in books), sum(book.penalty for book in books))
