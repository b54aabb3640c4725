"""Receipts by mail: the words of it."""

from dataclasses import dataclass

RECEIPT = "receipt"

# Why a subscription gets no letter this time; the keys are of `receipt_bar` and of the queries.
BARS = {
    "queued": "уже в очереди или отправлена",
    "blocked": "вход закрыт или логин удалён",
    "unconfirmed": "адрес не подтверждён",
    "unsubscribed": "отписался",
    "sold": "сменился собственник",
    "closed": "счёт закрыт",
    "later": "в этом месяце счёт был не его",
    "refused": "адрес не принимает писем",
    "moved": "сменился адрес почты",
    "empty": "по счёту за этот месяц ничего нет",
}


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription; `bar` is empty where its receipt is to be queued, else a key of BARS."""

    subscriber_id: int
    account_id: int
    email: str
    bar: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter to be queued."""

    message_id: str
    recipient: str
    subscriber_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What a letter with a receipt carries, as JSON; `bar` as above."""

    bar: str
    receipt: str | None


@dataclass(frozen=True, slots=True)
class Left:
    """Queued receipts of a month: never tried, and tried in vain."""

    untried: int
    failed: int


# Letters as the desk calls them, by the folder of their templates.
TITLES = {
    "receipt": "Квитанция",
    "confirm_registration": "Подтверждение заявки",
    "application_approved": "Заявка одобрена",
    "application_refused": "Отказ в заявке",
    "access_renewed": "Одноразовый пароль от фонда",
    "password_restored": "«Забыли пароль?»",
    "password_changed": "Пароль сменён",
    "code_on": "Код для входа подключён",
    "code_off": "Код для входа отключён",
    "email_confirm": "Подтверждение нового адреса",
    "email_change_notice": "Адрес меняют",
    "email_taken": "Адрес уже занят",
    "login_deleted": "Личный кабинет удалён",
    "share_invitation": "Приглашение родственнику",
    "share_accepted": "Приглашение принято",
    "share_revoked": "Доступ отозван",
    "reminder_due_soon": "Напоминание о сроке",
    "reminder_overdue": "Напоминание о долге",
    "reminder_before_penalty": "Напоминание о пене",
    "reminder_payment_arrived": "Платёж поступил",
    "reminder_new_device": "Вход с нового устройства",
    "reminder_work_moved": "Работы перенесены",
}

# Reminders: of a debt for a month, of a payment, of a login, of the house's works. Their places are
# in links of letters that are out: a new one goes to the end.
DEBTS = ("due_soon", "overdue", "before_penalty")
ARRIVED = "payment_arrived"
NEW_DEVICE = "new_device"
MOVED = "work_moved"
KINDS = (*DEBTS, ARRIVED, NEW_DEVICE, MOVED)


def letter_name(kind: str) -> str:
    """The folder of a reminder's templates."""
    return f"reminder_{kind}"
