"""«Изменить» the address (manual §3.8.2): both are told, the new one is confirmed."""

import hashlib
from urllib.parse import urlsplit

import pytest

from tests.browserless import Answer, Browser
from tests.factory import Books
from tests.profile.conftest import ALICE, BOB, NEW, Letters


async def ask(browser: Browser, email: str = NEW, password: str | None = None) -> Answer:
    return await browser.post(
        "/settings/email", email=email, password=browser.password if password is None else password
    )


def link_of(letters: Letters) -> str:
    """The path of the last letter with a link."""
    links = [facts["link"] for name, _, facts in letters() if name == "email_confirm"]
    return urlsplit(links[-1]).path


async def test_both_addresses_are_told_and_nothing_changes_yet(
    alice: Browser, letters: Letters, people: Books
):
    answer = await ask(alice)
    assert (answer.status, answer.location) == (303, "/settings")
    told = {name: (to, facts) for name, to, facts in letters()}
    assert told.keys() == {"email_confirm", "email_change_notice"}
    assert told["email_confirm"][0] == NEW
    assert told["email_change_notice"] == (ALICE, {"new_email": NEW})
    assert people.rows("SELECT count(*) FROM subscriber WHERE email = %s", ALICE) == [(1,)]
    page = await alice.page("/settings")
    assert "Письмо отправлено." in page.text
    assert f"Ждёт подтверждения: {NEW}" in page.text


async def test_looking_at_the_link_changes_nothing_and_the_button_does(
    alice: Browser, letters: Letters, people: Books
):
    await ask(alice)
    path = link_of(letters)
    for _ in range(2):
        page = await alice.page(path)
        assert NEW in page.text
    assert people.rows("SELECT count(*) FROM subscriber WHERE email = %s", ALICE) == [(1,)]
    answer = await alice.post(path)
    assert (answer.status, answer.location) == (303, "/settings")
    page = await alice.page("/settings")
    assert "Адрес сменён." in page.text
    assert "Ждёт подтверждения" not in page.text
    assert NEW in page.text


async def test_the_new_address_opens_the_door_and_the_old_one_does_not(
    alice: Browser, neighbour: Browser, letters: Letters
):
    await ask(alice)
    await alice.post(link_of(letters))
    assert (await neighbour.login(ALICE)).status == 422
    assert (await neighbour.login(NEW)).location == "/account"


async def test_the_link_comes_back_after_login(
    alice: Browser, neighbour: Browser, letters: Letters
):
    await ask(alice)
    path = link_of(letters)
    assert (await neighbour.get(path)).location == "/"
    assert (await neighbour.login(ALICE)).location == path


async def test_the_link_works_once(alice: Browser, letters: Letters):
    await ask(alice)
    path = link_of(letters)
    await alice.post(path)
    assert (await alice.post(path)).status == 404
    assert "не действует" in (await alice.page(path, status=404)).h1


async def test_a_link_of_another_looks_like_one_that_never_was(
    alice: Browser, bob: Browser, letters: Letters
):
    await ask(alice)
    path = link_of(letters)
    seen = await bob.page(path, status=404)
    never = await bob.page("/settings/email/never-was", status=404)
    assert seen.text == never.text
    assert NEW not in seen.html
    assert (await bob.post(path)).status == 404
    assert (await alice.page(path)).h1 == "Подтвердите новый адрес"


async def test_a_link_lives_for_a_day(alice: Browser, letters: Letters, people: Books):
    await ask(alice)
    (left,) = people.rows("SELECT expires_at - now() FROM email_change")[0]
    assert 23 * 3600 < left.total_seconds() <= 24 * 3600
    people.rows("UPDATE email_change SET expires_at = now()")
    assert (await alice.get(link_of(letters))).status == 404
    assert (await alice.post(link_of(letters))).status == 404


async def test_the_next_address_takes_the_place_of_the_first(alice: Browser, letters: Letters):
    await ask(alice)
    first = link_of(letters)
    await ask(alice, "other@example.com")
    assert (await alice.get(first)).status == 404
    assert "other@example.com" in (await alice.page(link_of(letters))).text


async def test_the_database_holds_the_hash_of_the_token_alone(
    alice: Browser, letters: Letters, people: Books
):
    await ask(alice)
    token = link_of(letters).rpartition("/")[2]
    ((kept,),) = people.rows("SELECT token_hash FROM email_change")
    assert bytes(kept) == hashlib.sha256(token.encode()).digest()
    # 32 random bytes in letters of a URL
    assert len(token) == 43


@pytest.mark.parametrize("taken", [BOB, BOB.upper()])
async def test_a_taken_address_is_not_given_away(alice: Browser, letters: Letters, taken: str):
    free = await ask(alice, "free@example.com")
    free_page = await alice.page("/settings")
    before = len(letters())
    answer = await ask(alice, taken)
    assert (answer.status, answer.location) == (free.status, free.location)
    page = await alice.page("/settings")
    shown = page.text.replace(taken.partition("@")[0], "free")
    assert shown == free_page.text
    told = [(name, to.lower()) for name, to, _ in letters()[before:]]
    assert told == [("email_change_notice", ALICE), ("email_taken", BOB)]


async def test_the_owner_of_a_taken_address_learns_nothing_of_the_other(
    alice: Browser, letters: Letters
):
    await ask(alice, BOB)
    ((_, to, facts),) = [one for one in letters() if one[0] == "email_taken"]
    assert (to, facts) == (BOB, {})


async def test_one_s_own_data_do_not_tell_a_taken_address_from_a_free_one(alice: Browser):
    await ask(alice, "free@example.com")
    free = (await alice.get("/settings/data.json")).body.decode()
    await ask(alice, BOB)
    taken = (await alice.get("/settings/data.json")).body.decode()
    assert [name for name in ("email_taken", "email_confirm") if name in free + taken] == []


async def test_an_address_taken_meanwhile_is_not_taken_twice(
    alice: Browser, letters: Letters, people: Books
):
    await ask(alice)
    people.rows("UPDATE subscriber SET email = %s WHERE email = %s", NEW.upper(), BOB)
    assert (await alice.post(link_of(letters))).status == 404
    assert people.rows("SELECT count(*) FROM subscriber WHERE email = %s", ALICE) == [(1,)]


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("", None, "email"),
        ("anna", None, "email"),
        ("anna@", None, "email"),
        ("анна@пример.рф", None, "email"),
        ("a@example.com\r\nBcc: b@example.com", None, "email"),
        (ALICE, None, "email"),
        (ALICE.upper(), None, "email"),
        (NEW, "", "password"),
        (NEW, "wrong", "password"),
    ],
)
async def test_a_mistake_comes_back_next_to_its_field(
    alice: Browser, letters: Letters, email: str, password: str | None, field: str
):
    answer = await ask(alice, email, password)
    assert answer.status == 422
    answer.page.check()
    assert [one["id"] for one in answer.page.fields if "aria-invalid" in one] == [field]
    assert letters() == []


async def test_what_was_typed_stays_and_the_password_does_not(alice: Browser):
    page = (await ask(alice, NEW, "wrong")).page
    values = {one["id"]: one.get("value") for one in page.fields}
    assert (values["email"], values["password"]) == (NEW, None)


async def test_letters_to_strangers_are_counted(alice: Browser):
    statuses = [(await ask(alice, f"stranger-{one}@example.com")).status for one in range(6)]
    assert statuses == [303] * 5 + [429]
