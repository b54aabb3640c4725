"""The reference as a file for its owner, and its check for whoever holds the paper."""

from aiohttp import web
from markupsafe import Markup

from lkcap.auth.model import reader_of
from lkcap.kit.db import DATABASE, connection
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import count
from lkcap.kit.money import data
from lkcap.kit.pages import pdf, render
from lkcap.kit.security import public
from lkcap.kit.workers import WORKERS
from lkcap.references import queries, sheet, words
from lkcap.references.codes import BadCode, grouped, parse_code
from lkcap.references.forms import VerifyForm
from lkcap.references.model import Reference
from lkcap.references.service import issue
from lkcap.references.signing import keys_text
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind


async def download(request: web.Request) -> web.Response:
    """The reference of the range of the statement's form; its kind and mode are another matter."""
    asked = {name: request.query.get(name, "") for name in ("from", "to")}
    wish = Wish.parse(asked, request.app[CLOCK].open_month())
    account = reader_of(request).current
    reference = await issue(request.app[DATABASE], request.app[CONFIG], account, wish)
    body = await request.app[WORKERS].run(sheet.render, reference)
    return pdf(body, f"reference-{reference.number}.pdf")


@public
async def ask(request: web.Request) -> web.Response:
    return await render("references/ask.html", request, {"form": VerifyForm()})


@public
async def send(request: web.Request) -> web.Response:
    await _count(request)
    form = await VerifyForm.read(request)
    if not form.validate():
        return await render("references/ask.html", request, {"form": form}, status=422)
    raise web.HTTPSeeOther(f"/verify/{grouped(parse_code(form.code.data or ''))}")


@public
async def show(request: web.Request) -> web.Response:
    """In force, withdrawn, or unknown; who tries codes at random is counted."""
    checked = await _checked(request)
    if checked is None:
        await _count(request)
        return await render("references/unknown.html", request, {}, status=404)
    if checked.withdrawn_on is not None:
        return await render("references/withdrawn.html", request, {"checked": checked})
    return await render("references/show.html", request, _told(checked.reference))


async def _checked(request: web.Request) -> queries.Checked | None:
    try:
        code = parse_code(request.match_info["code"])
    except BadCode:
        return None
    async with connection(request.app) as conn:
        return await queries.find_by_code(conn, code)


async def _count(request: web.Request) -> None:
    await count(request, "verify", request.app[CONFIG].limits.verify)


def _told(reference: Reference) -> dict[str, object]:
    """What a stranger may know: no name, no address, no premises."""
    return {
        "number": reference.number,
        "made_on": reference.made_on,
        "account": words.masked(reference.holder.account),
        "period": words.period(reference),
        "result": Markup(words.result(reference, data)),  # noqa: S704 - amounts and our own words
        "elsewhere": words.ELSEWHERE if reference.holder.is_elsewhere else "",
        "columns": words.COLUMNS_SHOWN,
        "kinds": [
            (Kind.PRINCIPAL.label, reference.principal),
            (Kind.PENALTY.label, reference.penalty),
        ],
        "signature": reference.signature,
    }


@public
async def keys(request: web.Request) -> web.Response:
    config = request.app[CONFIG]
    return web.Response(text=keys_text(config.reference_keys, config.fund.name))
