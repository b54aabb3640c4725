"""Accounts of the login, its data as a file (152-ФЗ), and its end."""

import asyncio
import json

import pytest

from tests.browserless import Answer, Browser
from tests.factory import Books
from tests.profile.conftest import ALICE, BOB, GARAGE, HOME, Letters, account_of, id_of


async def unlink(browser: Browser, account: str, password: str | None = None) -> Answer:
    typed = browser.password if password is None else password
    return await browser.post("/settings/accounts", account=account, password=typed)


async def delete(browser: Browser, password: str | None = None, word: str = "удалить") -> Answer:
    typed = browser.password if password is None else password
    return await browser.post("/settings/delete", password=typed, word=word)


async def test_an_account_is_taken_out_and_its_subscription_ends(alice: Browser, people: Books):
    await alice.post("/settings/receipts", subscribe="yes")
    await alice.page("/settings/accounts")
    answer = await unlink(alice, HOME)
    assert (answer.status, answer.location) == (303, "/settings")
    page = await alice.page("/settings")
    assert "Счёт отвязан." in page.text
    assert HOME not in page.text
    assert people.rows("SELECT count(*) FROM receipt_subscription") == [(0,)]
    assert (await alice.page("/account")).by_id("facts").endswith(GARAGE)


async def test_two_at_once_leave_one(alice: Browser, people: Books):
    token = await alice.token()
    answers = await asyncio.gather(
        *(
            alice.post("/settings/accounts", csrf=token, account=one, password=alice.password)
            for one in (HOME, GARAGE)
        )
    )
    assert sorted(one.status for one in answers) == [303, 422]
    assert people.rows("SELECT count(*) FROM subscriber_account") == [(2,)]


async def test_the_last_one_stays(alice: Browser, bob: Browser, people: Books):
    await unlink(alice, HOME)
    answer = await unlink(alice, GARAGE)
    assert answer.status == 422
    assert "один счёт" in (await bob.page("/settings/accounts")).text
    assert people.rows("SELECT count(*) FROM subscriber_account") == [(2,)]


async def test_an_account_of_the_past_does_not_count_as_another(alice: Browser, people: Books):
    people.rows(
        "UPDATE subscriber_account SET owner_key = 'former' WHERE account_id = %s",
        account_of(people, GARAGE),
    )
    assert (await unlink(alice, HOME)).status == 422
    assert (await alice.get("/account")).status == 200


@pytest.mark.parametrize(
    ("account", "password", "field"),
    [("86000000033", None, "account"), ("", None, "account"), (HOME, "wrong", "password")],
)
async def test_neither_another_s_nor_without_the_password(
    alice: Browser, people: Books, account: str, password: str | None, field: str
):
    answer = await unlink(alice, account, password)
    assert answer.status == 422
    answer.page.check()
    assert answer.page.by_id(f"{field}-error")
    assert people.rows("SELECT count(*) FROM subscriber_account") == [(3,)]


async def test_the_file_holds_what_is_held_and_nothing_of_the_books(alice: Browser, people: Books):
    people.entry("2026-10", amount="777,77").load()
    await alice.post("/settings/receipts", subscribe="yes")
    await alice.post("/settings/email", password=alice.password, email="new@example.com")
    answer = await alice.get("/settings/data.json")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="data.json"'
    held = json.loads(answer.body)
    assert held["login"]["email"] == ALICE
    assert [one["number"] for one in held["accounts"]] == [HOME, GARAGE]
    assert len(held["sessions"]) == len(held["logins"]) == 1
    assert [one["name"] for one in held["letters"]] == ["email_change_notice"]
    assert "T" in held["login"]["created_at"]
    for secret in ("777", "argon2", BOB, "handle"):
        assert secret not in answer.body.decode()


APPLICATION = """
    INSERT INTO application (
        made_at, state, applicant, standing, address, account, number_key, email, last_name, phone,
        document_type, document_number, document_date, answers_hash, consent_at, consent_version,
        token_hash, token_until, confirmed_at)
    SELECT now(), 'waiting', 'person', 'owner', 'ул. Кедровая', '86000000017', '86000000017',
           email, 'Заявителева', '+7 900', 'extract', '77-1', now(), sha256(email::bytea),
           now(), now(), sha256(email::bytea), now(), now()
      FROM (SELECT %s AS email) told
"""


def apply(books: Books, email: str) -> None:
    """An application that waits for an employee, its address confirmed."""
    books.rows(APPLICATION, email)


