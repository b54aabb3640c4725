"""Applications as the fund's desk reads them: the queue, and one with all that is known beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query
from lkcap.registration.model import Finding, State

LIST_QUEUE = query("registration/list_queue")
COUNT_WAITING = query("registration/count_waiting")
GET_APPLICATION = query("registration/get_application")
LIST_FINDINGS = query("registration/list_findings")
LIST_EVENTS = query("registration/list_events")
LIST_EARLIER = query("registration/list_earlier")
LIST_ACCESS = query("registration/list_access")

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """`number`: any spelling of the number that was told; `taken_by`: of this employee alone."""

    states: tuple[State, ...] = (State.WAITING, State.TAKEN)
    number: str = ""
    taken_by: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the queue; `differing` names the findings, `total` counts all pages."""

    application_id: int
    state: str
    made_at: datetime
    confirmed_at: datetime | None
    taken_by: int | None
    taken_at: datetime | None
    name: str
    account: str | None
    address: str | None
    agree: int
    differing: list[str]
    unknown: int
    total: int


@dataclass(frozen=True, slots=True)
class Application:
    """One application; `our_…` is the account of the books, None where none is meant for sure."""

    application_id: int
    state: str
    made_at: datetime
    confirmed_at: datetime | None
    consent_at: datetime
    consent_version: date
    sent_from: str | None
    taken_by: int | None
    taken_by_name: str | None
    taken_at: datetime | None
    decided_by: int | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    wiped_at: datetime | None
    applicant: str
    standing: str
    address: str | None
    account: str | None
    email: str | None
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    organization: str | None
    inn: str | None
    phone: str | None
    document_type: str | None
    document_number: str | None
    document_date: date | None
    account_id: int | None
    our_number: str | None
    our_house: str | None
    our_premises_kind: str | None
    our_premises: str | None
    our_owner_kind: str | None
    our_last_name: str | None
    our_first_name: str | None
    our_middle_name: str | None
    our_organization: str | None
    our_inn: str | None
    our_owner_since: date | None
    our_share_numerator: int | None
    our_share_denominator: int | None
    our_opened_on: date | None
    our_closed_on: date | None


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    what: str
    staff_id: int | None
    staff_name: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    application_id: int
    made_at: datetime
    state: str
    account: str | None
    email: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Access:
    """A login that may see an account; `holds` is False where the owner has changed since."""

    subscriber_id: int
    email: str
    number: str
    linked_on: date
    holds: bool


@dataclass(frozen=True, slots=True)
class _Count:
    waiting: int


async def list_waiting(conn: Connection, wish: Filter, page: int = 1) -> Sequence[Row]:
    """A page of the queue (25 lines, the first is 1), the longest waiting first; of decided ones
    the latest decision.
    """
    return await conn.list(
        LIST_QUEUE,
        Row,
        states=[str(state) for state in wish.states],
        number_key=number_key(wish.number),
        taken_by=wish.taken_by,
        most=PAGE,
        skipped=(page - 1) * PAGE,
    )


async def count_waiting(conn: Connection) -> int:
    return (await conn.get(COUNT_WAITING, _Count)).waiting


async def get_application(conn: Connection, application_id: int, today: date) -> Application:
    """With the account it is about as it is today; raises NotFound."""
    return await conn.get(GET_APPLICATION, Application, application_id=application_id, today=today)


async def list_findings(conn: Connection, application_id: int) -> Sequence[Finding]:
    return await conn.list(LIST_FINDINGS, Finding, application_id=application_id)


async def list_events(conn: Connection, application_id: int) -> Sequence[Event]:
    return await conn.list(LIST_EVENTS, Event, application_id=application_id)


async def list_earlier(conn: Connection, application_id: int) -> Sequence[Earlier]:
    return await conn.list(LIST_EARLIER, Earlier, application_id=application_id)


async def list_access(conn: Connection, application_id: int, today: date) -> Sequence[Access]:
    """Who has the account already, and what the applicant's e-mail has."""
    return await conn.list(LIST_ACCESS, Access, application_id=application_id, today=today)
