"""The link of the letter: opening it changes nothing, the button confirms once."""

import asyncio

import pytest

from tests.browserless import Browser
from tests.registration.conftest import Applicant

UNKNOWN = "/register/confirm/" + "a" * 43


async def test_opening_the_link_changes_nothing(applicant: Applicant):
    application_id = await applicant.sent()
    for _ in range(3):
        page = await applicant.browser.page(applicant.link)
        assert [one.text for one in page.all("main .button")] == ["Подтвердить"]
    assert applicant.state(application_id) == "unconfirmed"
    assert applicant.events(application_id) == [("made", None)]


async def test_the_button_confirms(applicant: Applicant):
    application_id = await applicant.confirmed()
    assert applicant.state(application_id) == "waiting"
    assert applicant.events(application_id) == [("made", None), ("confirmed", None)]
    assert (await applicant.browser.page(applicant.link)).h1 == "Почта подтверждена"


async def test_it_works_in_another_browser_than_the_form(applicant: Applicant, neighbour: Browser):
    application_id = await applicant.sent()
    csrf = (await neighbour.page(applicant.link)).csrf[0]
    assert (await neighbour.post(applicant.link, csrf=csrf)).status == 303
    assert applicant.state(application_id) == "waiting"


async def test_pressed_again_and_at_once_it_confirms_once(applicant: Applicant):
    application_id = await applicant.sent()
    link, token = applicant.link, await applicant.browser.token()
    answers = await asyncio.gather(*(applicant.browser.post(link, csrf=token) for _ in range(4)))
    assert {one.status for one in answers} == {303}
    assert applicant.events(application_id) == [("made", None), ("confirmed", None)]


async def test_after_72_hours_one_may_apply_again(applicant: Applicant):
    application_id = await applicant.sent()
    applicant.grow_old(hours=71.9)
    assert (await applicant.browser.page(applicant.link)).h1.startswith("Подтвердите")
    applicant.grow_old(hours=0.2)
    page = await applicant.browser.page(applicant.link, status=410)
    assert page.h1 == "Ссылка больше не действует"
    assert "/register" in page.links
    assert (await applicant.browser.post(applicant.link)).status == 303
    assert applicant.state(application_id) == "unconfirmed"


@pytest.mark.parametrize("path", [UNKNOWN, "/register/confirm/x", "/register/confirm/%D0%96%00"])
async def test_an_unknown_link_is_no_page(applicant: Applicant, path: str):
    assert (await applicant.browser.get(path)).status == 404
    assert (await applicant.browser.post(path)).status == 404


async def test_the_button_needs_its_token(applicant: Applicant):
    application_id = await applicant.sent()
    assert (await applicant.browser.post(applicant.link, csrf="wrong")).status == 403
    assert applicant.state(application_id) == "unconfirmed"


async def test_the_page_tells_nothing_of_the_applicant(applicant: Applicant):
    await applicant.sent()
    html = (await applicant.browser.page(applicant.link)).html
    assert not [one for one in ("Примеров", "anna@", "86000000017", "Кедровая") if one in html]
