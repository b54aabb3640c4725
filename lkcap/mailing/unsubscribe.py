"""«Отписаться» from a reminder: which one and whose, signed as in letters with receipts."""

from lkcap.config import Config
from lkcap.mailing.model import KINDS
from lkcap.profile import unsubscribe

_PURPOSE = b"lkcap unsubscribe reminder 1"


def link(config: Config, subscriber_id: int, kind: str) -> str:
    """The address that stops reminders of the kind."""
    token = unsubscribe.token(config, subscriber_id, KINDS.index(kind), _PURPOSE)
    return f"{config.public_url}/unsubscribe/reminder/{token}"


def read(config: Config, token: str) -> tuple[int, str] | None:
    """(subscriber_id, kind), or None for a token that no key of ours has signed."""
    found = unsubscribe.read(config, token, _PURPOSE)
    if found is None or found[1] >= len(KINDS):
        return None
    subscriber_id, place = found
    return subscriber_id, KINDS[place]
