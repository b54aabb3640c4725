"""Employees and their browsers in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.staff.model import AGE_LIMIT, IDLE_LIMIT, Worker
from lkcap.staff.role import Role

FIND_EMPLOYEE = query("staff/find_employee")
FIND_WORKER = query("staff/find_worker")
SPEND_CODE = query("staff/spend_code")
ADD_SESSION = query("staff/add_session")
TOUCH_SESSION = query("staff/touch_session")
END_SESSION = query("staff/end_session")
END_OTHER_SESSIONS = query("staff/end_other_sessions")
SET_OWN_PASSWORD = query("staff/set_own_password")
GET_PASSWORD_HASH = query("staff/get_password_hash")
LIST_EMPLOYEES = query("staff/list_employees")


@dataclass(frozen=True, slots=True)
class Employee:
    """What a login at the desk is judged by."""

    staff_id: int
    name: str
    role: str
    password_hash: str
    one_time_until: datetime | None
    totp_secret: bytes
    totp_last_step: int
    disabled_at: datetime | None

    def may_enter(self, now: datetime) -> bool:
        """Not dismissed, and a one-time password has not grown old."""
        is_fresh = self.one_time_until is None or now < self.one_time_until
        return self.disabled_at is None and is_fresh


@dataclass(frozen=True, slots=True)
class ListedEmployee:
    staff_id: int
    login: str
    name: str
    role: str
    one_time_until: datetime | None
    disabled_at: datetime | None
    seen_at: datetime | None

    @property
    def role_title(self) -> str:
        return Role(self.role).named


@dataclass(frozen=True, slots=True)
class _PasswordHash:
    password_hash: str


async def find_employee(conn: Connection, login: str) -> Employee | None:
    return await conn.find(FIND_EMPLOYEE, Employee, login=login)


async def find_worker(conn: Connection, token_hash: bytes, now: datetime) -> Worker | None:
    return await conn.find(
        FIND_WORKER,
        Worker,
        token_hash=token_hash,
        idle_since=now - IDLE_LIMIT,
        begun_since=now - AGE_LIMIT,
        now=now,
    )


async def spend_code(conn: Connection, staff_id: int, step: int) -> bool:
    """False when the same code, or a later one, has been taken already."""
    return await conn.run(SPEND_CODE, staff_id=staff_id, step=step) == 1


async def add_session(conn: Connection, token_hash: bytes, staff_id: int, now: datetime) -> None:
    await conn.run(ADD_SESSION, token_hash=token_hash, staff_id=staff_id, now=now)


async def touch_session(conn: Connection, token_hash: bytes, now: datetime) -> None:
    await conn.run(TOUCH_SESSION, token_hash=token_hash, now=now)


async def end_session(conn: Connection, token_hash: bytes) -> None:
    await conn.run(END_SESSION, token_hash=token_hash)


async def set_own_password(conn: Connection, worker: Worker, password_hash: str) -> None:
    """Every other browser of his is logged out."""
    await conn.run(SET_OWN_PASSWORD, staff_id=worker.staff_id, password_hash=password_hash)
    await conn.run(END_OTHER_SESSIONS, staff_id=worker.staff_id, token_hash=worker.token_hash)


async def get_password_hash(conn: Connection, staff_id: int) -> str:
    return (await conn.get(GET_PASSWORD_HASH, _PasswordHash, staff_id=staff_id)).password_hash


async def list_employees(conn: Connection) -> Sequence[ListedEmployee]:
    return await conn.list(LIST_EMPLOYEES, ListedEmployee)
