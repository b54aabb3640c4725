"""«Почему столько?», «Что будет, если…», and several accounts paid one after another."""

from aiohttp import web

from lkcap.accounts import plan_words, why_words
from lkcap.accounts.forms import PlanForm
from lkcap.accounts.plan import plan
from lkcap.accounts.planning import get_planning
from lkcap.accounts.queries import list_waiting
from lkcap.accounts.turns import turns
from lkcap.accounts.why import Question, answer
from lkcap.auth.model import reader_of
from lkcap.auth.payers import refused
from lkcap.kit.db import connection
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.statement.model import Kind
from lkcap.statement.pickers import month_options


async def why(request: web.Request) -> web.Response:
    account, config = reader_of(request).current, request.app[CONFIG]
    open_month = config.clock.open_month()
    question = Question.parse(request.query, open_month)
    async with connection(request.app) as conn:
        found = await answer(conn, account, question, config)
    context = {
        "answer": found,
        "kinds": list(Kind),
        "open_month": open_month,
        "month_options": month_options,
        "words": why_words,
    }
    return await render("accounts/why.html", request, context)


async def what_if(request: web.Request) -> web.Response:
    """Asked without a sum, it only asks for one."""
    account, config = reader_of(request).current, request.app[CONFIG]
    is_asked = "monthly" in request.query
    form = PlanForm(request.query)
    monthly = form.amount() if is_asked else None
    async with connection(request.app) as conn:
        planning = await get_planning(conn, account, config)
    context = {
        "form": form,
        "facts": planning.standing.facts,
        "outset": planning.outset,
        "plan": None if monthly is None else plan(planning.outset, monthly),
        "words": plan_words,
    }
    status = 422 if form.summary else 200
    return await render("accounts/plan.html", request, context, status=status)


async def pay_all(request: web.Request) -> web.Response:
    accounts = [one for one in reader_of(request).accounts if one.may_pay]
    if not accounts:
        return await refused(request)
    async with connection(request.app) as conn:
        waiting = await list_waiting(conn, accounts)
    found = turns(accounts, waiting)
    context = {
        "turns": found,
        "next": next((one for one in found if one.is_next), None),
        "principal": sum(max(0, one.principal) for one in accounts),
        "penalty": sum(max(0, one.penalty) for one in accounts),
        "total": sum(one.due for one in accounts),
        "has_fee": request.app[CONFIG].fee.percent is not None,
    }
    return await render("accounts/pay_all.html", request, context)
