"""«Сменить пароль» (manual §3.8.1)."""

import pytest

from tests.browserless import Answer, Browser
from tests.factory import Books
from tests.profile.conftest import ALICE, BOB, GOOD_PASSWORD, HOME, Letters


async def change(browser: Browser, new: str = GOOD_PASSWORD, **said: str) -> Answer:
    fields = {"current": browser.password, "new": new, "repeat": new} | said
    return await browser.post("/settings/password", **fields)


async def test_the_new_password_opens_and_the_old_one_does_not(alice: Browser, neighbour: Browser):
    answer = await change(alice)
    assert (answer.status, answer.location) == (303, "/settings")
    page = await alice.page("/settings")
    assert "Пароль сменён." in page.text
    assert (await neighbour.login(ALICE)).status == 422
    assert (await neighbour.login(ALICE, GOOD_PASSWORD)).location == "/account"


async def test_what_was_done_is_told_once(alice: Browser):
    await change(alice)
    assert "Пароль сменён." in (await alice.page("/settings")).text
    assert "Пароль сменён." not in (await alice.page("/settings")).text


async def test_all_other_sessions_end_and_this_one_stays(alice: Browser, neighbour: Browser):
    await neighbour.login(ALICE)
    assert (await neighbour.get("/account")).status == 200
    await change(alice)
    assert (await neighbour.get("/account")).location == "/"
    assert (await alice.get("/account")).status == 200


async def test_another_s_sessions_stay(alice: Browser, bob: Browser):
    await change(alice)
    assert (await bob.get("/account")).status == 200


async def test_the_owner_is_told_by_letter(alice: Browser, letters: Letters):
    await change(alice)
    ((name, to, facts),) = letters()
    assert (name, to) == ("password_changed", ALICE)
    assert facts.keys() == {"day", "time"}


async def test_a_one_time_password_that_was_mailed_is_dead(alice: Browser, people: Books):
    people.rows(
        "INSERT INTO one_time_password (subscriber_id, password_hash, made_at, expires_at)"
        " SELECT subscriber_id, 'x', now(), now() + interval '1 day' FROM subscriber"
    )
    await change(alice)
    assert people.rows(
        "SELECT email FROM one_time_password JOIN subscriber USING (subscriber_id)"
    ) == [(BOB,)]


async def test_a_link_to_a_new_address_dies_with_the_password(alice: Browser, letters: Letters):
    await alice.post("/settings/email", password=alice.password, email="thief@example.com")
    link = next(facts["link"] for name, _, facts in letters() if name == "email_confirm")
    await change(alice)
    await alice.page("/" + link.split("/", 3)[3], status=404)


@pytest.mark.parametrize(
    ("said", "field", "mistake"),
    [
        ({"current": "wrong"}, "current", "Пароль не подходит"),
        ({"current": ""}, "current", "Введите нынешний пароль"),
        ({"repeat": "другое"}, "repeat", "Пароли не совпадают"),
        ({"repeat": ""}, "repeat", "ещё раз"),
        ({"new": "1234567", "repeat": "1234567"}, "new", "короче 8"),
        ({"new": "пароль123", "repeat": "пароль123"}, "new", ""),
        ({"new": ALICE, "repeat": ALICE}, "new", "адресом вашей почты"),
        ({"new": HOME, "repeat": HOME}, "new", "номером счёта"),
    ],
)
async def test_a_mistake_comes_back_next_to_its_field(
    alice: Browser, letters: Letters, said: dict[str, str], field: str, mistake: str
):
    answer = await change(alice, **said)
    assert answer.status == 422
    answer.page.check()
    assert answer.page.title.startswith("Ошибка: ")
    assert mistake in answer.page.by_id(f"{field}-error")
    assert [one["id"] for one in answer.page.fields if "aria-invalid" in one] == [field]
    assert not [one for one in answer.page.fields if one.get("value") == GOOD_PASSWORD]
    assert letters() == []


async def test_whoever_sits_at_an_open_browser_cannot_guess_for_long(alice: Browser):
    statuses = [(await change(alice, current=f"guess-{one}")).status for one in range(11)]
    assert statuses == [422] * 10 + [429]
    assert (await change(alice)).status == 429


async def test_right_ones_are_not_counted(alice: Browser):
    for _ in range(12):
        answer = await change(alice, new="short", repeat="short")
        assert answer.status == 422


async def test_an_anonymous_reader_is_sent_away(people: Books, browser: Browser):
    answer = await change(browser)
    assert (answer.status, answer.location) == (303, "/")


async def test_without_the_token_nothing_changes(alice: Browser, neighbour: Browser):
    assert (await change(alice, csrf="wrong")).status == 403
    assert (await neighbour.login(ALICE)).status == 303
