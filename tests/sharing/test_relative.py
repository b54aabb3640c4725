"""What an account opened to a relative lets him do, and what it does not."""

from pathlib import Path

import pytest

from lkcap.kit.workers import Workers
from tests.browserless import Browser
from tests.factory import Books
from tests.payments.cards import open_shop
from tests.payments.conftest import november
from tests.sharing.conftest import ALICE, GARAGE, HOME, MARIA, Family, join, opened

__all__ = ["november"]  # a fixture

SEEN = ("/account", "/account/why", "/account/plan", "/account/due.ics", "/statement",
        "/statement.csv", "/statement.xlsx", "/receipts", "/receipts/2026-10.pdf",
        "/receipts/2026.pdf", "/reference.pdf", "/payments", "/house", "/settings",
        "/settings/accounts", "/settings/data.json")  # fmt: skip
PAID = ("/payment", "/payment/qr.png", "/payment/all")


@pytest.mark.parametrize("path", SEEN)
async def test_all_that_is_read_of_the_account_is_seen(maria: Browser, path: str):
    assert (await maria.get(path)).status == 200


@pytest.mark.parametrize("path", PAID)
async def test_who_may_look_is_shown_the_way_that_is_open_to_all(maria: Browser, path: str):
    page = await maria.page(path, status=403)
    assert "открыт вам для просмотра" in page.h1
    assert (await maria.post("/pay", account=HOME)).status == 200
    assert (await maria.post("/payment", principal="1", penalty="0")).status == 403


@pytest.mark.parametrize("path", ["/account", "/receipts", "/payments", "/statement", "/house"])
async def test_nothing_offers_to_pay_to_who_may_look(maria: Browser, path: str):
    page = await maria.page(path)
    assert not [link for link in page.links if link.startswith("/payment") and link[8:9] != "s"]


async def test_who_may_pay_pays(payer: Browser):
    for path in PAID:
        assert (await payer.get(path)).status == 200
    assert "/payment" in (await payer.page("/account")).links


async def test_the_header_says_whose_account_it_is(maria: Browser):
    page = await maria.page("/account")
    assert "доступ от собственника: Примерова А. П." in page.text
    assert GARAGE not in page.text


async def test_the_owner_s_own_pages_say_nothing_of_it(family: Family, maria: Browser):
    assert "доступ от собственника" not in (await family.alice.page("/account")).text


async def test_receipts_by_mail_are_the_owner_s(maria: Browser, people: Books):
    assert "почтой получает собственник" in (await maria.page("/settings")).by_id("main")
    answer = await maria.post("/settings/receipts", subscribe="yes")
    assert (answer.status, answer.page.h1) == (403, "Это решает собственник")
    assert people.rows("SELECT count(*) FROM receipt_subscription") == [(0,)]


async def test_he_shares_no_further_and_takes_nothing_back(maria: Browser):
    page = await maria.page("/settings/sharing")
    assert not page.all("#invite, #people")
    answer = await maria.post("/settings/sharing", called="x", email="x@example.com", may="view",
                              account=HOME)  # fmt: skip
    assert answer.status == 422
    for path in ("/settings/sharing/1", "/settings/sharing/1/revoke"):
        assert (await maria.post(path, may="pay")).status == 404


async def test_he_takes_the_owner_s_account_out_of_nothing(maria: Browser, people: Books):
    answer = await maria.post("/settings/accounts", account=HOME, password="x")
    assert answer.status == 422
    assert people.rows("SELECT count(*) FROM subscriber_account") == [(3,)]


async def test_he_may_go_by_himself(family: Family, maria: Browser):
    page = await maria.page(f"/settings/sharing/leave?account={HOME}")
    assert "войти в него потом будет нельзя" in page.text
    assert (await maria.post("/settings/sharing/leave", account=GARAGE)).status == 404
    assert (await maria.post("/settings/sharing/leave", account=HOME)).location == "/"
    assert (await maria.get("/account")).location == "/"
    assert not (await family.alice.page("/settings/sharing")).all("#people")


async def test_who_has_an_account_of_his_own_keeps_it(family: Family, bob: Browser):
    await family.invite(email="bob@example.com")
    await bob.post(f"{family.link}/accept")
    answer = await bob.post("/settings/sharing/leave", account=HOME)
    assert answer.location == "/settings/sharing"
    assert "Вы отказались от доступа." in (await bob.page("/settings/sharing")).text


async def test_a_forgotten_password_is_restored_by_the_account_and_his_own_e_mail(
    maria: Browser, people: Books
):
    await maria.post("/logout")
    await maria.post("/restore", account=HOME, email=MARIA)
    sent = "SELECT recipient FROM letter WHERE name = 'password_restored'"
    assert people.rows(sent) == [(MARIA,)]


@pytest.mark.parametrize(("may", "made"), [("pay", [(MARIA,)]), ("view", [])])
async def test_an_order_bears_his_own_name(
    november: Books, workers: Workers, tmp_path: Path, may: str, made: list[tuple[str]]
):
    november.load()
    november.subscriber(ALICE, HOME)
    opened(november, HOME, ALICE, MARIA, may)
    async with open_shop(november, workers, tmp_path, bank="gpb") as shop:
        await shop.browser.login(MARIA)
        answer = await shop.start()
        assert answer.status == (303 if made else 403)
        whose = "SELECT email FROM payment_order JOIN subscriber USING (subscriber_id)"
        assert november.rows(whose) == made


async def test_the_right_to_pay_of_one_owner_is_enough(
    family: Family, maria: Browser, people: Books
):
    """A flat of two: the other owner lets her pay."""
    people.subscriber("carl@example.com", HOME)
    async with Browser(maria.server, maria.password) as carl:
        await carl.login("carl@example.com")
        said = {"called": "М", "email": MARIA, "may": "pay", "account": HOME}
        assert (await carl.post("/settings/sharing", **said)).status == 303
        await maria.post(f"{family.link}/accept")
        assert (await maria.get("/payment")).status == 200
        page = await maria.page("/settings/sharing")
        assert page.by_id("taken").count(HOME) == 2  # once, and once for a screen reader


async def test_who_becomes_an_owner_needs_no_permission_any_more(
    family: Family, maria: Browser, people: Books
):
    people.subscriber(MARIA, HOME)
    assert "доступ от собственника" not in (await maria.page("/account")).text
    await family.revoke()
    assert (await maria.get("/payment")).status == 200


async def test_two_links_to_one_person_are_told_apart(family: Family, neighbour: Browser):
    await family.invite()
    await join(neighbour, family.link)
    assert (await neighbour.page("/settings/sharing")).by_id("taken").count(HOME) == 2


@pytest.mark.parametrize(("who", "name"), [("alice", HOME), ("maria", "")])
async def test_a_browser_is_not_told_to_keep_the_owner_s_number(
    alice: Browser, maria: Browser, who: str, name: str
):
    """By which nobody but the owner logs in."""
    page = await {"alice": alice, "maria": maria}[who].page("/settings/delete")
    (kept,) = page.all("input[autocomplete=username]")
    assert kept.get("value") == name
