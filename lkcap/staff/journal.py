"""The desk's journal: who saw or did what, when and from where. It only grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from lkcap.kit.db import Connection
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import WORKER
from lkcap.kit.sql import query
from lkcap.kit.visitor import sender_address
from lkcap.staff.model import Worker

NOTE = query("staff/note")
LIST_JOURNAL = query("staff/list_journal")

PAGE = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """What it was done to: `Subject("лицевой счёт", "86000000017")`."""

    kind: str = ""
    name: str = ""


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class Line:
    journal_id: int
    at: datetime
    login: str
    name: str
    action: str
    subject_kind: str
    subject: str
    details: str
    address: str


async def note(
    request: web.Request, conn: Connection, action: str, subject: Subject = NOTHING, what: str = ""
) -> None:
    """Write a line about the employee of this request, in the transaction of what he does.

    `action` is a past tense in Russian: «открыл карточку», «подтвердил возврат».
    """
    worker = request.get(WORKER)
    await conn.run(
        NOTE,
        at=request.app[CLOCK].now(),
        staff_id=worker.staff_id if isinstance(worker, Worker) else None,
        action=action,
        subject_kind=subject.kind,
        subject=subject.name,
        details=what,
        address=sender_address(request),
    )


async def list_journal(
    conn: Connection, login: str = "", subject: str = "", before: int = 0
) -> Sequence[Line]:
    """A page of lines, newest first; one more than a page tells that there are older ones."""
    return await conn.list(
        LIST_JOURNAL, Line, login=login, subject=subject, before=before, most=PAGE + 1
    )
