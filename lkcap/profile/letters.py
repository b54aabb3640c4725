"""The letters that settings write; their texts are in `templates/letters/`."""

from datetime import datetime, timedelta
from urllib.parse import quote

from lkcap.config import Config
from lkcap.mail.letter import Letter
from lkcap.profile.model import EMAIL_CHANGE_LIFE, Login

_HOURS = EMAIL_CHANGE_LIFE // timedelta(hours=1)


def password_changed(config: Config, login: Login, now: datetime) -> Letter:
    facts = _moment(config, now)
    return Letter("password_changed", login.email, facts, subscriber_id=login.subscriber_id)


def code_on(config: Config, login: Login, now: datetime) -> Letter:
    """A code from an application is asked for at login from now on."""
    return Letter("code_on", login.email, _moment(config, now), subscriber_id=login.subscriber_id)


def code_off(config: Config, login: Login, now: datetime, *, by_fund: bool) -> Letter:
    """The password alone opens the login again: an employee or the owner has done that."""
    facts = _moment(config, now) | {"by_fund": by_fund}
    return Letter("code_off", login.email, facts, subscriber_id=login.subscriber_id)


def email_confirm(config: Config, new_email: str, token: str) -> Letter:
    """To the new address: the only one that holds the link. Not yet among the letters of the login,
    whose own list must not tell it from `email_taken`.
    """
    facts = {"link": f"{config.public_url}/settings/email/{quote(token)}", "hours": _HOURS}
    return Letter("email_confirm", new_email, facts)


def email_change_notice(login: Login, new_email: str) -> Letter:
    """To the old address, whatever becomes of the new one."""
    facts = {"new_email": new_email}
    return Letter("email_change_notice", login.email, facts, subscriber_id=login.subscriber_id)


def email_taken(email: str) -> Letter:
    """To the owner of an address that another login wanted; of whose, nothing is said."""
    return Letter("email_taken", email, {})


def login_deleted(config: Config, login: Login, now: datetime) -> Letter:
    """The last one; it belongs to no login any more."""
    return Letter("login_deleted", login.email, _moment(config, now))


def _moment(config: Config, now: datetime) -> dict[str, object]:
    """The day and the time in the fund's zone."""
    local = now.astimezone(config.timezone)
    return {"day": local.date(), "time": f"{local:%H:%M}"}
