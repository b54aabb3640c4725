"""What happens to an account once in years: recalculations, acts, refunds, transfers, mistakes."""

from collections.abc import Callable, Iterable
from random import Random

from lkcap.demo.region.accounts import Account
from lkcap.demo.region.book import Book
from lkcap.demo.region.timeline import Timeline

# Posts its entries into the book; called after the month is charged.
Event = Callable[[Book, int], None]
Events = dict[int, list[Event]]

# How often an account lives through an event in all its years.
_CHANCE = 0.03
TRANSFER_CHANCE = 0.012
KINDS = 4
_LAST_MONTHS = 4  # no event begins so late that its second half would be still to come


def add(events: Events, made: Iterable[tuple[int, Event]]) -> None:
    for m, event in made:
        events.setdefault(m, []).append(event)


def act(first: int, last: int, number: int, time: Timeline) -> Iterable[tuple[int, Event]]:
    """Works that owners did earlier count instead of contributions (ЖК 181 ч.5)."""
    document = f"акт № {number} от {time.ends[first].replace(day=1):%d.%m.%Y}"

    def forgive(book: Book, m: int) -> None:
        if book.charges[m]:
            book.recalculate(m, book.time.ends[m], m, -book.charges[m], document, op="act")

    return [(m, forgive) for m in range(first, last + 1)]


def double_payment(m: int, rng: Random) -> Iterable[tuple[int, Event]]:
    """The payer pressed the button twice: two equal payments on one day."""
    day, number = rng.randint(3, 25), rng.randint(100_000, 999_999)

    def pay_twice(book: Book, m: int) -> None:
        date = book.time.ends[m].replace(day=day)
        for again in (0, 1):
            book.pay(m, date, book.charges[m], f"п/п {number + again}", "")

    return [(m, pay_twice)]


def refund(m: int, rng: Random, document: str) -> Iterable[tuple[int, Event]]:
    """A payment too many, given back in the next month."""
    day, kopecks = rng.randint(3, 25), rng.randint(5, 30) * 10_000

    def pay(book: Book, m: int) -> None:
        date = book.time.ends[m].replace(day=day)
        book.pay(m, date, kopecks, f"п/п {rng.randint(100_000, 999_999)}", "")

    def give_back(book: Book, m: int) -> None:
        book.refund(m, book.time.ends[m].replace(day=day), kopecks, document)

    return [(m, pay), (m + 1, give_back)]


def storno(m: int, time: Timeline) -> Iterable[tuple[int, Event]]:
    """A month charged twice, and the mistake reversed in the next one."""
    document = f"сторно начисления {time.names[m]}"
    return [
        (m, lambda book, m: book.charge_again(m, m, 1, f"начисление {time.names[m]}, повторно")),
        (m + 1, lambda book, m: book.charge_again(m, m - 1, -1, document)),
    ]


def measured(account: Account, old: list[int], new: list[int]) -> Iterable[tuple[int, Event]]:
    """The area was found smaller: half a year is counted anew, a line for each month."""

    def recalculate(book: Book, m: int) -> None:
        for i in range(max(account.first, m - 6), m):
            if new[i] != old[i]:
                day = book.time.ends[m]
                book.recalculate(m, day, i, new[i] - old[i], "перерасчёт площади")

    return [(account.measured, recalculate)]


def transfer(
    wrong: Account, right: Account, m: int, rng: Random
) -> tuple[Iterable[tuple[int, Event]], Iterable[tuple[int, Event]]]:
    """A payment went to a neighbour and was moved: two linked lines with the sum of zero."""
    day, kopecks = rng.randint(3, 25), rng.randint(5, 20) * 10_000
    number = rng.randint(1, 400)
    document = f"перенос № {number} с л/с {wrong.number} на л/с {right.number}"

    def pay(book: Book, m: int) -> None:
        date = book.time.ends[m].replace(day=day)
        book.pay(m, date, kopecks, f"п/п {100_000 + number}", "")

    def move(sign: int) -> Event:
        return lambda book, m: book.correct(m, book.time.ends[m], sign * kopecks, document)

    return [(m, pay), (m + 1, move(1))], [(m + 1, move(-1))]


def any_events(account: Account, time: Timeline, rng: Random) -> Iterable[tuple[int, Event]]:
    """Mostly nothing."""
    if rng.random() > _CHANCE or not fits(account, time):
        return ()
    return some_event(rng.randrange(KINDS), account, time, rng)


def fits(account: Account, time: Timeline) -> bool:
    """Whether the account is still open and has the months for an event and its sequel."""
    return account.last is None and account.first < len(time) - 2 * _LAST_MONTHS


def some_event(
    which: int, account: Account, time: Timeline, rng: Random
) -> Iterable[tuple[int, Event]]:
    """The event of that number, below KINDS, in some month of the account's life."""
    m = rng.randint(account.first + 1, len(time) - _LAST_MONTHS)
    kinds: tuple[Callable[[], Iterable[tuple[int, Event]]], ...] = (
        lambda: double_payment(m, rng),
        lambda: refund(m, rng, f"возврат № {rng.randint(1, 200)} по заявлению"),
        lambda: storno(m, time),
        lambda: refund(m, rng, "возврат банком: счёт плательщика закрыт"),
    )
    return kinds[which]()
