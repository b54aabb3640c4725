"""Facts of the privacy policy (152-ФЗ art. 18.1), taken from where they are decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lkcap.auth import devices, keeping
from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.config import Config
from lkcap.kit.pages import VISION_COOKIE
from lkcap.kit.security import CookieStorage
from lkcap.kit.words import plural
from lkcap.payments.card import BANK_NAMES
from lkcap.profile.keeping import LAST_LETTER_KEPT
from lkcap.registration.model import KEPT_AFTER_END, LINK_HOURS
from lkcap.sharing.keeping import LETTER_KEPT

# The day the text was last changed.
POLICY_VERSION = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that the site sets: what for, and how long a browser keeps it."""

    name: str
    purpose: str
    kept: str


def banks_of(config: Config) -> Sequence[str]:
    """Who is told of a payment by card; nobody where cards are not taken."""
    return [BANK_NAMES[config.bank]] if config.bank else []


def cookies_of(config: Config) -> Sequence[Cookie]:
    session = str(CookieStorage(config).cookie_name)
    return [
        Cookie(
            session,
            "узнаёт вас после входа и защищает формы; внутри зашифровано случайное число"
            " и чей это вход",
            "пока открыт браузер",
        ),
        Cookie(
            f"{session}_device",
            "отличает ваш браузер от чужого, когда кто-то подбирает пароль; зашифровано",
            _days(devices.AGE),
        ),
        Cookie(VISION_COOKIE, "помнит, что вы выбрали крупные буквы", "365\u00a0дней"),
    ]


def kept() -> dict[str, str]:
    """How long what is kept, by its place in the text."""
    return {
        "application": _days(KEPT_AFTER_END),
        "link": plural(LINK_HOURS, "час", "часа", "часов"),
        "logins": _days(keeping.EVENTS_KEPT),
        "idle": _hours(IDLE_LIMIT),
        "session": _days(AGE_LIMIT),
        "last_letter": _days(LAST_LETTER_KEPT),
        "invitation": _days(LETTER_KEPT),
    }


def _days(time: timedelta) -> str:
    return plural(time.days, "день", "дня", "дней")


def _hours(time: timedelta) -> str:
    return plural(time // timedelta(hours=1), "час", "часа", "часов")
