"""The composition root: the only file that knows every part."""

import os
from collections.abc import AsyncIterator

import aiohttp_session
from aiohttp import web
from aiohttp.typedefs import Middleware
from argon2 import PasswordHasher

from lkcap.accounts.routes import ROUTES as ACCOUNTS
from lkcap.auth.door import door
from lkcap.auth.passwords import PASSWORDS, Passwords, passwords_context
from lkcap.auth.routes import ROUTES as AUTH
from lkcap.banks.base import origins
from lkcap.banks.context import banks_context
from lkcap.banks.gpb.keys import load_keys
from lkcap.banks.gpb.routes import ROUTES as GPB
from lkcap.banks.gpb.views import GPB_KEYS
from lkcap.banks.sngb.routes import ROUTES as SNGB
from lkcap.config import Config
from lkcap.help.front import LATEST, Latest, facts
from lkcap.help.routes import ROUTES as HELP
from lkcap.house.routes import ROUTES as HOUSE
from lkcap.kit import pages, security
from lkcap.kit.compression import compress
from lkcap.kit.db import DATABASE, Database
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import PAUSES, Pauses
from lkcap.kit.middlewares import errors, request_log, vision
from lkcap.kit.returning import returning
from lkcap.kit.wellknown import ROUTES as WELLKNOWN
from lkcap.kit.workers import WORKERS, Workers
from lkcap.mail.background import setup as send_letters
from lkcap.mailing.preparing import preparing
from lkcap.mailing.routes import ROUTES as MAILING
from lkcap.news.routes import ROUTES as NEWS
from lkcap.paper.fonts import prepared
from lkcap.payments.enquiry import enquiry_context
from lkcap.payments.routes import ROUTES as PAYMENTS
from lkcap.profile.routes import ROUTES as PROFILE
from lkcap.receipts.routes import ROUTES as RECEIPTS
from lkcap.reconciliation.routes import ROUTES as RECONCILIATION
from lkcap.references.routes import ROUTES as REFERENCES
from lkcap.registration.desk_routes import ROUTES as APPLICATIONS
from lkcap.registration.routes import ROUTES as REGISTRATION
from lkcap.sharing.routes import ROUTES as SHARING
from lkcap.staff.door import desk_door
from lkcap.staff.routes import ROUTES as STAFF
from lkcap.statement.routes import ROUTES as STATEMENT
from lkcap.subscribers.routes import ROUTES as SUBSCRIBERS

# One line a feature: what it answers.
FEATURES = (
    WELLKNOWN,
    AUTH,
    ACCOUNTS,
    STATEMENT,
    RECEIPTS,
    REFERENCES,
    REGISTRATION,
    PAYMENTS,
    HOUSE,
    HELP,
    NEWS,
    PROFILE,
    SHARING,
    STAFF,
    APPLICATIONS,
    RECONCILIATION,
    SUBSCRIBERS,
    MAILING,
    GPB,
    SNGB,
)

# An article of 20 000 Russian letters, six bytes each as a form writes them, and the rest of it.
FORM_BYTES_MAX = 128 * 1024
# A document is made in milliseconds: whoever waits longer than this waits for a broken one.
DOCUMENT_SECONDS = 5
DOCUMENTS_WAITING_MAX = 64


async def database_context(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[DATABASE].close()


def document_workers() -> Workers:
    """As many as there are processors but one, which is for the pages."""
    processes = max(1, min(4, (os.cpu_count() or 1) - 1))
    return Workers(processes, DOCUMENTS_WAITING_MAX, DOCUMENT_SECONDS, prepared)


async def workers_context(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[WORKERS].close()


def make_app(
    config: Config, hasher: PasswordHasher | None = None, workers: Workers | None = None
) -> web.Application:
    """The site; nothing here reads the environment.

    Tests give a cheaper `hasher`, and `workers` that outlive the site.
    """
    app = web.Application(middlewares=_middlewares(config), client_max_size=FORM_BYTES_MAX)
    app[CONFIG] = config
    app[CLOCK] = config.clock
    app[security.FIXED_HEADERS] = security.fixed_headers(config, origins(config))
    app[DATABASE] = Database(config.database_url.get_secret_value())
    app[PAUSES] = Pauses()
    app[PASSWORDS] = Passwords(hasher or PasswordHasher())
    app[GPB_KEYS] = load_keys(config.gpb.certificates)
    app[WORKERS] = workers or document_workers()
    app[pages.FRONT_FACTS], app[LATEST] = facts, Latest()
    app.cleanup_ctx.extend([database_context, passwords_context, banks_context])
    if workers is None:
        app.cleanup_ctx.append(workers_context)
    app.cleanup_ctx.append(enquiry_context)
    send_letters(app, preparing(app[DATABASE], config, app[WORKERS]))
    app.on_response_prepare.append(security.headers)
    _add_pages(app)
    return app


def _middlewares(config: Config) -> list[Middleware]:
    """Outermost first: the session is saved even when an error becomes a page."""
    return [
        compress,
        request_log,
        aiohttp_session.session_middleware(security.CookieStorage(config)),
        errors,
        vision,
        door,
        desk_door,
        returning,
        security.csrf,
    ]


def _add_pages(app: web.Application) -> None:
    for routes in FEATURES:
        app.add_routes(routes)
    app.router.add_static("/static", pages.STATIC, name="static", append_version=True)
    pages.setup(app)