async def test_applications_are_in_the_file_one_s_own_alone(alice: Browser, people: Books):
    apply(people, ALICE.upper())
    apply(people, BOB)
    held = json.loads((await alice.get("/settings/data.json")).body)
    assert [one["email"] for one in held["applications"]] == [ALICE.upper()]
    assert held["applications"][0]["last_name"] == "Заявителева"


async def test_a_deleted_login_leaves_nothing_of_the_person(
    alice: Browser, people: Books, letters: Letters
):
    apply(people, ALICE)
    whose = id_of(people, ALICE)
    await alice.post("/settings/receipts", subscribe="yes")
    await alice.post("/settings/reminders", kind="overdue")
    await alice.post("/settings/email", password=alice.password, email="new@example.com")
    await alice.page("/settings/delete")
    answer = await delete(alice)
    assert (answer.status, answer.location) == (303, "/")
    for table in (
        "login_session", "subscriber_account", "receipt_subscription", "reminder", "email_change",
        "login_event", "recovery_code", "totp_enrolment", "one_time_password",
    ):  # fmt: skip
        found = people.rows(f"SELECT count(*) FROM {table} WHERE subscriber_id = %s", whose)
        assert found == [(0,)], table
    ((email, password_hash),) = people.rows(
        "SELECT email, password_hash FROM subscriber WHERE subscriber_id = %s", whose
    )
    assert (email, password_hash) == (f"deleted:{whose}", None)
    assert people.rows("SELECT count(*) FROM application WHERE email IS NOT NULL") == [(0,)]
    assert people.rows("SELECT what FROM application_event") == [("wiped",)]
    assert [name for name, to, _ in letters() if to == ALICE] == ["login_deleted"]


async def test_the_books_and_the_payments_stay(alice: Browser, people: Books):
    people.entry("2026-10", op="payment").entry("2026-10").load()
    before = people.rows("SELECT count(*) FROM entry")
    await delete(alice)
    assert people.rows("SELECT count(*) FROM entry") == before
    assert people.rows("SELECT count(*) FROM account") == [(3,)]


async def test_nothing_opens_any_more_and_the_address_is_free(
    alice: Browser, neighbour: Browser, people: Books
):
    await delete(alice)
    assert (await alice.get("/account")).location == "/"
    for login in (ALICE, HOME):
        assert (await neighbour.login(login)).status == 422
    people.subscriber(ALICE, HOME)
    assert (await neighbour.login(ALICE)).location == "/account"


async def test_neighbours_lose_nothing(alice: Browser, bob: Browser, people: Books):
    apply(people, BOB)
    await delete(alice)
    assert (await bob.get("/account")).status == 200
    held = json.loads((await bob.get("/settings/data.json")).body)
    assert len(held["applications"]) == 1


@pytest.mark.parametrize(
    ("password", "word", "field"),
    [("wrong", "удалить", "password"), ("", "удалить", "password"), (None, "да", "word")],
)
async def test_both_the_password_and_the_word_are_needed(
    alice: Browser, people: Books, password: str | None, word: str, field: str
):
    answer = await delete(alice, password, word)
    assert answer.status == 422
    answer.page.check()
    assert [one["id"] for one in answer.page.fields if "aria-invalid" in one] == [field]
    assert id_of(people, ALICE)


async def test_letters_of_no_login_are_his_too_and_go_with_him(alice: Browser, people: Books):
    for name, to in (("confirm_registration", ALICE.upper()), ("email_taken", BOB)):
        people.rows(
            "INSERT INTO letter (message_id, name, recipient, facts) VALUES (%s, %s, %s, 'x')",
            name, name, to,
        )  # fmt: skip
    people.rows("INSERT INTO email_refused (email, answer) VALUES (%s, '550')", ALICE)
    assert "не доходят" in (await alice.page("/settings")).text
    held = json.loads((await alice.get("/settings/data.json")).body)
    assert [one["name"] for one in held["letters"]] == ["confirm_registration"]
    await delete(alice)
    assert people.rows("SELECT name FROM letter WHERE lower(recipient) = %s", ALICE) == [
        ("login_deleted",)
    ]
    assert people.rows("SELECT recipient FROM letter WHERE name = 'email_taken'") == [(BOB,)]
    assert people.rows("SELECT count(*) FROM email_refused") == [(0,)]


async def test_a_letter_that_was_not_sent_yet_is_not_sent(alice: Browser, people: Books):
    await alice.post("/settings/email", password=alice.password, email="new@example.com")
    await delete(alice)
    assert people.rows(
        "SELECT state::text, recipient FROM letter WHERE name = 'email_change_notice'"
    ) == [("refused", "")]
