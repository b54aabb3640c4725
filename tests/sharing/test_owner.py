"""The owner invites, sees who has come, changes the right and takes it back."""

import pytest

from lkcap.config import Config
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books
from tests.sharing.conftest import (
    ALICE,
    BOB,
    FAR,
    GARAGE,
    HOME,
    MARIA,
    OWNER,
    Family,
    Letters,
    join,
)


async def test_an_invitation_is_a_letter_that_tells_neither_the_number_nor_the_owner_s_words(
    family: Family, letters: Letters
):
    answer = await family.invite()
    assert (answer.status, answer.location) == (303, "/settings/sharing")
    page = await family.alice.page("/settings/sharing")
    assert "Письмо отправлено." in page.text
    assert "дочь Мария m…a@example.com" in page.by_id("waiting")
    ((name, to, facts),) = letters()
    assert (name, to, facts["owner"], facts["tail"]) == ("share_invitation", MARIA, OWNER, "0017")
    assert HOME not in str(facts)
    assert "дочь" not in str(facts)


async def test_the_settings_lead_here(alice: Browser):
    assert "/settings/sharing" in (await alice.page("/settings")).links


async def test_the_database_holds_no_token(family: Family, people: Books):
    await family.invite()
    ((held,),) = people.rows("SELECT token_hash FROM account_share")
    assert family.link.rpartition("/")[2].encode() not in bytes(held)
    assert len(bytes(held)) == 32


async def test_the_answer_is_the_same_whoever_has_a_login(family: Family):
    told = []
    for email in (BOB, "nobody@example.com"):
        answer = await family.invite(email=email)
        page = await family.alice.page("/settings/sharing")
        told.append((answer.status, answer.location, page.by_id("waiting").count("Ссылка")))
    assert told == [(303, "/settings/sharing", 1), (303, "/settings/sharing", 2)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "maria"), ("email", ALICE.upper()), ("called", " "), ("called", "я" * 61),
        ("may", "own"), ("account", FAR), ("account", "86000000099"),
    ],
)  # fmt: skip
async def test_a_mistake_comes_back_with_the_answers_and_writes_nobody(
    alice: Browser, letters: Letters, field: str, value: str
):
    said = {"called": "дочь Мария", "email": MARIA, "may": "pay", "account": HOME} | {field: value}
    answer = await alice.post("/settings/sharing", **said)
    answer.page.check()
    assert answer.status == 422
    assert answer.page.by_id(f"{field}-error")
    kept = {one.get("value") for one in answer.page.fields}
    assert (MARIA in kept) is (field != "email")
    assert letters() == []


async def test_invited_again_the_earlier_link_is_dead(family: Family, neighbour: Browser):
    await family.invite()
    earlier = family.link
    await family.invite(may="pay")
    await neighbour.page(earlier, status=404)
    await neighbour.page(family.link)
    page = await family.alice.page("/settings/sharing")
    assert page.by_id("waiting").count("дочь Мария") == 2  # named once more for a screen reader


async def test_who_has_access_is_not_invited_again(family: Family, maria: Browser):
    answer = await family.invite(may="pay")
    assert answer.status == 422
    assert "уже есть доступ" in answer.page.by_id("email-error")


async def test_no_more_than_five_people_an_account(family: Family, people: Books):
    for name in "abcde":
        assert (await family.invite(email=f"{name}@example.com")).status == 303
    full = await family.invite(email="f@example.com")
    assert full.status == 422
    assert "не больше 5 человек" in full.page.by_id("account-error")
    # another account has places of its own, and so has one whose invitation is late
    assert (await family.invite(email="f@example.com", account=GARAGE)).status == 303
    people.rows("UPDATE account_share SET expires_at = now() WHERE email = 'a@example.com'")
    assert (await family.invite(email="f@example.com")).status == 303


class TestPatience:
    @pytest.fixture
    def config(self, database: str) -> Config:
        return Config(**settings(database, limits={"invite": "2/24h"}))

    async def test_a_day_has_so_many_invitations(self, family: Family, letters: Letters):
        answers = [(await family.invite(email=f"{one}@example.com")).status for one in "abc"]
        assert answers == [303, 303, 429]
        assert len(letters()) == 2


async def test_the_owner_sees_since_when_and_when_last(
    family: Family, maria: Browser, people: Books
):
    await maria.page("/account")
    told = (await family.alice.page("/settings/sharing")).by_id("people")
    assert "Счёт 86000000017: смотреть, с" in told
    assert "Счёт смотрели" in told
    ((visited,),) = people.rows("SELECT visited_at IS NOT NULL FROM account_share")
    assert visited


async def test_the_right_is_changed_at_once(family: Family, maria: Browser):
    assert (await maria.get("/payment")).status == 403
    person = await family.person()
    assert (await family.alice.post(person, may="all")).status == 422
    assert (await family.alice.post(person, may="pay")).location == "/settings/sharing"
    assert (await maria.get("/payment")).status == 200
    page = await family.alice.page(person)
    assert [one["value"] for one in page.fields if "checked" in one] == ["pay"]


async def test_an_open_session_sees_nothing_after_it_is_taken_back(
    family: Family, maria: Browser, letters: Letters
):
    await maria.page("/account")
    assert (await family.revoke()).location == "/settings/sharing"
    assert (await maria.get("/account")).location == "/"
    assert (await maria.get("/receipts")).location == "/"
    name, to, facts = letters()[-1]
    assert (name, to, facts["tail"]) == ("share_revoked", MARIA, "0017")
    assert "Доступ отозван." in (await family.alice.page("/settings/sharing")).text


async def test_a_withdrawn_invitation_opens_nothing_and_is_not_written_of(
    family: Family, neighbour: Browser, letters: Letters
):
    await family.invite()
    await family.revoke()
    await neighbour.page(family.link, status=404)
    assert [name for name, _, _ in letters()] == ["share_invitation"]
    assert (await family.alice.post("/settings/sharing/1/revoke")).status == 404


async def test_what_is_held_of_it_is_in_the_owner_s_file(family: Family, maria: Browser):
    held = (await family.alice.get("/settings/data.json")).body.decode()
    assert MARIA in held
    assert "дочь Мария" in held
    assert "дочь Мария" not in (await maria.get("/settings/data.json")).body.decode()


async def test_a_family_of_two_accounts(family: Family, neighbour: Browser):
    await family.invite()
    await join(neighbour, family.link)
    await family.invite(account=GARAGE, may="pay")
    assert (await neighbour.get(family.link)).location == f"{family.link}/accept"
    await neighbour.post(f"{family.link}/accept")
    page = await neighbour.page("/account")
    assert page.text.count("доступ от собственника") == 3  # the header, and a line for each
