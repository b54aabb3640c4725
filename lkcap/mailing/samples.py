"""Every letter with somebody's made-up data, for the desk to look at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lkcap.config import Config
from lkcap.mail.compose import Composer
from lkcap.mail.message import Texts
from lkcap.mailing.model import TITLES
from lkcap.receipts.words import Line

ACCOUNT, PASSWORD = "86000000017", "кедр-река-окно"
PERIOD, DUE, PENALTY = date(2026, 10, 1), date(2026, 11, 16), date(2026, 12, 17)

_MOMENT = {"day": date(2026, 11, 22), "time": "14:05"}
_ACCESS = {"login": ACCOUNT, "password": PASSWORD, "hours": 24}
_DEBT = {
    "account": ACCOUNT,
    "period": PERIOD,
    "principal": 87997,
    "penalty": 32,
    "total": 88029,
    "due_on": DUE,
    "penalty_on": PENALTY,
}
_RECEIPT = {
    "period": PERIOD,
    "total": 77479,
    "advance": 0,
    "due_on": DUE,
    "is_moved": True,
    "can_pay": True,
    "account": ACCOUNT,
    "address": "г. Северореченск, ул. Кедровая, д. 14, кв. 27",
    "opening": Line("Долг на 1 октября 2026 г.", 121658),
    "lines": [
        Line("Оплачено в октябре", -121658, "последний платёж 18.10.2026"),
        Line("Взнос на капитальный ремонт за октябрь", 87997, "17,12 ₽ за 1 м² × 51,4 м²"),
        Line("Перерасчёты", -10550),
        Line("Пеня за октябрь", 32),
    ],
    "paid_until": date(2026, 10, 31),
}
# Which of them have a link to unsubscribe: mailings alone.
_FACTS: Mapping[str, Mapping[str, Any]] = {
    "receipt": _RECEIPT,
    "reminder_due_soon": _DEBT,
    "reminder_overdue": _DEBT,
    "reminder_before_penalty": _DEBT,
    "reminder_payment_arrived": {"account": ACCOUNT, "paid": 88029, "day": date(2026, 11, 20)},
    "reminder_new_device": {**_MOMENT, "address": "192.0.2.17"},
    "reminder_work_moved": {
        "work": "Ремонт крыши",
        "from_year": 2027,
        "to_year": 2029,
        "address": "г. Северореченск, ул. Кедровая, д. 14",
    },
    "confirm_registration": {"account": ACCOUNT, "hours": 24},
    "application_approved": _ACCESS,
    "application_refused": {
        "account": ACCOUNT,
        "reason": "Фамилия не та, что у собственника счёта.",
        "phone": "8 (000) 100-00-86",
    },
    "access_renewed": _ACCESS,
    "password_restored": {"account": ACCOUNT, "password": PASSWORD, "hours": 24},
    "password_changed": _MOMENT,
    "code_on": _MOMENT,
    "code_off": {**_MOMENT, "by_fund": False},
    "email_confirm": {"hours": 24},
    "email_change_notice": {"new_email": "m.obraztsova@example.com"},
    "email_taken": {},
    "login_deleted": _MOMENT,
    "share_invitation": {
        "owner": "Образцова М. П.",
        "tail": ACCOUNT[-4:],
        "may_pay": True,
        "hours": 72,
    },
    "share_accepted": {
        **_MOMENT,
        "called": "дочь Мария",
        "account": ACCOUNT,
        "may_pay": True,
    },
    "share_revoked": {"owner": "Образцова М. П.", "tail": ACCOUNT[-4:]},
}
assert _FACTS.keys() == TITLES.keys()


def sample(config: Config, name: str) -> Texts:
    """The three parts of a letter; its name is one of TITLES."""
    facts = {"link": f"{config.public_url}/", **_FACTS[name]}
    if name == "receipt" or name.startswith("reminder_"):
        facts["unsubscribe"] = f"{config.public_url}/unsubscribe/"
    return Composer(config).texts(name, facts)
