"""What the applicant reads: the letters are made of what was queued for them."""

import pytest
from aiohttp import web

from lkcap.mail import compose
from lkcap.registration.decision import approve, refuse
from tests.registration.conftest import EMAIL, NUMBER, Applicant


@pytest.fixture
def texts(applicant: Applicant):
    """The text and the HTML of the last letter that was queued."""

    def made() -> tuple[str, str]:
        name, _, facts = applicant.letters[-1]
        found = compose.Composer(applicant.config).texts(name, facts)
        return found.text, found.html

    return made


async def test_the_first_letter_holds_the_link(applicant: Applicant, texts):
    await applicant.sent()
    for body in texts():
        assert f"http://127.0.0.1{applicant.link}" in body
        assert NUMBER in body


async def test_a_new_login_is_told_its_one_time_password(
    app: web.Application, applicant: Applicant, employees: tuple[int, int], texts
):
    await approve(app, await applicant.confirmed(), employees[0])
    password = str(applicant.letters[-1][2]["password"])
    for body in texts():
        assert password in body
        assert EMAIL in body


async def test_a_known_login_is_told_of_its_new_account(
    app: web.Application, applicant: Applicant, employees: tuple[int, int], texts
):
    applicant.books.subscriber(EMAIL, "86000000033")
    await approve(app, await applicant.confirmed(), employees[0])
    for body in texts():
        assert NUMBER in body
        assert "диноразов" not in body


async def test_a_refusal_tells_its_reason_as_text(
    app: web.Application, applicant: Applicant, employees: tuple[int, int], texts
):
    await refuse(app, await applicant.confirmed(), employees[0], "Не тот <b>документ</b>")
    text, html = texts()
    assert "Не тот <b>документ</b>" in text
    assert "Не тот &lt;b&gt;документ&lt;/b&gt;" in html
