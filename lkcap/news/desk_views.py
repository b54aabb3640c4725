"""The editor's pages: the list, the editor with its preview, and the text of «О фонде»."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK
from lkcap.kit.markdown import to_html
from lkcap.kit.pages import render
from lkcap.news import editing, queries
from lkcap.news.editing import NEW
from lkcap.news.forms import ArticleForm, TextForm
from lkcap.news.model import Draft
from lkcap.news.views import article_number, page_number
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

HOME = "/staff/news"
FUND = "fund"
# The buttons under the text.
PREVIEW, DRAFT, PUBLISH = "preview", "draft", "publish"


@for_roles(Role.EDITOR)
async def show_list(request: web.Request) -> web.Response:
    page = page_number(request)
    async with connection(request.app) as conn:
        articles = await queries.list_all(conn, page)
    pages = -(-articles[0].total // queries.EDITORS_PAGE) if articles else 1
    context = {
        "articles": articles,
        "page": page,
        "pages": pages,
        "now": request.app[CLOCK].now(),
    }
    return await render("news/desk_list.html", request, context)


@for_roles(Role.EDITOR)
async def begin(request: web.Request) -> web.Response:
    return await _editor(request, NEW, ArticleForm())


@for_roles(Role.EDITOR)
async def add(request: web.Request) -> web.Response:
    return await _save(request, NEW)


@for_roles(Role.EDITOR)
async def edit(request: web.Request) -> web.Response:
    draft = await _draft(request)
    return await _editor(request, draft, ArticleForm.of(draft, request.app[CLOCK].zone))


@for_roles(Role.EDITOR)
async def save(request: web.Request) -> web.Response:
    return await _save(request, await _draft(request))


@for_roles(Role.EDITOR)
async def delete(request: web.Request) -> NoReturn:
    await editing.delete(request, await _draft(request))
    raise web.HTTPSeeOther(HOME)


async def _draft(request: web.Request) -> Draft:
    async with connection(request.app) as conn:
        return await queries.get_draft(conn, article_number(request))


async def _save(request: web.Request, draft: Draft) -> web.Response:
    form, button = await ArticleForm.read(request), (await request.post()).get("button")
    is_good = form.validate()
    if button == PREVIEW:
        return await _editor(request, draft, form, shows=True)
    said = await editing.wording(request, form, publishes=button == PUBLISH)
    if is_good and said is not None:
        article_id = await editing.save(request, draft, form, said)
        if article_id is not None:
            raise web.HTTPSeeOther(f"{HOME}/{article_id}")
    return await _editor(request, draft, form, status=422)


async def _editor(
    request: web.Request, draft: Draft, form: ArticleForm, *, shows: bool = False, status: int = 200
) -> web.Response:
    context = {
        "draft": draft,
        "form": form,
        "shown": to_html(form.body.data or "") if shows else None,
        "now": request.app[CLOCK].now(),
    }
    return await render("news/desk_edit.html", request, context, status=status)


@for_roles(Role.EDITOR)
async def fund_text(request: web.Request) -> web.Response:
    async with connection(request.app) as conn:
        text = await queries.find_text(conn, FUND)
    form = TextForm(data={"body": text.body if text else ""})
    return await render("news/desk_fund.html", request, {"form": form, "text": text})


@for_roles(Role.EDITOR)
async def save_fund_text(request: web.Request) -> web.Response:
    form = await TextForm.read(request)
    if not form.validate():
        context = {"form": form, "text": None}
        return await render("news/desk_fund.html", request, context, status=422)
    async with transaction(request.app) as conn:
        worker, now = worker_of(request), request.app[CLOCK].now()
        await queries.add_text(conn, FUND, (form.body.data or "").strip(), worker.staff_id, now)
        await note(request, conn, "изменил страницу", Subject("страница", "О фонде"))
    raise web.HTTPSeeOther("/fund")
