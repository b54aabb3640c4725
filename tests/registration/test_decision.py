"""What employees do: one of them at a time, each thing once, every step remembered."""

import asyncio

import pytest
from aiohttp import web

from lkcap.kit.errors import NotFound
from lkcap.registration.decision import approve, name_account, refuse, release, take
from lkcap.registration.holding import Conflict
from tests.browserless import Browser
from tests.registration.conftest import EMAIL, NUMBER, Applicant

LINKS = """
    SELECT s.email, a.number, link.owner_key, s.email_confirmed_at IS NOT NULL
      FROM subscriber_account link JOIN subscriber s USING (subscriber_id)
      JOIN account a USING (account_id) ORDER BY 1, 2
"""
OWNER = "person|примерова|анна|петровна"
Staff = tuple[int, int]


def outcomes(applicant: Applicant) -> list[tuple[str, str, dict[str, object]]]:
    return [one for one in applicant.letters if one[0] != "confirm_registration"]


async def test_an_approved_one_opens_the_account(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    await take(app, application_id, employees[0])
    assert await approve(app, application_id, employees[0])
    assert applicant.state(application_id) == "approved"
    assert applicant.books.rows(LINKS) == [(EMAIL, NUMBER, OWNER, True)]
    ((name, to, facts),) = outcomes(applicant)
    assert (name, to) == ("application_approved", EMAIL)
    assert facts["password"]
    assert {one: facts[one] for one in ("login", "link", "hours", "account")} == {
        "login": EMAIL, "link": "http://127.0.0.1/login", "hours": 72, "account": NUMBER
    }  # fmt: skip
    one = employees[0]
    assert applicant.events(application_id) == [
        ("made", None), ("confirmed", None), ("taken", one), ("approved", one)
    ]  # fmt: skip


async def test_the_one_time_password_of_the_letter_opens_the_door(
    app: web.Application, applicant: Applicant, employees: Staff, neighbour: Browser
):
    application_id = await applicant.confirmed()
    await approve(app, application_id, employees[0])
    password = str(outcomes(applicant)[0][2]["password"])
    assert (await neighbour.login(EMAIL, "wrong-password")).status == 422
    assert (await neighbour.login(EMAIL, password)).status == 303


async def test_a_second_account_joins_the_same_login(
    app: web.Application, applicant: Applicant, employees: Staff
):
    applicant.books.subscriber(EMAIL, NUMBER)
    said = {"account": "86000000033", "email": "ANNA@example.com"}
    await approve(app, await applicant.confirmed(**said), employees[0])
    assert [row[:2] for row in applicant.books.rows(LINKS)] == [
        (EMAIL, NUMBER), (EMAIL, "86000000033")
    ]  # fmt: skip
    ((_, _, facts),) = outcomes(applicant)
    # whoever has a password keeps it
    assert facts["password"] == ""
    assert applicant.books.rows("SELECT count(*) FROM one_time_password") == [(0,)]
    assert (await applicant.browser.login(EMAIL)).status == 303


async def test_two_applications_of_a_new_e_mail_make_one_login(
    app: web.Application, applicant: Applicant, employees: Staff
):
    first = await applicant.confirmed()
    second = await applicant.confirmed(account="86000000033")
    one, two = employees
    await asyncio.gather(approve(app, first, one), approve(app, second, two))
    assert [row[:2] for row in applicant.books.rows(LINKS)] == [
        (EMAIL, NUMBER), (EMAIL, "86000000033")
    ]  # fmt: skip
    passwords = [bool(facts["password"]) for _, _, facts in outcomes(applicant)]
    assert sorted(passwords) == [False, True]


async def test_a_button_pressed_many_times_approves_once(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    done = await asyncio.gather(*(approve(app, application_id, employees[0]) for _ in range(5)))
    assert sorted(done) == [False, False, False, False, True]
    assert len(outcomes(applicant)) == 1
    assert [what for what, _ in applicant.events(application_id)].count("approved") == 1


async def test_two_employees_never_handle_one_application(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    taken = await asyncio.gather(
        *(take(app, application_id, one) for one in employees), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in taken) == ["Conflict", "NoneType"]
    loser = employees[0] if taken[0] else employees[1]
    for act in (take, approve):
        with pytest.raises(Conflict, match="другой сотрудник"):
            await act(app, application_id, loser)
    with pytest.raises(Conflict, match="другой сотрудник"):
        await refuse(app, application_id, loser, "причина")
    assert outcomes(applicant) == []


async def test_approving_and_refusing_at_once_leaves_one_decision(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    one, two = employees
    await asyncio.gather(
        approve(app, application_id, one),
        refuse(app, application_id, two, "не тот документ"),
        return_exceptions=True,
    )
    assert len(outcomes(applicant)) == 1
    name = outcomes(applicant)[0][0]
    assert name == f"application_{applicant.state(application_id)}"
    with pytest.raises(Conflict, match="уже есть решение"):
        await take(app, application_id, one)


async def test_one_s_own_may_be_taken_again_and_given_back(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    one, two = employees
    await take(app, application_id, one)
    await take(app, application_id, one)
    await release(app, application_id, two)
    assert applicant.state(application_id) == "taken"
    await release(app, application_id, one)
    await release(app, application_id, one)
    await take(app, application_id, two)
    assert applicant.events(application_id)[2:] == [
        ("taken", one), ("released", one), ("taken", two)
    ]  # fmt: skip


async def test_whoever_fell_silent_holds_nothing(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    one, two = employees
    await take(app, application_id, one)
    applicant.grow_old(minutes=29)
    with pytest.raises(Conflict):
        await take(app, application_id, two)
    applicant.grow_old(minutes=2)
    await take(app, application_id, two)
    assert applicant.events(application_id)[2:] == [
        ("taken", one), ("released", None), ("taken", two)
    ]  # fmt: skip


async def test_a_refusal_goes_out_with_its_reason(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    assert await refuse(app, application_id, employees[0], " Пришлите другой документ ")
    assert not await refuse(app, application_id, employees[1], "ещё раз")
    ((name, to, facts),) = outcomes(applicant)
    assert (name, to) == ("application_refused", EMAIL)
    assert facts == {
        "account": NUMBER, "reason": "Пришлите другой документ", "phone": "8 (000) 100-00-86"
    }  # fmt: skip
    assert applicant.books.rows(LINKS) == []
    with pytest.raises(Conflict, match="уже есть решение"):
        await approve(app, application_id, employees[0])


async def test_what_is_not_confirmed_is_left_alone(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.sent()
    for act in (take, approve):
        with pytest.raises(Conflict, match="не подтвердил"):
            await act(app, application_id, employees[0])
    with pytest.raises(NotFound):
        await take(app, application_id + 1, employees[0])


async def test_an_unknown_account_is_named_by_the_employee(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed(account="86000000071")
    with pytest.raises(Conflict, match="назовите лицевой счёт"):
        await approve(app, application_id, employees[0])
    for number, told in (("1", "счёта нет"), ("55", "у нескольких счетов")):
        with pytest.raises(Conflict, match=told):
            await name_account(app, application_id, employees[0], number)
    await name_account(app, application_id, employees[0], "5500123")
    found = applicant.findings(application_id)
    assert {one[0] for one in found.values()} == {"agree"}
    assert await approve(app, application_id, employees[0])
    assert applicant.books.rows(LINKS) == [(EMAIL, NUMBER, OWNER, True)]
    assert ("account_named", employees[0]) in applicant.events(application_id)


async def test_the_link_is_to_the_owner_of_today(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed(last_name="Новосёлова")
    applicant.books.account(valid_from="2026-11-01", last_name="Новосёлова").load()
    await approve(app, application_id, employees[0])
    assert applicant.books.rows(LINKS) == [(EMAIL, NUMBER, "person|новоселова|анна|петровна", True)]


async def test_nothing_is_decided_without_its_letter(
    app: web.Application, applicant: Applicant, employees: Staff
):
    application_id = await applicant.confirmed()
    applicant.books.rows("ALTER TABLE letter RENAME TO gone")
    with pytest.raises(Exception, match="letter"):
        await approve(app, application_id, employees[0])
    assert applicant.state(application_id) == "waiting"
    assert applicant.books.rows(LINKS) == []
