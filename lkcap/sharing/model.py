"""An account opened to a relative: by whom, to whom, and how far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

# How long the link of an invitation lives.
INVITATION_LIFE = timedelta(hours=72)
# More are not a family any more, and each costs the owner's attention.
PEOPLE_MAX = 5
# The text of templates/sharing/consent.html that is in force.
CONSENT_VERSION = date(2026, 11, 22)

# What the invited may do; `pay` is everything that `view` is.
RIGHTS = {
    "view": "смотреть",
    "pay": "смотреть и платить",
}


@dataclass(frozen=True, slots=True)
class Link:
    """The owner's link to an account, held while somebody is invited; `given_by` as in the books,
    None where they do not know.
    """

    account_id: int
    number: str
    owner_key: str
    email: str
    given_by: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """One person who has access to an account, or was invited (`relative_id` is None)."""

    share_id: int
    number: str
    called: str
    email: str
    may: str
    invited_at: datetime
    expires_at: datetime | None
    accepted_at: datetime | None
    visited_at: datetime | None
    given_by: str | None
    relative_id: int | None
    relative_email: str | None

    @property
    def right(self) -> str:
        return RIGHTS[self.may]

    @property
    def masked_email(self) -> str:
        return masked(self.email)

    def is_late(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a live link opens. `login_id` is the login of the invited address, None where there is
    none yet; a good one is confirmed and not blocked.
    """

    share_id: int
    owner_id: int
    owner_email: str
    account_id: int
    number: str
    given_by: str | None
    called: str
    email: str
    may: str
    expires_at: datetime
    login_id: int | None
    login_is_good: bool
    login_has_accounts: bool

    @property
    def tail(self) -> str:
        return tail(self.number)

    @property
    def is_for_nobody_yet(self) -> bool:
        """A login is to be made for it."""
        return self.login_id is None

    @property
    def is_for_idle_login(self) -> bool:
        """Its login has no account, so that nobody could come in with it to accept."""
        return self.login_is_good and not self.login_has_accounts


@dataclass(frozen=True, slots=True)
class OfLogin:
    """A line of the desk's card: given to `other_email`, or by them; `holds` while it opens."""

    share_id: int
    number: str
    is_given: bool
    other_email: str
    may: str
    invited_at: datetime
    accepted_at: datetime | None
    holds: bool

    @property
    def right(self) -> str:
        return RIGHTS[self.may]


def masked(email: str) -> str:
    """`m…a@example.com`: enough for who knows it, little for who looks over a shoulder."""
    name, _, host = email.partition("@")
    return f"{name[0]}…{name[-1] if len(name) > 2 else ''}@{host}"


def tail(number: str) -> str:
    """The last four signs: a letter that went astray does not tell the number."""
    return number[-4:]
