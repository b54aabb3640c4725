"""Applications in the database: sent, confirmed, checked, decided."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.registration.model import (
    CONSENT_VERSION,
    LINK_LIFE,
    SAME_FORM,
    Answers,
    Finding,
    Sent,
)

LOCK_EMAIL = query("registration/lock_email")
GET_BEFORE = query("registration/get_before")
ADD_APPLICATION = query("registration/add_application")
ADD_EVENT = query("registration/add_event")
GET_ANSWERS = query("registration/get_answers")
LIST_POSSIBLE_ACCOUNTS = query("registration/list_possible_accounts")
GET_CONTEXT = query("registration/get_context")
LIST_HOUSES = query("registration/list_houses")
SET_ACCOUNT = query("registration/set_account")
SAVE_FINDINGS = query("registration/save_findings")
FIND_SENT = query("registration/find_sent")
CONFIRM = query("registration/confirm")

HOUSES_MAX = 10


@dataclass(frozen=True, slots=True)
class Before:
    is_same_form: bool
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class PossibleAccount:
    """An account the application may be about, with its owner of today."""

    account_id: int
    number: str
    address: str
    premises_kind: str
    premises: str
    owner_kind: str
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    organization: str | None
    inn: str | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Context:
    """`own_open`, `others_open`: applications about the same account that wait for an answer."""

    is_linked: bool
    own_open: int
    others_open: int


@dataclass(frozen=True, slots=True)
class House:
    address: str


@dataclass(frozen=True, slots=True)
class _Id:
    application_id: int


async def get_before(conn: Connection, email: str, answers_hash: bytes, now: datetime) -> Before:
    """Wait for other forms of this e-mail that are being taken, then look what there is."""
    await conn.run(LOCK_EMAIL, email=email)
    return await conn.get(
        GET_BEFORE,
        Before,
        email=email,
        answers_hash=answers_hash,
        same_since=now - SAME_FORM,
        now=now,
    )


async def add_application(
    conn: Connection,
    answers: Answers,
    sent_from: str,
    answers_hash: bytes,
    token_hash: bytes,
    now: datetime,
) -> int:
    made = await conn.get(
        ADD_APPLICATION,
        _Id,
        **asdict(answers),
        sent_from=sent_from,
        consent_version=CONSENT_VERSION,
        answers_hash=answers_hash,
        token_hash=token_hash,
        token_until=now + LINK_LIFE,
        now=now,
    )
    await add_event(conn, made.application_id, "made", now)
    return made.application_id


async def add_event(
    conn: Connection, application_id: int, what: str, now: datetime, staff_id: int | None = None
) -> None:
    await conn.run(ADD_EVENT, application_id=application_id, what=what, now=now, staff_id=staff_id)


async def get_answers(conn: Connection, application_id: int) -> Answers:
    """Raises NotFound where there is none, or its data are wiped."""
    return await conn.get(GET_ANSWERS, Answers, application_id=application_id)


async def list_possible_accounts(
    conn: Connection, application_id: int, today: date
) -> Sequence[PossibleAccount]:
    return await conn.list(
        LIST_POSSIBLE_ACCOUNTS, PossibleAccount, application_id=application_id, today=today
    )


async def get_context(
    conn: Connection, application_id: int, account_id: int | None, today: date
) -> Context:
    return await conn.get(
        GET_CONTEXT, Context, application_id=application_id, account_id=account_id, today=today
    )


async def list_houses(conn: Connection, words: str) -> Sequence[str]:
    """Addresses of houses by a query of `addresses.search_words`; none for an empty one."""
    found = await conn.list(LIST_HOUSES, House, words=words, most=HOUSES_MAX)
    return [one.address for one in found]


async def set_account(conn: Connection, application_id: int, account_id: int) -> None:
    await conn.run(SET_ACCOUNT, application_id=application_id, account_id=account_id)


async def save_findings(conn: Connection, application_id: int, findings: Sequence[Finding]) -> None:
    await conn.run(
        SAVE_FINDINGS,
        application_id=application_id,
        whats=[one.what for one in findings],
        positions=[one.position for one in findings],
        verdicts=[one.verdict for one in findings],
        words=[one.words for one in findings],
    )


async def find_sent(conn: Connection, token_hash: bytes) -> Sent | None:
    return await conn.find(FIND_SENT, Sent, token_hash=token_hash)


async def confirm(conn: Connection, token_hash: bytes, now: datetime) -> int | None:
    """The application that was confirmed just now; None: before, too late, or unknown."""
    done = await conn.find(CONFIRM, _Id, token_hash=token_hash, now=now)
    return done.application_id if done else None
