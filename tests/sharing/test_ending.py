"""It ends by itself with the owner's link, at the same moment and without a job; and is cleared."""

from datetime import UTC, datetime, timedelta

import pytest

from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.sharing.keeping import expire
from tests.browserless import Browser
from tests.conftest import PASSWORD, TODAY
from tests.factory import Books
from tests.sharing.conftest import (
    ALICE,
    GARAGE,
    GOOD_PASSWORD,
    HOME,
    MARIA,
    Family,
    Letters,
    join,
)
from tests.staff.desk import Desk, send


async def is_out(browser: Browser) -> bool:
    """Whether an open session has nothing to look at any more."""
    return (await browser.get("/account")).headers.get("Location") == "/"


async def test_with_a_new_owner(maria: Browser, alice: Browser, people: Books):
    assert not await is_out(maria)
    people.account(HOME, last_name="Новосёлова", valid_from="2026-11-01").load()
    assert await is_out(maria)
    assert not (await alice.page("/settings/sharing")).all("#people")
    assert (await alice.post("/settings/sharing/1/revoke")).status == 404


async def test_and_the_new_owner_s_login_does_not_bring_it_back(maria: Browser, people: Books):
    people.account(HOME, last_name="Новосёлова", valid_from="2026-11-01").load()
    people.subscriber("new@example.com", HOME)
    assert await is_out(maria)
    # the former owner is let in anew: what she had given before is over
    people.subscriber(ALICE, HOME)
    assert await is_out(maria)


async def test_when_the_owner_takes_the_account_out(maria: Browser, alice: Browser):
    answer = await alice.post("/settings/accounts", account=HOME, password=PASSWORD)
    assert answer.status == 303
    assert await is_out(maria)


async def test_with_the_owner_s_login(maria: Browser, alice: Browser, people: Books):
    await alice.post("/settings/delete", password=PASSWORD, word="удалить")
    assert await is_out(maria)
    assert people.rows("SELECT count(*) FROM account_share") == [(0,)]


async def test_while_the_owner_is_blocked(maria: Browser, people: Books):
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", ALICE)
    assert await is_out(maria)
    people.rows("UPDATE subscriber SET blocked_at = NULL WHERE email = %s", ALICE)
    assert not await is_out(maria)


async def test_an_invitation_ends_the_same_way(family: Family, neighbour: Browser, people: Books):
    await family.invite()
    token = (await neighbour.page(family.link)).csrf[0]
    people.account(HOME, last_name="Новосёлова", valid_from="2026-11-01").load()
    await neighbour.page(family.link, status=404)
    said = {"new": GOOD_PASSWORD, "repeat": GOOD_PASSWORD, "consent": "yes"}
    assert (await neighbour.post(family.link, csrf=token, **said)).status == 404


async def test_with_the_relative_s_own_login(maria: Browser, alice: Browser, people: Books):
    answer = await maria.post("/settings/delete", password=GOOD_PASSWORD, word="удалить")
    assert answer.location == "/"
    assert people.rows("SELECT count(*) FROM account_share") == [(0,)]
    assert (MARIA,) not in people.rows("SELECT email FROM subscriber")
    assert people.rows("SELECT consent_at FROM subscriber WHERE deleted_at IS NOT NULL") == [
        (None,)
    ]


async def test_whose_access_is_over_cannot_log_in(family: Family, maria: Browser):
    await family.revoke()
    assert (await maria.login(MARIA, GOOD_PASSWORD)).status == 422


async def test_and_comes_back_by_a_new_invitation(family: Family, maria: Browser):
    await family.revoke()
    await family.invite()
    page = await maria.page(family.link)
    assert (await maria.post(family.link, csrf=page.csrf[0])).location == "/login"
    assert (await maria.login(MARIA, GOOD_PASSWORD)).location == "/account"


@pytest.fixture
async def desk(neighbour: Browser, config: Config) -> Browser:
    await Desk(config).enter(neighbour, "operator")
    return neighbour


async def card_of(desk: Browser, email: str) -> str:
    page = await desk.page(f"/staff/subscribers?q={email}")
    return next(link for link in page.links if link.startswith("/staff/subscribers/"))


async def test_the_desk_sees_it_and_takes_it_back(
    maria: Browser, desk: Browser, people: Books, letters: Letters
):
    """One browser may be at the desk and in the cabinet: they know nothing of each other."""
    card = await card_of(desk, ALICE)
    rows = (await desk.page(card)).table("shares")
    assert rows[1][:3] == [HOME, f"открыл для {MARIA}", "смотреть"]
    other = (await desk.page(await card_of(desk, MARIA))).table("shares")
    assert other[1][1] == f"ему открыл {ALICE}"
    assert (await send(desk, card, f"{card}/shares/1/revoke")).location == card
    assert (await send(desk, card, f"{card}/shares/1/revoke")).status == 404
    assert await is_out(maria)
    told = "SELECT action, details FROM staff_journal WHERE action = 'отозвал доступ'"
    assert people.rows(told) == [("отозвал доступ", f"{HOME}, {MARIA}")]
    assert letters()[-1][0] == "share_revoked"


async def test_the_desk_unlinks_the_owner(maria: Browser, desk: Browser, people: Books):
    card = await card_of(desk, ALICE)
    ((account,),) = people.rows("SELECT account_id FROM account WHERE number = %s", HOME)
    assert (await send(desk, card, f"{card}/accounts/{account}/unlink")).location == card
    assert await is_out(maria)


def tidy(config: Config, now: datetime) -> list[int]:
    with batch(config.database_url.get_secret_value()) as transaction:
        return list(expire(transaction, now, TODAY).values())


async def test_tidy_drops_what_nobody_accepted_and_forgets_the_address(
    family: Family, config: Config, people: Books
):
    await family.invite()
    assert tidy(config, datetime.now(UTC)) == [0, 0]
    people.rows("UPDATE letter SET state = 'sent', facts = NULL, ended_at = now()")
    assert tidy(config, datetime.now(UTC) + timedelta(days=31)) == [1, 1]
    assert people.rows("SELECT recipient FROM letter") == [("",)]


async def test_tidy_keeps_what_is_in_use_and_drops_what_a_former_owner_gave(
    family: Family, neighbour: Browser, config: Config, people: Books
):
    await family.invite()
    await join(neighbour, family.link)
    await family.invite(email="x@example.com", account=GARAGE)
    assert tidy(config, datetime.now(UTC)) == [0, 0]
    people.account(HOME, last_name="Новосёлова", valid_from="2026-11-01").load()
    assert tidy(config, datetime.now(UTC)) == [1, 0]
    assert people.rows("SELECT email FROM account_share") == [("x@example.com",)]
