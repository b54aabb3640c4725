"""An editor's button becomes a saved article."""

from aiohttp import web

from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK
from lkcap.news import queries
from lkcap.news.forms import ArticleForm
from lkcap.news.model import Draft
from lkcap.news.queries import Wording
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of

UNKNOWN_READERS = "Нет такого города или дома. Пишите, как в адресе: «г. Северореченск»"
MANY_HOUSES = "Под этот адрес подходит несколько домов, напишите его целиком"
SAVED_BY_ANOTHER = "Статью уже изменил кто-то другой: откройте её заново, ваш текст ниже"

NEW = Draft(0, "", "", None, False, "", "", 0)


async def wording(request: web.Request, form: ArticleForm, *, publishes: bool) -> Wording | None:
    """What is to be saved; None, with errors in the form, where something is not understood."""
    clock = request.app[CLOCK]
    published_at = form.moment(clock.zone, clock.now()) if publishes else None
    readers = await _readers(request, form)
    if readers is None or (publishes and published_at is None):
        return None
    town, house_id = readers
    title, body = (form.title.data or "").strip(), (form.body.data or "").strip()
    return Wording(title, body, published_at, bool(form.is_pinned.data), town, house_id)


async def _readers(request: web.Request, form: ArticleForm) -> tuple[str, int | None] | None:
    """(town, house): a town is how addresses begin; both empty stand for everyone."""
    said = " ".join((form.readers.data or "").split())
    if not said:
        return "", None
    async with connection(request.app) as conn:
        if await queries.is_town(conn, said + ","):
            return said, None
        houses = await queries.list_houses(conn, said)
    if len(houses) == 1:
        return "", houses[0].house_id
    form.refuse("readers", MANY_HOUSES if houses else UNKNOWN_READERS)
    return None


async def save(request: web.Request, draft: Draft, form: ArticleForm, said: Wording) -> int | None:
    """The article's number; None, with an error in the form, where another editor was quicker."""
    staff_id, now = worker_of(request).staff_id, request.app[CLOCK].now()
    action = "опубликовал новость" if said.published_at else "сохранил черновик новости"
    async with transaction(request.app) as conn:
        article_id = draft.article_id
        if draft is NEW:
            article_id = await queries.add(conn, said, staff_id, now)
        elif not await queries.save(conn, draft, _version(form), said, staff_id, now):
            form.refuse("title", SAVED_BY_ANOTHER)
            return None
        await note(request, conn, action, Subject("новость", str(article_id)), said.title)
    return article_id


def _version(form: ArticleForm) -> int:
    """A number that no article has, where the hidden field was tampered with."""
    text = form.version.data or ""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


async def delete(request: web.Request, draft: Draft) -> None:
    async with transaction(request.app) as conn:
        await queries.delete(conn, draft.article_id)
        subject = Subject("новость", str(draft.article_id))
        await note(request, conn, "удалил новость", subject, draft.title)
