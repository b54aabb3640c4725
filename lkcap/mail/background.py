"""Letters go out while the site runs: what somebody waits for leaves within seconds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial

import structlog
from aiohttp import web

from lkcap.config import Config
from lkcap.kit.db import DATABASE
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.keys import CONFIG
from lkcap.mail.compose import Composer, Preparing
from lkcap.mail.folder import FolderRelay
from lkcap.mail.pace import Paces
from lkcap.mail.relay import Relay, SmtpTerms, folder_of
from lkcap.mail.sender import Sender
from lkcap.mail.smtp import SmtpRelay

EVERY_SECONDS = 2
# While the relay or the database is away: asked less and less often.
AWAY_SECONDS_MAX = 15
# Few: pages come first here. A mailing has `send-mail`.
LANES = 2
# What has been begun when the site is stopped may end.
STOP_SECONDS = 5

SENDER = web.AppKey("lkcap_sender", Sender)

log = structlog.get_logger()


def relays(config: Config) -> Callable[[], Relay]:
    """Makes connections to what SMTP_URL names."""
    terms = SmtpTerms.of(config)
    return partial(SmtpRelay, terms) if terms else partial(FolderRelay, folder_of(config))


def setup(app: web.Application, preparing: Preparing | None = None) -> None:
    """Send for as long as the site runs; `preparing` is the Composer's."""
    config = app[CONFIG]
    composer, paces = Composer(config, preparing), Paces.of(config.mail_per_minute)
    app[SENDER] = Sender(app[DATABASE], composer, relays(config), paces, LANES)
    app.on_shutdown.append(_stop)
    app.cleanup_ctx.append(_context)


async def _stop(app: web.Application) -> None:
    app[SENDER].stop()


async def _context(app: web.Application) -> AsyncIterator[None]:
    watching = asyncio.create_task(_watch(app[SENDER]))
    yield
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(watching), STOP_SECONDS)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def _watch(sender: Sender) -> None:
    pause: float = EVERY_SECONDS
    while not await sender.is_stopped(pause):
        is_away = True
        try:
            is_away = bool((await sender.run()).down)
        except DatabaseUnavailable as error:
            log.error("letters put off", reason=str(error))
        except Exception:
            # what is wrong with one round must not end all of them
            log.exception("letters failed")
        pause = min(pause * 2, AWAY_SECONDS_MAX) if is_away else EVERY_SECONDS
