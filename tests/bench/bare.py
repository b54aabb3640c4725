"""What the statement page is measured against: the least an aiohttp handler can do for it.

It opens the same encrypted cookie, runs the same query through aiopg, renders the same template:
no session table, no header's accounts, no role, no log, no errors, no CSRF, no headers.
"""

import aiohttp_jinja2
import aiopg
from aiohttp import web
from aiohttp_session import Session

from lkcap.app import make_app
from lkcap.auth.model import Reader, ReaderAccount
from lkcap.config import Config
from lkcap.kit.security import CookieStorage
from lkcap.statement.cells import amounts, operation_cells
from lkcap.statement.forms import Wish
from lkcap.statement.model import COLUMNS, Kind, Mode, Row, build
from lkcap.statement.pickers import range_options
from lkcap.statement.queries import LIST_ROWS
from lkcap.statement.words import lead, operation_note, quick_ranges


def make_bare(config: Config, reader: ReaderAccount) -> web.Application:
    storage, clock = CookieStorage(config), config.clock
    env = make_app(config)[aiohttp_jinja2.APP_KEY]
    frame = {
        "fund": config.fund,
        "reader": Reader(1, (reader,), reader, b""),
        "worker": None,
        "is_desk": False,
        "about_answers": "",
        "vision": False,
        "path": "/statement",
        "vision_url": "/statement?vision=large",
        "today": clock.today(),
    }

    async def show(request: web.Request) -> web.Response:
        session: Session = await storage.load_session(request)
        month = clock.open_month()
        wish = Wish.parse(request.query, month)
        async with request.app["pool"].acquire() as conn, conn.cursor() as cursor:
            await cursor.execute(
                LIST_ROWS.text,
                {
                    "account_id": int(request.query["account"]),
                    "kind": wish.kind,
                    "first": wish.first.first_day,
                    "last": wish.last.first_day,
                    "hidden_before": None,
                },
            )
            rows = [Row(*row) for row in await cursor.fetchall()]
        statement = build(wish.kind, wish.mode, wish.first, wish.last, rows, ())
        context = {
            "csrf": session["csrf"],
            "wish": wish,
            "statement": statement,
            "columns": COLUMNS,
            "kinds": list(Kind),
            "modes": list(Mode),
            "open_month": month,
            "months": range_options(statement.since, month, wish),
            "lead": lead(statement, month),
            "amounts": amounts,
            "operation_cells": operation_cells,
            "operation_note": operation_note,
            "quick": quick_ranges(statement.since, month, wish),
        }
        html = env.get_template("statement/show.html").render(frame | context)
        return web.Response(text=html, content_type="text/html")

    async def pool(app: web.Application):
        url = config.database_url.get_secret_value()
        app["pool"] = await aiopg.create_pool(url, minsize=8, maxsize=8, enable_hstore=False)
        yield
        app["pool"].close()
        await app["pool"].wait_closed()

    app = web.Application()
    app.cleanup_ctx.append(pool)
    app.router.add_get("/statement", show)
    return app
