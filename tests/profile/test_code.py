"""A code from an application: set up, asked for at login, replaced by a spare one, switched off."""

import hashlib
from datetime import UTC, datetime

import pyotp
import pytest
import zxingcpp
from PIL import Image

from lkcap.profile import second_factor
from tests.browserless import Answer, Browser, Page, text_of
from tests.factory import Books
from tests.profile.conftest import ALICE, Letters

NEW = "/settings/code/new"


async def begin(browser: Browser) -> Page:
    answer = await browser.post("/settings/code", password=browser.password)
    assert (answer.status, answer.location) == (303, NEW)
    return await browser.page(NEW)


def secret_of(page: Page) -> str:
    return page.by_id("secret").replace(" ", "")


def codes_of(page: Page) -> list[str]:
    return [text_of(one) for one in page.all(".spare li")]


async def switch_on(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    page = await begin(browser)
    codes = pyotp.TOTP(secret_of(page))
    answer = await browser.post(NEW, code=codes.now())
    assert (answer.status, answer.location) == (303, "/settings")
    return codes, codes_of(page)


async def log_in(browser: Browser, code: str) -> Answer:
    answer = await browser.login(ALICE)
    assert (answer.status, answer.location) == (303, "/login")
    form = await browser.get("/login")
    return await browser.post("/login", csrf=form.page.csrf[0], code=code)


def next_code(codes: pyotp.TOTP) -> str:
    """Of the next step: the one of now is spent."""
    return codes.at(datetime.now(UTC), counter_offset=1)


async def test_set_up_it_is_asked_for_at_login(alice: Browser, neighbour: Browser):
    codes, _ = await switch_on(alice)
    assert "нужен код из приложения" in (await alice.page("/settings")).text
    assert (await log_in(neighbour, "000000")).status == 422
    answer = await log_in(neighbour, next_code(codes))
    assert (answer.status, answer.location) == (303, "/account")


async def test_the_picture_holds_what_the_letters_say(alice: Browser, tmp_path):
    secret = secret_of(await begin(alice))
    answer = await alice.get("/settings/code/qr.png")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "image/png", "no-store"
    )  # fmt: skip
    (tmp_path / "qr.png").write_bytes(answer.body)
    (found,) = zxingcpp.read_barcodes(Image.open(tmp_path / "qr.png"))
    read = pyotp.parse_uri(found.text)
    assert (read.secret, read.name) == (secret, ALICE)


async def test_a_spare_code_opens_once(alice: Browser, neighbour: Browser, people: Books):
    _, spare = await switch_on(alice)
    assert len(set(spare)) == 10
    assert (await log_in(neighbour, spare[0].upper().replace("-", " "))).location == "/account"
    assert people.rows("SELECT count(*) FROM recovery_code") == [(9,)]
    await neighbour.post("/logout")
    assert (await log_in(neighbour, spare[0])).status == 422
    assert "Запасных кодов осталось: 9" in (await alice.page("/settings")).text


async def test_neither_the_secret_nor_a_spare_code_is_readable_in_the_database(
    alice: Browser, people: Books
):
    page = await begin(alice)
    ((sealed,),) = people.rows("SELECT sealed FROM totp_enrolment")
    assert secret_of(page).encode() not in bytes(sealed)
    assert codes_of(page)[0].encode() not in bytes(sealed)
    await alice.post(NEW, code=pyotp.TOTP(secret_of(page)).now())
    ((stored,),) = people.rows("SELECT totp_secret FROM subscriber WHERE email = %s", ALICE)
    assert secret_of(page).encode() not in bytes(stored)
    kept = {bytes(row[0]) for row in people.rows("SELECT code_hash FROM recovery_code")}
    plain = (one.replace("-", "").encode() for one in codes_of(page))
    assert kept == {hashlib.sha256(one).digest() for one in plain}
    assert people.rows("SELECT count(*) FROM totp_enrolment") == [(0,)]


