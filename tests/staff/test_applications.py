"""The desk handles applications: a queue, one screen, a decision, never two employees at once."""

import asyncio

import pytest

from tests.browserless import Browser
from tests.factory import Books
from tests.staff.applications import MAIL, apply
from tests.staff.desk import Desk, send


@pytest.fixture
async def operator(browser: Browser, desk: Desk, books: Books) -> Browser:
    books.house().account().account("86000000025", premises="28").load()
    await desk.enter(browser, "operator")
    return browser


def page_of(number: int) -> str:
    return f"/staff/applications/{number}"


async def take(operator: Browser, number: int) -> None:
    answer = await send(operator, page_of(number), f"{page_of(number)}/take")
    assert answer.status == 303, answer.page.text


async def decide(operator: Browser, number: int, **fields: str):
    return await send(operator, page_of(number), page_of(number), **fields)


async def test_the_queue_has_the_longest_waiting_first(operator: Browser, books: Books):
    young, old = apply(books, ago=1), apply(books, "86000000025", ago=5)
    table = (await operator.page("/staff/applications")).table("queue")
    assert [row[0].split()[1] for row in table[1:]] == [str(old), str(young)]
    found = (await operator.page("/staff/applications?account=860000000-25")).table("queue")
    assert [row[0].split()[1] for row in found[1:]] == [str(old)]


async def test_an_empty_queue_says_so(operator: Browser):
    assert "все разобраны" in (await operator.page("/staff/applications")).text


@pytest.mark.parametrize("query", ["view=none", "page=0", "page=x", "page=99999999999"])
async def test_a_senseless_queue_is_refused(operator: Browser, query: str):
    assert (await operator.get(f"/staff/applications?{query}")).status == 422


async def test_one_screen_compares_the_application_with_the_books(operator: Browser, books: Books):
    number = apply(books, last_name="Иванова", address="Северореченск, Кедровая 14, кв. 72")
    await take(operator, number)
    page = await operator.page(page_of(number))
    assert page.h1 == f"Заявка № {number}: не сходятся адрес и фамилия"
    rows = {row[0]: row[1:] for row in page.table("compare")[1:]}
    assert rows["Фамилия"] == ["Иванова", "Примерова", "не сходится"]
    assert [one.text_content() for one in page.all(".differs mark")][-2:] == [
        "Иванова",
        "Примерова",
    ]
    assert rows["Имя"][2] == "сходится"
    assert rows["Телефон"] == ["+7 900 000-00-01", "нет", "не с чем"]


async def test_an_approval_opens_the_account_and_writes_a_letter(operator: Browser, books: Books):
    number = apply(books)
    await take(operator, number)
    answer = await decide(operator, number, decision="approve")
    assert answer.status == 303, answer.page.text
    assert books.rows("SELECT name, recipient FROM letter") == [("application_approved", MAIL)]
    links = books.rows(
        "SELECT email, number FROM subscriber_account JOIN subscriber USING (subscriber_id)"
        " JOIN account USING (account_id)"
    )
    assert links == [(MAIL, "86000000017")]
    assert "Доступ открыт" in (await operator.page(page_of(number))).text


async def test_a_refusal_needs_its_reason_and_writes_a_letter(operator: Browser, books: Books):
    number = apply(books)
    answer = await decide(operator, number, decision="refuse", reason="own", words=" ")
    assert answer.status == 422
    assert "Напишите заявителю, почему отказ" in answer.page.text
    said = {"decision": "refuse", "reason": "document", "words": "Нужна выписка."}
    assert (await decide(operator, number, **said)).status == 303
    assert books.rows("SELECT name FROM letter") == [("application_refused",)]
    assert "Нужна выписка." in (await operator.page(page_of(number))).text


@pytest.mark.parametrize(
    "fields", [{}, {"decision": "maybe"}, {"decision": "refuse", "reason": "x"}]
)
async def test_no_decision_is_no_decision(operator: Browser, books: Books, fields: dict[str, str]):
    number = apply(books)
    assert (await decide(operator, number, **fields)).status == 422
    assert books.rows("SELECT state FROM application") == [("waiting",)]


async def test_two_employees_never_take_one_application(
    operator: Browser, neighbour: Browser, desk: Desk, books: Books
):
    first, second = apply(books, ago=5), apply(books, "86000000025", ago=1)
    await desk.enter(neighbour, "operator", "second")
    answers = await asyncio.gather(
        *(
            send(one, "/staff/applications", "/staff/applications/next")
            for one in (operator, neighbour)
        )
    )
    assert {one.location for one in answers} == {page_of(first), page_of(second)}


async def test_what_another_has_is_shown_and_not_decided(
    operator: Browser, neighbour: Browser, desk: Desk, books: Books
):
    number = apply(books)
    await take(operator, number)
    await desk.enter(neighbour, "operator", "second")
    page = await neighbour.page(page_of(number))
    assert "рассматривает Примеров operator" in page.text
    answer = await neighbour.post(page_of(number), csrf=page.csrf[0], decision="approve")
    assert answer.status == 409
    assert books.rows("SELECT count(*) FROM subscriber") == [(0,)]


async def test_an_application_goes_back_to_the_queue(operator: Browser, books: Books):
    number = apply(books)
    await take(operator, number)
    answer = await send(operator, page_of(number), f"{page_of(number)}/release")
    assert answer.location == "/staff/applications"
    assert books.rows("SELECT state FROM application") == [("waiting",)]


async def test_an_account_is_named_by_the_employee(operator: Browser, books: Books):
    number = apply(books, "12345")
    await take(operator, number)
    path = f"{page_of(number)}/account"
    refused = await send(operator, page_of(number), path, account="999")
    assert (refused.status, "Такого лицевого счёта нет" in refused.page.text) == (422, True)
    assert (await send(operator, page_of(number), path, account="86000000017")).status == 303
    assert (await decide(operator, number, decision="approve")).status == 303


async def test_looks_and_decisions_are_in_the_journal(operator: Browser, books: Books):
    number = apply(books)
    await take(operator, number)
    await decide(operator, number, decision="approve")
    actions = books.rows(
        "SELECT action FROM staff_journal WHERE subject = %s ORDER BY journal_id", str(number)
    )
    assert actions == [("смотрел заявку",)] * 2 + [("открыл доступ по заявке",)]


@pytest.mark.parametrize("role", ["accountant", "editor"])
async def test_other_roles_see_no_applications(
    browser: Browser, desk: Desk, books: Books, role: str
):
    books.house().account().load()
    number = apply(books)
    await desk.enter(browser, role)
    await browser.page("/staff/applications", 403)
    await browser.page(page_of(number), 403)


async def test_an_application_that_is_not_there_is_not_found(operator: Browser):
    await operator.page(page_of(999), 404)
    await operator.page("/staff/applications/x", 404)
