"""What the desk reads: the queue, one application, its history."""

from aiohttp import web

from lkcap.kit.db import DATABASE
from lkcap.registration import queue
from lkcap.registration.decision import approve, refuse, take
from lkcap.registration.model import State
from lkcap.registration.queue import Filter
from tests.conftest import TODAY
from tests.registration.conftest import EMAIL, NUMBER, Applicant

Staff = tuple[int, int]


async def listed(app: web.Application, wish: Filter, page: int = 1) -> list[queue.Row]:
    async with app[DATABASE].connection() as conn:
        return list(await queue.list_waiting(conn, wish, page))


async def test_the_longest_waiting_stands_first(app: web.Application, applicant: Applicant):
    await applicant.sent(document_number="unconfirmed")
    first = await applicant.confirmed(middle_name="Ивановна")
    second = await applicant.confirmed(account="86000000033", email="b@example.com")
    rows = await listed(app, Filter())
    assert [one.application_id for one in rows] == [first, second]
    assert (rows[0].name, rows[0].differing, rows[0].total) == (
        "Примерова Анна Ивановна", ["middle_name"], 2
    )  # fmt: skip
    assert (rows[0].agree, rows[0].unknown) == (7, 0)
    async with app[DATABASE].connection() as conn:
        assert await queue.count_waiting(conn) == 2


async def test_the_queue_is_looked_through_by_filters(
    app: web.Application, applicant: Applicant, employees: Staff
):
    one = await applicant.confirmed()
    two = await applicant.confirmed(account="86000000033", email="b@example.com")
    three = await applicant.confirmed(email="c@example.com")
    await take(app, two, employees[0])
    await refuse(app, three, employees[1], "нет")
    filters = {
        Filter((State.WAITING,)): [one],
        Filter((State.TAKEN,)): [two],
        Filter(taken_by=employees[0]): [two],
        Filter(taken_by=employees[1]): [],
        Filter((State.REFUSED,)): [three],
        Filter(number="8600 0000 033"): [two],
        Filter(tuple(State)): [one, two, three],
    }
    for wish, expected in filters.items():
        assert [row.application_id for row in await listed(app, wish)] == expected, wish


async def test_the_latest_decision_stands_first(
    app: web.Application, applicant: Applicant, employees: Staff
):
    made = [await applicant.confirmed(email=f"{name}@example.com") for name in "abc"]
    for application_id in (made[1], made[0], made[2]):
        await refuse(app, application_id, employees[0], "нет")
    decided = await listed(app, Filter((State.REFUSED,)))
    assert [one.application_id for one in decided] == [made[2], made[0], made[1]]


async def test_the_queue_has_pages(app: web.Application, applicant: Applicant, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    made = [await applicant.confirmed(document_number=str(number)) for number in range(3)]
    pages = [await listed(app, Filter(), page) for page in (1, 2, 3)]
    assert [[row.application_id for row in page] for page in pages] == [made[:2], made[2:], []]
    assert pages[1][0].total == 3


async def test_one_application_stands_beside_its_account(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed(account="5500123", last_name="Примирова")
    await take(app, application_id, employees[0])
    async with app[DATABASE].connection() as conn:
        one = await queue.get_application(conn, application_id, TODAY)
        findings = await queue.list_findings(conn, application_id)
        events = await queue.list_events(conn, application_id)
    assert (one.last_name, one.our_last_name, one.our_number) == ("Примирова", "Примерова", NUMBER)
    assert (one.our_premises, one.taken_by_name) == ("27", "Первый П. П.")
    assert [found.what for found in findings if found.verdict != "agree"] == ["last_name"]
    assert [(event.what, event.staff_name) for event in events] == [
        ("made", None), ("confirmed", None), ("taken", "Первый П. П.")
    ]  # fmt: skip


async def test_an_application_without_an_account_is_shown_too(
    app: web.Application, applicant: Applicant
):
    application_id = await applicant.confirmed(account="99999999999")
    async with app[DATABASE].connection() as conn:
        one = await queue.get_application(conn, application_id, TODAY)
    assert (one.account, one.account_id, one.our_house) == ("99999999999", None, None)


async def test_what_else_is_known_stands_below(
    app: web.Application, applicant: Applicant, employees: Staff
):
    before = await applicant.confirmed()
    await refuse(app, before, employees[0], "не тот документ")
    other = await applicant.confirmed(account="86000000033")
    await approve(app, other, employees[0])
    application_id = await applicant.confirmed(document_number="2")
    async with app[DATABASE].connection() as conn:
        earlier = await queue.list_earlier(conn, application_id)
        access = await queue.list_access(conn, application_id, TODAY)
    assert [(one.application_id, one.state, one.reason) for one in earlier] == [
        (other, "approved", None), (before, "refused", "не тот документ")
    ]  # fmt: skip
    assert [(one.email, one.number, one.holds) for one in access] == [(EMAIL, "86000000033", True)]
