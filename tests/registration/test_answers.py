"""The words of a refusal, when the employee's session ends before they are sent."""

import pytest

from lkcap.config import Config
from lkcap.kit.returning import KEPT, WORDS
from tests.browserless import Browser
from tests.registration.conftest import Applicant
from tests.staff.desk import Desk, send


@pytest.fixture
def desk(config: Config) -> Desk:
    return Desk(config)


async def late(
    applicant: Applicant, operator: Browser, desk: Desk, to: str = "", **fields: str
) -> str:
    """The page of a taken application, after a form that came too late and another login."""
    application_id = await applicant.confirmed()
    await desk.enter(operator, "operator")
    page = f"/staff/applications/{application_id}"
    await send(operator, page, f"{page}/take")
    token = (await operator.page(page)).csrf[0]
    applicant.books.rows("UPDATE staff_session SET seen_at = now() - interval '31 minutes'")
    await operator.post(f"{page}{to}", csrf=token, **fields)
    assert KEPT in (await operator.page("/staff/login")).text
    applicant.books.rows("UPDATE staff SET totp_last_step = 0")
    assert (await desk.log_in(operator, "operator")).location == page
    return page


async def test_the_words_of_a_refusal_are_there(
    applicant: Applicant, neighbour: Browser, desk: Desk
):
    said = {"decision": "refuse", "reason": "own", "words": "Пришлите договор целиком."}
    page = await neighbour.page(await late(applicant, neighbour, desk, **said))
    assert WORDS["late"] in page.text
    assert page.all("#words")[0].text == said["words"]
    assert page.all("#decision-refuse[checked]")
    assert page.all("#reason option[selected]")[0].get("value") == "own"
    assert applicant.books.rows("SELECT CAST(state AS text) FROM application") == [("taken",)]


async def test_the_other_form_of_the_page_has_its_own(
    applicant: Applicant, neighbour: Browser, desk: Desk
):
    shown = await late(applicant, neighbour, desk, "/account", account="5500123")
    page = await neighbour.page(shown)
    assert not page.all("#words")[0].text
    assert WORDS["late"] in page.text
