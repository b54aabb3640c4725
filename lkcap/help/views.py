"""The policy and the guide for everyone, the calendar for a subscriber."""

from typing import Any

from aiohttp import web

from lkcap.accounts.queries import get_facts
from lkcap.auth.model import reader_of
from lkcap.help import guide, sheet
from lkcap.help.calendar import CONTENT_TYPE, calendar
from lkcap.help.model import POLICY_VERSION, banks_of, cookies_of, kept
from lkcap.kit.asking import asked
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import pdf, render
from lkcap.kit.security import public
from lkcap.kit.workers import WORKERS
from lkcap.paper.letterhead import Letterhead

QUESTION_MAX = 100
# Of what is found, so many sections stand there whole; to the rest there are links.
FOUND_WHOLE = 5
# `?part=` of all of them on one page, for printing and for the browser's own search.
WHOLE = "all"


@public
async def privacy(request: web.Request) -> web.Response:
    config = request.app[CONFIG]
    context = {
        "version": POLICY_VERSION,
        "banks": banks_of(config),
        "cookies": cookies_of(config),
        "kept": kept(),
    }
    return await render("help/privacy.html", request, context)


@public
async def show_guide(request: web.Request) -> web.Response:
    """The contents with the first parts, one part, the sections that answer `?q=`, or all of it."""
    question = asked(request, "q", QUESTION_MAX + 1)
    if len(question) > QUESTION_MAX:
        raise SenselessQuery(f"Вопрос длиннее {QUESTION_MAX} знаков. Оставьте два-три слова.")
    shown = guide.pictures(request.app)
    context = {"asked": question, "html_of": lambda one: guide.html_of(one, shown)}
    if question:
        context |= {"found": guide.search(question, shown), "most": FOUND_WHOLE}
        return await render("help/guide_search.html", request, context)
    number = request.query.get("part", "")
    if number in ("", WHOLE):
        context |= {"contents": guide.sections(), "edition": guide.EDITION}
        context["sections"] = guide.sections() if number else guide.beginning()
        return await render("help/guide.html", request, context)
    return await render("help/guide_part.html", request, context | _part(number))


def _part(number: str) -> dict[str, Any]:
    """A part and its neighbours; raises NotFound."""
    found = guide.part(number)
    if not found:
        raise NotFound
    parts = guide.parts()
    place = parts.index(found[0])
    return {
        "sections": found,
        "before": parts[place - 1] if place else None,
        "after": parts[place + 1] if place + 1 < len(parts) else None,
    }


@public
async def guide_pdf(request: web.Request) -> web.Response:
    head = Letterhead.of(request.app[CONFIG])
    return pdf(await request.app[WORKERS].run(sheet.render, head), "guide.pdf")


async def due_calendar(request: web.Request) -> web.Response:
    """Of the current account; a closed one, and one that pays elsewhere, has no due dates."""
    config, clock, account = request.app[CONFIG], request.app[CLOCK], reader_of(request).current
    async with connection(request.app) as conn:
        facts = await get_facts(conn, account.account_id, clock.today())
    if facts.closed_on or facts.fund_method == "special_other":
        raise NotFound
    body = calendar(account.number, config, clock.today(), clock.now())
    return web.Response(
        body=body,
        content_type=CONTENT_TYPE,
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="due.ics"'},
    )
