"""How long applications are kept, and what nobody may change in them."""

import asyncio

import psycopg2
import pytest
from aiohttp import web

from lkcap.config import Config
from lkcap.kit.db import ROLE
from lkcap.registration.decision import approve, refuse
from lkcap.tidy import run as tidy
from tests.registration.conftest import SECRETS, Applicant


async def tidied(config: Config) -> None:
    """The command has a loop of its own."""
    await asyncio.to_thread(tidy, config)


def whole(applicant: Applicant) -> str:
    return str(applicant.books.rows("SELECT application::text FROM application"))


async def test_what_is_not_confirmed_in_time_is_closed(applicant: Applicant, config: Config):
    application_id = await applicant.sent()
    await tidied(config)
    assert applicant.state(application_id) == "unconfirmed"
    applicant.grow_old(hours=72.1)
    await tidied(config)
    await tidied(config)
    assert applicant.state(application_id) == "expired"
    assert applicant.events(application_id) == [("made", None), ("expired", None)]
    assert (await applicant.browser.get(applicant.link)).status == 410


async def test_after_90_days_nothing_of_a_person_is_left(applicant: Applicant, config: Config):
    application_id = await applicant.sent()
    applicant.grow_old(days=92)
    await tidied(config)
    assert "Примеров" in whole(applicant)
    applicant.grow_old(days=2)
    await tidied(config)
    assert not [one for one in (*SECRETS, "86000000017", "127.0.0.1") if one in whole(applicant)]
    assert applicant.events(application_id)[-1] == ("wiped", None)


async def test_a_refused_one_is_wiped_with_its_reason(
    app: web.Application, applicant: Applicant, config: Config, employees: tuple[int, int]
):
    application_id = await applicant.confirmed()
    await refuse(app, application_id, employees[0], "Примерова уже продала квартиру")
    applicant.grow_old(days=89)
    await tidied(config)
    assert "Примеров" in whole(applicant)
    applicant.grow_old(days=2)
    await tidied(config)
    assert "Примеров" not in whole(applicant)
    assert applicant.state(application_id) == "refused"


async def test_an_approved_one_is_kept(
    app: web.Application, applicant: Applicant, config: Config, employees: tuple[int, int]
):
    await approve(app, await applicant.confirmed(), employees[0])
    applicant.grow_old(days=400)
    await tidied(config)
    assert "Примерова" in whole(applicant)


async def test_an_approved_one_is_wiped_when_its_login_is_gone(
    app: web.Application, applicant: Applicant, config: Config, employees: tuple[int, int]
):
    await approve(app, await applicant.confirmed(), employees[0])
    applicant.books.rows("UPDATE subscriber SET email = 'other@example.com'")
    applicant.grow_old(days=91)
    await tidied(config)
    assert not [secret for secret in SECRETS if secret in whole(applicant)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE application_event SET staff_id = NULL", "DELETE FROM application_event",
     "DELETE FROM application", "DELETE FROM application_finding"],
)  # fmt: skip
async def test_history_cannot_be_changed(applicant: Applicant, statement: str):
    await applicant.sent()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        applicant.books.rows(f"SET ROLE {ROLE}; {statement}")
