"""A login as its settings show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# How long the link to a new address lives.
EMAIL_CHANGE_LIFE = timedelta(hours=24)

# Letters a subscriber may ask for, all of them off until he does: kind → what he reads.
REMINDERS = {
    "due_soon": "За несколько дней до срока оплаты",
    "overdue": "После срока, если взнос не оплачен",
    "before_penalty": "Перед тем как начнётся пеня",
    "payment_arrived": "Когда поступил платёж",
    "new_device": "Когда в кабинет вошли с нового устройства",
    "work_moved": "Когда работы в доме перенесли на другой год",
}


@dataclass(frozen=True, slots=True)
class Login:
    """`new_email` waits for its owner to confirm it; None where no change was asked for. Letters to
    an address that `is_refused` come back.
    """

    subscriber_id: int
    email: str
    created_at: datetime
    password_changed_at: datetime | None
    has_code: bool
    codes_left: int
    devices: int
    new_email: str | None
    is_refused: bool


@dataclass(frozen=True, slots=True)
class EmailChange:
    """A change that a link confirms."""

    subscriber_id: int
    new_email: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """One account of a letter's «Отписаться»; `is_his`: the link to the account holds today."""

    number: str
    is_his: bool
    is_subscribed: bool
