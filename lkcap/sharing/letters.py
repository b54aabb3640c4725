"""The letters about it; their texts are in `templates/letters/`.

None of them repeats what the owner calls somebody to anybody but the owner: his words would go out
under the fund's name.
"""

from datetime import datetime, timedelta
from urllib.parse import quote

from lkcap.config import Config
from lkcap.mail.letter import Letter
from lkcap.sharing.model import INVITATION_LIFE, Given, Invitation, Link, tail
from lkcap.sharing.queries import Invited

_HOURS = INVITATION_LIFE // timedelta(hours=1)


def invitation(config: Config, link: Link, whom: Invited, token: str) -> Letter:
    """It belongs to no login: whether its address has one must not show in the owner's own list."""
    facts = {
        "owner": link.given_by or "",
        "tail": tail(link.number),
        "may_pay": whom.may == "pay",
        "hours": _HOURS,
        "link": f"{config.public_url}/invitation/{quote(token)}",
    }
    return Letter("share_invitation", whom.email, facts)


def accepted(config: Config, found: Invitation, now: datetime) -> Letter:
    """To the owner."""
    local = now.astimezone(config.timezone)
    facts = {
        "called": found.called,
        "account": found.number,
        "may_pay": found.may == "pay",
        "day": local.date(),
        "time": f"{local:%H:%M}",
        "link": f"{config.public_url}/settings/sharing",
    }
    return Letter("share_accepted", found.owner_email, facts, subscriber_id=found.owner_id)


def revoked(given: Given) -> Letter | None:
    """To who had access; whoever has not accepted is not written to again."""
    if given.relative_id is None or given.relative_email is None:
        return None
    facts = {"owner": given.given_by or "", "tail": tail(given.number)}
    return Letter("share_revoked", given.relative_email, facts, subscriber_id=given.relative_id)
