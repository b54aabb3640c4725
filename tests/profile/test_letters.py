"""The letters of settings, made as the relay gets them; and what `tidy` forgets."""

import asyncio
from datetime import date

import pytest

from lkcap.config import Config
from lkcap.mail.compose import Composer
from lkcap.tidy import run as tidy
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books
from tests.profile.conftest import ALICE, Letters
from tests.profile.test_code import switch_on

LINK = "http://127.0.0.1/settings/email/token"
FACTS = {
    "password_changed": {"day": date(2026, 11, 22), "time": "14:05"},
    "code_on": {"day": date(2026, 11, 22), "time": "14:05"},
    "code_off": {"day": date(2026, 11, 22), "time": "14:05", "by_fund": False},
    "login_deleted": {"day": date(2026, 11, 22), "time": "14:05"},
    "email_confirm": {"link": LINK, "hours": 24},
    "email_change_notice": {"new_email": "new@example.com"},
    "email_taken": {},
}


@pytest.fixture
def composer() -> Composer:
    return Composer(Config(**settings("postgresql://nobody@/nowhere")))


@pytest.mark.parametrize("name", FACTS)
def test_it_is_made_of_its_facts_in_both_forms(composer: Composer, name: str):
    texts = composer.texts(name, FACTS[name])
    assert 0 < len(texts.subject) < 60
    for text in (texts.text, texts.html):
        assert "8 (000) 100-00-86" in text
        assert "{{" not in text
    for fact in FACTS[name].values():
        if isinstance(fact, bool):
            continue
        told = "22 ноября 2026 г." if isinstance(fact, date) else str(fact)
        assert told in texts.text.replace("\u00a0", " ")
        assert told in texts.html.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_the_owner_learns_that_the_fund_has_switched_the_code_off(composer: Composer):
    texts = composer.texts("code_off", FACTS["code_off"] | {"by_fund": True})
    for text in (texts.text, texts.html.replace("&nbsp;", " ").replace("\u00a0", " ")):
        assert "сотрудник фонда по вашей просьбе отключил код" in text
        assert "/restore" not in text
        assert "/settings/code" in text
        assert "8 (000) 100-00-86" in text


async def test_every_letter_that_is_queued_can_be_made(
    alice: Browser, composer: Composer, letters: Letters
):
    for email in ("new@example.com", "bob@example.com"):
        await alice.post("/settings/email", password=alice.password, email=email)
    await switch_on(alice)
    await alice.post("/settings/code/off", password=alice.password)
    new = "шкаф под лестницей и три кота"
    await alice.post("/settings/password", current=alice.password, new=new, repeat=new)
    made = letters()
    await alice.post("/settings/delete", password=new, word="Удалить")
    made += letters()
    assert {name for name, _, _ in made} == set(FACTS)
    for name, _, facts in made:
        assert facts.keys() == FACTS[name].keys()
        assert composer.texts(name, facts).html


async def test_tidy_forgets_what_was_not_confirmed_in_time(
    alice: Browser, people: Books, database: str
):
    await alice.post("/settings/email", password=alice.password, email="new@example.com")
    await alice.post("/settings/code", password=alice.password)
    tables = ("email_change", "totp_enrolment")
    for age, left in (("1 minute", 1), ("-1 minute", 0)):
        for table in tables:
            people.rows(f"UPDATE {table} SET expires_at = now() + %s::interval", age)
        assert await asyncio.to_thread(tidy, Config(**settings(database))) == 0
        found = [people.rows(f"SELECT count(*) FROM {table}") for table in tables]
        assert found == [[(left,)], [(left,)]]
    assert people.rows("SELECT email FROM subscriber WHERE email = %s", ALICE) == [(ALICE,)]


async def test_tidy_forgets_whose_the_last_letter_was(alice: Browser, people: Books, database: str):
    await alice.post("/settings/delete", password=alice.password, word="удалить")
    for days, left in ((29, ALICE), (31, "")):
        people.rows(
            "UPDATE letter SET state = 'sent', facts = NULL, ended_at = now() - %s * '1 day'"
            "::interval WHERE name = 'login_deleted'", days,
        )  # fmt: skip
        await asyncio.to_thread(tidy, Config(**settings(database)))
        assert people.rows("SELECT recipient FROM letter WHERE name = 'login_deleted'") == [(left,)]
