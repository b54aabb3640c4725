"""Who works at the desk and what each role may do there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from lkcap.kit.pages import WORKER
from lkcap.staff.role import Role

# A desk left alone is closed soon; a working day needs one login.
IDLE_LIMIT = timedelta(minutes=30)
AGE_LIMIT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the desk's menu. An administrator sees all of them."""

    title: str
    path: str
    roles: tuple[Role, ...] = ()

    def is_for(self, role: Role) -> bool:
        return role is Role.ADMIN or role in self.roles


SECTIONS = (
    Section("Платежи", "/staff/payments", (Role.ACCOUNTANT,)),
    Section("Сверка", "/staff/reconciliation", (Role.ACCOUNTANT,)),
    Section("Загрузки", "/staff/loads", (Role.ACCOUNTANT,)),
    Section("Заявки", "/staff/applications", (Role.OPERATOR,)),
    Section("Абоненты", "/staff/subscribers", (Role.OPERATOR,)),
    Section("Письма", "/staff/letters", (Role.OPERATOR,)),
    Section("Новости", "/staff/news", (Role.EDITOR,)),
    Section("Сотрудники", "/staff/people"),
    Section("Журнал", "/staff/journal"),
    Section("Мой пароль", "/staff/password", tuple(Role)),
)


@dataclass(frozen=True, slots=True)
class Worker:
    """The employee of this browser."""

    staff_id: int
    login: str
    name: str
    role: Role
    has_one_time_password: bool
    seen_at: datetime
    token_hash: bytes

    @property
    def role_title(self) -> str:
        return Role(self.role).named

    @property
    def sections(self) -> tuple[Section, ...]:
        """None before he has a password of his own: there is nowhere else to go."""
        if self.has_one_time_password:
            return ()
        return tuple(one for one in SECTIONS if one.is_for(Role(self.role)))


def worker_of(request: web.Request) -> Worker:
    """The employee of a page of the desk; the door has let him in."""
    worker = request[WORKER]
    assert isinstance(worker, Worker)
    return worker
