"""Browsers that a subscriber has logged in from: strangers' attempts do not slow them down.

The cookie says for whom and since when, under SECRET_KEYS; it opens nothing. A new password makes
all of them strangers again.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta

from aiohttp import web
from cryptography.fernet import InvalidToken

from lkcap.auth.queries import Candidate
from lkcap.config import Config
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.security import cipher

AGE = timedelta(days=365)
# A family's computer; a cookie has no room for a town's.
SUBSCRIBERS_MAX = 5
# Other cookies are under the same keys: one in the place of this says nothing.
TAG = "known"


def known_subscriber(request: web.Request, candidates: Iterable[Candidate]) -> int | None:
    """The one of those the login may mean who has logged in here before; None for a stranger."""
    seen = _read(request)
    for one in candidates:
        since = seen.get(str(one.subscriber_id))
        changed = one.password_changed_at
        if since is not None and (changed is None or since >= changed.timestamp()):
            return one.subscriber_id
    return None


def remember(request: web.Request, answer: web.StreamResponse, subscriber_id: int) -> None:
    """Mark the browser, after a login and after a new password."""
    config, now = request.app[CONFIG], request.app[CLOCK].now()
    seen = {str(subscriber_id): now.timestamp()} | {
        name: since for name, since in _read(request).items() if name != str(subscriber_id)
    }
    kept = dict(list(seen.items())[:SUBSCRIBERS_MAX])
    answer.set_cookie(
        _name(config),
        cipher(config).encrypt(json.dumps({TAG: kept}).encode()).decode(),
        max_age=int(AGE.total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=config.is_https,
    )


def _name(config: Config) -> str:
    return "__Host-lkcap_device" if config.is_https else "lkcap_device"


def _read(request: web.Request) -> Mapping[str, float]:
    """Subscribers and seconds since the epoch; what is not ours, or too old, is nothing."""
    config = request.app[CONFIG]
    cookie = request.cookies.get(_name(config), "")
    try:
        text = cipher(config).decrypt(cookie.encode(), int(AGE.total_seconds()))
    except InvalidToken:
        return {}
    known: Mapping[str, float] = json.loads(text).get(TAG, {})
    return known
