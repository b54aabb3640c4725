"""A login as the desk sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.words import premises_address


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the search; `numbers` are those of its accounts, with commas."""

    subscriber_id: int
    email: str
    created_at: datetime
    blocked_at: datetime | None
    deleted_at: datetime | None
    numbers: str


@dataclass(frozen=True, slots=True)
class Card:
    """`letters_refused`: what the mail said of the address for good, empty while letters arrive."""

    subscriber_id: int
    email: str
    email_confirmed_at: datetime | None
    created_at: datetime
    password_changed_at: datetime | None
    has_password: bool
    has_totp: bool
    blocked_at: datetime | None
    deleted_at: datetime | None
    one_time_until: datetime | None
    letters_refused: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Link:
    """An account of the login; `is_open` while its owner is the one it was linked for."""

    account_id: int
    number: str
    address: str
    premises_kind: str
    premises: str
    linked_on: date
    is_open: bool

    @property
    def full_address(self) -> str:
        return premises_address(self.address, self.premises_kind, self.premises)
