"""Who reads: the subscriber of this browser and the accounts he may see today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus

from aiohttp import web
from markupsafe import Markup

from lkcap.kit.errors import DomainError
from lkcap.kit.money import data
from lkcap.kit.month import Month
from lkcap.kit.pages import READER
from lkcap.kit.words import premises_address

# A forgotten browser is logged out after a night, any browser after a month.
IDLE_LIMIT = timedelta(hours=12)
AGE_LIMIT = timedelta(days=30)
# Long enough to think of a new password.
LIMITED_AGE = timedelta(hours=1)


AGENT_MAX = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """Where an attempt to log in comes from, for the list of sessions and of last logins."""

    address: str
    agent: str
    is_known_device: bool


@dataclass(frozen=True, slots=True)
class ReaderAccount:
    """One account in the header: balances in kopecks, a debt is positive.

    What is of the session (whose, seen when, limited) is the same in every row of a reader. `may`
    is None for an account of his own; one that its owner has opened to him is to `view` or to
    `pay`, `given_by` is that owner as the books have him in short, `visited_at` when he looked at
    it last.
    """

    subscriber_id: int
    seen_at: datetime
    is_current: bool
    account_id: int
    number: str
    house_id: int
    address: str
    premises_kind: str
    premises: str
    owner_since: date | None
    principal: int
    penalty: int
    is_limited: bool = False
    may: str | None = None
    given_by: str | None = None
    visited_at: datetime | None = None

    @property
    def is_shared(self) -> bool:
        return self.may is not None

    @property
    def may_pay(self) -> bool:
        return self.may in (None, "pay")

    @property
    def full_address(self) -> str:
        return premises_address(self.address, self.premises_kind, self.premises)

    @property
    def visible_from(self) -> Month | None:
        """The new owner's first month; None for the first owner, who sees everything."""
        return Month.of(self.owner_since) if self.owner_since else None

    @property
    def due(self) -> int:
        """К оплате: an advance of one kind does not cover the other (contract §4)."""
        return max(0, self.principal) + max(0, self.penalty)

    @property
    def balance_in_words(self) -> Markup:
        """A sign alone never tells a debt from an overpayment."""
        if self.due:
            return Markup("К\u00a0оплате {}\u00a0₽").format(data(self.due))
        advance = max(0, -self.principal) + max(0, -self.penalty)
        if advance:
            return Markup("Переплата {}\u00a0₽, зачтётся сама").format(data(advance))
        return Markup("Долга нет")


@dataclass(frozen=True, slots=True)
class Reader:
    subscriber_id: int
    accounts: tuple[ReaderAccount, ...]
    current: ReaderAccount
    token_hash: bytes

    @property
    def own(self) -> tuple[ReaderAccount, ...]:
        """Without what others have opened to him."""
        return tuple(one for one in self.accounts if not one.is_shared)

    @property
    def known_as(self) -> str:
        """A number he logs in by, for a browser that keeps passwords; empty where he has none."""
        return next((one.number for one in (self.current, *self.own) if not one.is_shared), "")

    @property
    def is_limited(self) -> bool:
        """He came with a one-time password: nothing opens but the page of a new one."""
        return self.current.is_limited


class OwnersAlone(DomainError):
    """Of the account now chosen only its owner decides; the message says what, in Russian."""

    status = HTTPStatus.FORBIDDEN
    is_for_reader = True
    title = "Это решает собственник"


def reader_of(request: web.Request) -> Reader:
    """The reader of a page that needs a login; the door has let him in."""
    reader = request[READER]
    assert isinstance(reader, Reader)
    return reader
