"""Выписка as a page and as files."""

import asyncio

from aiohttp import web

from lkcap.auth.model import reader_of
from lkcap.kit.db import connection
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.statement import files, queries
from lkcap.statement.cells import amounts, operation_cells
from lkcap.statement.forms import Wish
from lkcap.statement.model import COLUMNS, Kind, Mode, Statement
from lkcap.statement.pickers import range_options
from lkcap.statement.words import lead, operation_note, quick_ranges

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _statement(request: web.Request) -> tuple[Wish, Statement]:
    wish = Wish.parse(request.query, request.app[CLOCK].open_month())
    async with connection(request.app) as conn:
        return wish, await queries.get_statement(conn, reader_of(request).current, wish)


async def show(request: web.Request) -> web.Response:
    wish, statement = await _statement(request)
    open_month = request.app[CLOCK].open_month()
    context = {
        "wish": wish,
        "statement": statement,
        "columns": COLUMNS,
        "kinds": list(Kind),
        "modes": list(Mode),
        "open_month": open_month,
        "months": range_options(statement.since, open_month, wish),
        "lead": lead(statement, open_month),
        "amounts": amounts,
        "operation_cells": operation_cells,
        "operation_note": operation_note,
        "quick": quick_ranges(statement.since, open_month, wish),
    }
    return await render("statement/show.html", request, context)


async def download_csv(request: web.Request) -> web.Response:
    wish, statement = await _statement(request)
    body = await asyncio.to_thread(files.to_csv, statement)
    return _attachment(request, wish, body, CSV, "csv")


async def download_xlsx(request: web.Request) -> web.Response:
    wish, statement = await _statement(request)
    body = await asyncio.to_thread(files.to_xlsx, statement)
    return _attachment(request, wish, body, XLSX, "xlsx")


def _attachment(
    request: web.Request, wish: Wish, body: bytes, content_type: str, suffix: str
) -> web.Response:
    number = reader_of(request).current.number
    name = f"statement-{number}-{wish.first}-{wish.last}-{wish.kind}-{wish.mode}.{suffix}"
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return web.Response(body=body, headers=headers)
