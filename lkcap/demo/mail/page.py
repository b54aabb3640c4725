"""The page to read letters at: a list, a letter, its text, its HTML in a frame, its files."""

from email.message import EmailMessage
from pathlib import Path

import jinja2
from aiohttp import web

from lkcap.demo.mail.store import Caught, Store

TEMPLATES = Path(__file__).parent / "templates"
STORE = web.AppKey("lkcap_demo_letters", Store)

OURS = "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'"
# A letter's HTML may show itself and open its links in a window of their own, no more.
THEIRS = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)

_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


async def show_all(request: web.Request) -> web.Response:
    return _render("list.html", letters=request.app[STORE].last())


async def show(request: web.Request) -> web.Response:
    letter = _letter(request)
    message = letter.message
    return _render(
        "letter.html",
        letter=letter,
        message=message,
        text=_body(message, "plain"),
        files=[part.get_filename() for part in message.iter_attachments()],
    )


async def show_html(request: web.Request) -> web.Response:
    html = _body(_letter(request).message, "html")
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return _answer(html, "text/html", THEIRS)


async def show_source(request: web.Request) -> web.Response:
    return _answer(_letter(request).raw.decode("utf-8", "replace"), "text/plain", OURS)


async def show_file(request: web.Request) -> web.Response:
    """An attachment, by its number."""
    files = [*_letter(request).message.iter_attachments()]
    number = int(request.match_info["n"])
    if number >= len(files):
        raise web.HTTPNotFound(text="Такого вложения нет")
    part = files[number]
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return web.Response(body=body, content_type=part.get_content_type(), headers=_headers(OURS))


async def sheet(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(TEMPLATES / "mail.css")


ROUTES = (
    web.get("/", show_all),
    web.get("/mail.css", sheet),
    web.get("/{name}", show),
    web.get("/{name}/html", show_html),
    web.get("/{name}/source", show_source),
    web.get(r"/{name}/{n:\d{1,3}}", show_file),
)


def _letter(request: web.Request) -> Caught:
    letter = request.app[STORE].find(request.match_info["name"])
    if letter is None:
        raise web.HTTPNotFound(text="Такого письма нет")
    return letter


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _render(template: str, **context: object) -> web.Response:
    return _answer(_pages.get_template(template).render(context), "text/html", OURS)


def _answer(text: str, content_type: str, policy: str) -> web.Response:
    return web.Response(text=text, content_type=content_type, headers=_headers(policy))


def _headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
