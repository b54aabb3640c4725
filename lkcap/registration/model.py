"""An application for a login (manual §3.3): who asks, for which account, and how far it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# How long the link of the letter opens, and an application waits for its applicant.
LINK_HOURS = 72
LINK_LIFE = timedelta(hours=LINK_HOURS)
# The same answers sent again this soon are one application: a button pressed twice.
SAME_FORM = timedelta(minutes=10)
# An employee who took an application and fell silent holds it no longer than this.
STALE_TAKE = timedelta(minutes=30)
# 152-ФЗ art. 5: what was refused or never confirmed, or has no login any more, needs no names.
KEPT_AFTER_END = timedelta(days=90)
# Letters to one address that nobody has confirmed; more would be somebody's mischief.
UNCONFIRMED_MAX = 30
# The day the text of the consent was last changed; kept with every application.
CONSENT_VERSION = date(2026, 11, 22)


class State(StrEnum):
    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    TAKEN = "taken"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"


class Verdict(StrEnum):
    AGREE = "agree"
    DIFFER = "differ"
    UNKNOWN = "unknown"


STATES = {
    State.UNCONFIRMED: "почта не подтверждена",
    State.WAITING: "ждёт решения",
    State.TAKEN: "у сотрудника",
    State.APPROVED: "доступ открыт",
    State.REFUSED: "отказано",
    State.EXPIRED: "не подтверждена в срок",
}
STANDINGS = {
    "owner": "Собственник",
    "tenant": "Наниматель: живу по договору социального найма",
    "representative": "Представитель собственника: родственник или другой человек по доверенности",
}
# Manual §3.3.1, step 9.
DOCUMENT_TYPES = {
    "registration": "Свидетельство о гос. регистрации",
    "inheritance": "Свидетельство о праве наследования",
    "free_use": "Договор о передаче помещения в безвозмездное пользование",
    "extract": "Выписка из росреестра",
    "other": "Иное",
}
EVENTS = {
    "made": "Заявка подана",
    "confirmed": "Почта подтверждена",
    "taken": "Взята в работу",
    "released": "Возвращена в очередь",
    "account_named": "Назван лицевой счёт",
    "approved": "Доступ открыт",
    "refused": "Отказано",
    "expired": "Срок подтверждения вышел",
    "wiped": "Личные данные удалены",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """The form as it was understood: blanks trimmed, the phone and the e-mail in their usual form.

    A person has names, an organization its name and ИНН; the others of the two are None.
    """

    applicant: str
    standing: str
    address: str
    account: str
    number_key: str
    email: str
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    organization: str | None
    inn: str | None
    phone: str
    document_type: str
    document_number: str
    document_date: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that agrees with the books, differs, or cannot be compared; `what` is the field."""

    what: str
    position: int
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the page behind the link of the letter needs to know."""

    application_id: int
    state: str
    token_until: datetime

    def is_late(self, now: datetime) -> bool:
        """Not confirmed while it could be."""
        waits = self.state == State.UNCONFIRMED
        return self.state == State.EXPIRED or (waits and now >= self.token_until)

    @property
    def is_confirmed(self) -> bool:
        return self.state not in (State.UNCONFIRMED, State.EXPIRED)
