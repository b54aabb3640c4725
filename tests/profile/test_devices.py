"""Where the login is open: each browser ends alone, or all at once."""

import pytest

from lkcap.profile.agents import named
from lkcap.profile.devices import OUTCOMES
from tests.browserless import Browser, Page, text_of
from tests.factory import Books
from tests.profile.conftest import ALICE

YANDEX = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/129.0.0.0 YaBrowser/24.10.0.0 Safari/537.36"
)
PATH = "/settings/devices"


def handles(page: Page) -> list[str]:
    return [one.get("value") for one in page.all("button[name=session]")]


async def test_a_browser_is_told_by_its_name_and_this_one_is_marked(
    alice: Browser, people: Books, neighbour: Browser
):
    await neighbour.login(ALICE)
    people.rows("UPDATE login_session SET agent = %s, address = '203.0.113.7'", YANDEX)
    rows = (await alice.page(PATH)).table("sessions")[1:]
    assert [row[0] for row in rows] == [
        "Яндекс Браузер, Windows это устройство", "Яндекс Браузер, Windows"
    ]  # fmt: skip
    assert rows[0][1] == "203.0.113.7"
    assert rows[0][3] == "сейчас"


async def test_one_ends_and_the_others_stay(alice: Browser, neighbour: Browser):
    await neighbour.login(ALICE)
    (handle,) = handles(await alice.page(PATH))
    answer = await alice.post("/settings/devices/end", session=handle)
    assert (answer.status, answer.location) == (303, PATH)
    assert (await neighbour.get("/account")).location == "/"
    page = await alice.page(PATH)
    assert "Сеанс завершён." in page.text
    assert handles(page) == []


async def test_another_s_session_does_not_exist(alice: Browser, bob: Browser, people: Books):
    ((handle,),) = people.rows(
        "SELECT left(encode(token_hash, 'hex'), 16) FROM login_session"
        " JOIN subscriber USING (subscriber_id) WHERE email <> %s", ALICE,
    )  # fmt: skip
    for wanted in (handle, "", "nonsense"):
        assert (await alice.post("/settings/devices/end", session=wanted)).status == 404
    assert (await bob.get("/account")).status == 200


async def test_out_everywhere_is_here_too(alice: Browser, bob: Browser, people: Books):
    answer = await alice.post("/settings/devices/end-all")
    assert (answer.status, answer.location) == (303, "/")
    assert (await alice.get("/account")).location == "/"
    assert (await bob.get("/account")).status == 200
    assert people.rows("SELECT count(*) FROM login_session") == [(1,)]


async def test_dead_sessions_are_not_shown(alice: Browser, neighbour: Browser, people: Books):
    await neighbour.login(ALICE)
    assert "на 2 устройствах" in (await alice.page("/settings")).text
    people.rows(
        "UPDATE login_session SET seen_at = now() - interval '13 hours'"
        " WHERE token_hash = (SELECT token_hash FROM login_session"
        "                     ORDER BY created_at DESC LIMIT 1)"
    )
    assert handles(await alice.page(PATH)) == []
    assert "только на этом устройстве" in (await alice.page("/settings")).text


async def test_the_last_attempts_are_told_the_failed_ones_too(alice: Browser, neighbour: Browser):
    await neighbour.login(ALICE, "wrong")
    page = await alice.page(PATH)
    told = [row[1] for row in page.table("logins")[1:]]
    assert told == ["Неверный пароль", "Вход"]
    assert text_of(page.all("#logins .tag")[0]) == "новое"


async def test_every_outcome_has_its_words(people: Books, alice: Browser):
    ((rule,),) = people.rows(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'login_event'::regclass AND contype = 'c'"
    )
    assert {one for one in rule.split("'") if one.replace("_", "").isalpha()} >= set(OUTCOMES)
    for outcome in OUTCOMES:
        assert f"'{outcome}'" in rule
    assert rule.count("::text") - 1 <= len(OUTCOMES) + 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (YANDEX, "Яндекс Браузер, Windows"),
        ("", "неизвестный браузер"),
        ("<script>alert(1)</script>", "неизвестный браузер"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            "Safari, iPhone или iPad",
        ),
    ],
)
def test_an_agent_in_words(agent: str, words: str):
    assert named(agent) == words