async def test_nothing_is_asked_for_until_the_first_code_fits(alice: Browser, neighbour: Browser):
    page = await begin(alice)
    for wrong in ("", "000000x", "12345", "абвгде"):
        answer = await alice.post(NEW, code=wrong)
        assert answer.status == 422
        answer.page.check()
        assert secret_of(answer.page) == secret_of(page)
    assert (await neighbour.login(ALICE)).location == "/account"


async def test_the_code_that_set_it_up_opens_nothing_more(alice: Browser, neighbour: Browser):
    page = await begin(alice)
    code = pyotp.TOTP(secret_of(page)).now()
    await alice.post(NEW, code=code)
    assert (await log_in(neighbour, code)).status == 422


@pytest.mark.parametrize("password", ["", "wrong"])
async def test_both_ways_need_the_password(alice: Browser, people: Books, password: str):
    answer = await alice.post("/settings/code", password=password)
    assert answer.status == 422
    answer.page.check()
    assert people.rows("SELECT count(*) FROM totp_enrolment") == [(0,)]
    await switch_on(alice)
    answer = await alice.post("/settings/code/off", password=password)
    assert answer.status == 422
    answer.page.check()
    assert people.rows("SELECT count(totp_secret) FROM subscriber") == [(1,)]


async def test_switched_off_nothing_of_it_remains(
    alice: Browser, neighbour: Browser, people: Books
):
    await switch_on(alice)
    answer = await alice.post("/settings/code/off", password=alice.password)
    assert (answer.status, answer.location) == (303, "/settings")
    assert "Код отключён." in (await alice.page("/settings")).text
    assert people.rows("SELECT count(*) FROM recovery_code") == [(0,)]
    assert (await neighbour.login(ALICE)).location == "/account"


async def test_a_second_application_is_not_set_up_over_the_first(alice: Browser, people: Books):
    await switch_on(alice)
    before = people.rows("SELECT totp_secret FROM subscriber WHERE email = %s", ALICE)
    answer = await alice.post("/settings/code", password=alice.password)
    assert (answer.status, answer.location) == (303, "/settings/code")
    assert people.rows("SELECT totp_secret FROM subscriber WHERE email = %s", ALICE) == before


async def test_what_is_being_set_up_is_forgotten_in_time(alice: Browser, people: Books):
    page = await begin(alice)
    people.rows("UPDATE totp_enrolment SET expires_at = now()")
    assert (await alice.get(NEW)).location == "/settings/code"
    assert (await alice.get("/settings/code/qr.png")).status == 404
    answer = await alice.post(NEW, code=pyotp.TOTP(secret_of(page)).now())
    assert answer.location == "/settings/code"
    assert people.rows("SELECT count(totp_secret) FROM subscriber") == [(0,)]


async def test_another_s_picture_is_not_shown(alice: Browser, bob: Browser):
    await begin(alice)
    assert (await bob.get("/settings/code/qr.png")).status == 404


async def test_the_owner_is_told_of_it_by_letter(alice: Browser, letters: Letters):
    await switch_on(alice)
    assert [(name, to) for name, to, _ in letters()] == [("code_on", ALICE)]
    for _ in range(2):
        await alice.post("/settings/code/off", password=alice.password)
    assert [(name, to) for name, to, _ in letters()[1:]] == [("code_off", ALICE)]


async def test_a_code_that_does_not_fit_writes_to_nobody(alice: Browser, letters: Letters):
    await begin(alice)
    await alice.post(NEW, code="000000")
    await alice.post("/settings/code/off", password=alice.password)
    assert letters() == []


async def test_the_letter_and_the_code_are_one_deed(
    alice: Browser, people: Books, monkeypatch: pytest.MonkeyPatch
):
    async def is_full(*_: object) -> None:
        raise RuntimeError("no room for a letter")

    page = await begin(alice)
    monkeypatch.setattr(second_factor, "queue", is_full)
    answer = await alice.post(NEW, code=pyotp.TOTP(secret_of(page)).now())
    assert answer.status == 500
    assert people.rows("SELECT count(totp_secret) FROM subscriber") == [(0,)]
