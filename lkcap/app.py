"""The composition root: the only file that knows every part."""

from collections.abc import AsyncIterator

import aiohttp_session
from aiohttp import web
from argon2 import PasswordHasher

from lkcap.accounts.routes import ROUTES as ACCOUNTS
from lkcap.auth.door import door
from lkcap.auth.passwords import PASSWORDS, Passwords, passwords_context
from lkcap.auth.routes import ROUTES as AUTH
from lkcap.config import Config
from lkcap.house.routes import ROUTES as HOUSE
from lkcap.kit import pages, security
from lkcap.kit.db import DATABASE, Database
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.middlewares import errors, request_log, vision
from lkcap.kit.wellknown import ROUTES as WELLKNOWN
from lkcap.statement.routes import ROUTES as STATEMENT

FORM_BYTES_MAX = 64 * 1024


async def database_context(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[DATABASE].close()


def make_app(config: Config, hasher: PasswordHasher | None = None) -> web.Application:
    """The site. `hasher` may be cheaper in tests; nothing here reads the environment."""
    app = web.Application(
        # outermost first: the session is saved even when an error becomes a page
        middlewares=[
            request_log,
            aiohttp_session.session_middleware(security.CookieStorage(config)),
            errors,
            vision,
            door,
            security.csrf,
        ],
        client_max_size=FORM_BYTES_MAX,
    )
    app[CONFIG] = config
    app[CLOCK] = config.clock
    app[security.FIXED_HEADERS] = security.fixed_headers(config)
    app[DATABASE] = Database(config.database_url.get_secret_value())
    app[PASSWORDS] = Passwords(hasher or PasswordHasher())
    app.cleanup_ctx.extend([database_context, passwords_context])
    app.on_response_prepare.append(security.headers)
    for routes in (WELLKNOWN, AUTH, ACCOUNTS, STATEMENT, HOUSE):
        app.add_routes(routes)
    app.router.add_static("/static", pages.STATIC, name="static", append_version=True)
    pages.setup(app)
    return app
