"""The archive of receipts, and receipts as files (manual §3.4.2, point 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from lkcap.auth.model import ReaderAccount, reader_of
from lkcap.kit.db import DATABASE, Connection, connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.month import BadMonth, Month, months
from lkcap.kit.pages import pdf, render
from lkcap.kit.workers import WORKERS
from lkcap.receipts import queries, sheet
from lkcap.receipts.model import Receipt
from lkcap.receipts.service import issue
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind
from lkcap.statement.queries import get_statement


@dataclass(frozen=True, slots=True)
class Paper:
    """A month of the archive: what its receipt asks, kopecks; `version` above 1 has older ones."""

    month: Month
    due: int
    advance: int
    version: int


async def show(request: web.Request) -> web.Response:
    account, clock = reader_of(request).current, request.app[CLOCK]
    last = clock.open_month() + -1
    async with connection(request.app) as conn:
        first = await _first_month(conn, account, last)
        years = list(range(last.year, first.year - 1, -1)) if first else []
        year = _year(request, years)
        papers: list[Paper] = []
        if first and year:
            start, end = max(first, Month(year, 1)), min(last, Month(year, 12))
            papers = await _papers(conn, account, Wish(start, end), request)
    context = {"account": account, "year": year, "years": years, "papers": papers[::-1]}
    return await render("receipts/show.html", request, context)


async def _first_month(conn: Connection, account: ReaderAccount, last: Month) -> Month | None:
    """The first month a receipt may be of, None while no month is closed."""
    statement = await get_statement(conn, account, Wish(last, last))
    return statement.since if statement.since and statement.since <= last else None


def _year(request: web.Request, years: Sequence[int]) -> int | None:
    asked = request.query.get("year", "")
    if not asked:
        return years[0] if years else None
    if not asked.isdecimal() or int(asked) not in years:
        raise SenselessQuery("За этот год квитанций нет.")
    return int(asked)


async def _papers(
    conn: Connection, account: ReaderAccount, wish: Wish, request: web.Request
) -> list[Paper]:
    penalty_wish = Wish(wish.first, wish.last, Kind.PENALTY)
    principal = await get_statement(conn, account, wish)
    penalty = await get_statement(conn, account, penalty_wish)
    today = request.app[CLOCK].today()
    versions = await queries.list_versions(conn, account.account_id, wish.first.year, today)
    return [
        Paper(
            one.month,
            max(0, one.row.closing) + max(0, two.row.closing),
            max(0, -one.row.closing) + max(0, -two.row.closing),
            versions.get(one.month, 1),
        )
        for one, two in zip(principal.months, penalty.months, strict=True)
    ]


async def download(request: web.Request) -> web.Response:
    """One receipt; `?version=` asks for the document as it was before it was replaced."""
    account, month = reader_of(request).current, _closed_month(request)
    asked = request.query.get("version", "")
    if asked.isdecimal() and int(asked) < 2**15:
        today = request.app[CLOCK].today()
        async with connection(request.app) as conn:
            receipt = await queries.get_version(conn, account.account_id, month, int(asked), today)
    else:
        receipt = await _receipt(request, account, month)
    body = await request.app[WORKERS].run(sheet.render, receipt)
    return pdf(body, f"receipt-{receipt.document}.pdf")


async def download_year(request: web.Request) -> web.Response:
    """All receipts of a year as one file with a bookmark a month."""
    account, year = reader_of(request).current, int(request.match_info["year"])
    last = min(request.app[CLOCK].open_month() + -1, _month(f"{year}-12"))
    async with connection(request.app) as conn:
        first = await _first_month(conn, account, last)
    if first is None or not first.year <= year == last.year:
        raise NotFound
    wanted = months(max(first, Month(year, 1)), last)
    receipts = [await _receipt(request, account, month) for month in wanted]
    body = await request.app[WORKERS].run(sheet.render_year, receipts)
    return pdf(body, f"receipts-{account.number}-{year}.pdf")


def _closed_month(request: web.Request) -> Month:
    month = _month(request.match_info["period"])
    if month >= request.app[CLOCK].open_month():
        raise NotFound
    return month


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except BadMonth as error:
        raise NotFound from error


async def _receipt(request: web.Request, account: ReaderAccount, month: Month) -> Receipt:
    """Of a month the reader may see; raises NotFound."""
    if account.visible_from and month < account.visible_from:
        raise NotFound
    app = request.app
    issued = await issue(app[DATABASE], app[CONFIG], [account.account_id], month)
    if account.account_id not in issued:
        raise NotFound
    return issued[account.account_id]
