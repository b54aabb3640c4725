"""A page is made with what was typed into its form before: after a login, or on an old page.

No view knows of it: the first form of the page that has such fields takes the answers
(`lkcap/kit/forms.py`), and the frame tells above the page that they are there.
"""

from http import HTTPStatus

from aiohttp import web

from lkcap.kit import answers
from lkcap.kit.answers import LATE, OLD
from lkcap.kit.errors import BadCsrf, OldPage
from lkcap.kit.forms import TYPED, Typed
from lkcap.kit.keys import CONFIG, Handler
from lkcap.kit.persons import PERSON
from lkcap.kit.places import pages_of
from lkcap.kit.security import is_desk, is_public

LOGIN_PAGES = {"/", "/login", "/staff/login"}
KEPT = (
    "Время сеанса вышло. То, что вы ввели, сохранено на час: войдите, "
    "и форма откроется заполненной."
)
WORDS = {
    LATE: "Это то, что вы ввели до входа. Проверьте и отправьте ещё раз.",
    OLD: "Страница устарела. Проверьте и отправьте ещё раз.",
}


@web.middleware
async def returning(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Behind the doors: who is logged in is known, and that the page is open to him."""
    if isinstance(request.match_info.route.resource, web.StaticResource):
        return await handler(request)
    if request.method == "GET":
        return await _open(request, handler)
    try:
        return await handler(request)
    except BadCsrf as error:
        return await _sent_from_old_page(request, error)


async def _open(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Once: what has been shown is dropped, and so is what is another person's."""
    note, person = await answers.noted(request), request.get(PERSON)
    if note is None or person is None or note.page != request.rel_url.raw_path:
        return await handler(request)
    told = await answers.find(request, person, note.token)
    if told is None:
        await answers.note(request, None)
    if not told:
        return await handler(request)
    typed = Typed(told, WORDS[note.why])
    try:
        response = await _with(typed, request, handler)
    except web.HTTPSeeOther as led:
        await _follow(request, note, led)
        raise
    if typed.is_taken:
        await answers.drop(request, note.token)
        await answers.note(request, None)
    return response


async def _with(typed: Typed, request: web.Request, handler: Handler) -> web.StreamResponse:
    mark = TYPED.set(typed)
    try:
        return await handler(request)
    finally:
        TYPED.reset(mark)


async def _follow(request: web.Request, note: answers.Note, led: web.HTTPSeeOther) -> None:
    """The address leads on to the page that has the form: `/settings/email` to `/settings`."""
    path = str(led.location)
    if path.startswith("/") and not path.startswith("//"):
        await answers.note(request, answers.Note(note.token, path, note.until, note.why))


async def _sent_from_old_page(request: web.Request, error: BadCsrf) -> web.StreamResponse:
    """403 still, but nothing is lost of what came from a page of ours."""
    if not _is_own(request):
        raise error
    if is_public(request):
        return await _show_again(request, error)
    # he has logged in anew in another window
    person = request.get(PERSON)
    page = await answers.keep(request, person, OLD) if person else None
    raise OldPage(page) if page else error


async def _show_again(request: web.Request, error: BadCsrf) -> web.StreamResponse:
    """The page of a form that is open to everybody, filled in; nothing is stored."""
    resource = request.match_info.route.resource
    show = pages_of(request.app).get(resource.canonical if resource else "")
    if show is None or not getattr(show, "public", False):
        raise error
    told = await answers.told_in(request)
    try:
        response = await _with(Typed(told, WORDS[OLD], is_old_page=True), request, show)
    except web.HTTPException:
        # it leads elsewhere: there is no form to be shown
        raise error from None
    response.set_status(HTTPStatus.FORBIDDEN)
    return response


def _is_own(request: web.Request) -> bool:
    """Whether the browser says that a page of ours has sent it: another site fills no form here."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    own = {f"{request.scheme}://{request.host}", request.app[CONFIG].public_url}
    return request.headers.get("Origin") in own


async def words_of(request: web.Request) -> str:
    """What the frame tells of answers that are kept or shown; nothing on any other page."""
    typed = TYPED.get()
    if typed is not None and (typed.is_taken or typed.is_old_page):
        return typed.words
    if request.path not in LOGIN_PAGES or PERSON in request:
        return ""
    note = await answers.noted(request)
    is_of_here = note is not None and note.page.startswith("/staff/") == is_desk(request)
    return KEPT if is_of_here else ""
