"""The codes themselves: every field of them, whom they pay, and where there is none."""

import io
import random

import pytest
import structlog
from PIL import Image

from tests.browserless import Browser
from tests.factory import Books
from tests.payments.conftest import (
    ALICE,
    FUND,
    HOUSE_TERMS,
    NUMBER,
    PENALTY_ACCOUNT,
    TWO_ACCOUNTS,
    Opener,
    facts,
    pictures,
    read,
    scanned,
)

GUEST = f"/pay/qr?account={NUMBER}"
OWN = "/payment/qr.png"
EXPECTED = {
    "Name": "Фонд капитального ремонта (демо)",
    "PersonalAcc": "40703810600000000042",
    "BankName": "ДЕМО БАНК г. Ханты-Мансийск",
    "BIC": "049999999",
    "CorrespAcc": "30101810300000000999",
    "Sum": "88029",
    "Purpose": "Взнос на капитальный ремонт, л/с 86000000017, 11.2026",
    "PayeeINN": "8600000014",
    "KPP": "860001001",
    "PersAcc": NUMBER,
    "PaymPeriod": "112026",
    "Category": "Капремонт",
    "TechCode": "02",
}


async def test_the_code_holds_exactly_these_fields(browser: Browser, november: Books):
    november.load()
    fields = await scanned(browser, GUEST)
    assert list(fields.items()) == list(EXPECTED.items())


@pytest.mark.usefixtures("november")
async def test_the_reader_s_own_code_is_the_same(browser: Browser, payment_page: Opener):
    await payment_page()
    assert await scanned(browser, OWN) == EXPECTED == await scanned(browser, GUEST)


@pytest.mark.parametrize("terms", [TWO_ACCOUNTS])
async def test_a_penalty_account_has_a_code_of_its_own(browser: Browser, november: Books):
    november.load()
    one, two = [await scanned(browser, f"{GUEST}&part={part}") for part in ("", "penalty")]
    assert one == EXPECTED | {"Sum": "87997"}
    purpose = "Пеня по взносам на капитальный ремонт, л/с 86000000017, 11.2026"
    changed = {"PersonalAcc": PENALTY_ACCOUNT, "Sum": "32", "Purpose": purpose}
    assert two == EXPECTED | changed


async def test_with_one_account_there_is_no_code_of_the_penalty(browser: Browser, november: Books):
    november.load()
    assert (await browser.get(f"{GUEST}&part=penalty")).status == 404


@pytest.mark.parametrize("terms", [TWO_ACCOUNTS])
async def test_a_part_that_is_not_due_has_no_code(browser: Browser, books: Books):
    books.house().account().entry("2026-11", kind="penalty", amount="7,50").load()
    assert (await browser.get(GUEST)).status == 404
    assert (await scanned(browser, f"{GUEST}&part=penalty"))["Sum"] == "750"


async def test_an_advance_does_not_lessen_the_penalty(browser: Browser, books: Books):
    books.house().account().entry("2026-11", op="payment", amount="100,00")
    books.entry("2026-11", kind="penalty", amount="7,50").load()
    assert (await scanned(browser, GUEST))["Sum"] == "750"


async def test_the_requisites_of_the_house_go_before_the_fund_s(browser: Browser, november: Books):
    november.house(house_id="H-2").account("86000000025", house_id="H-2", premises="5")
    november.entry("2026-11", account="86000000025")
    november.add("requisites", HOUSE_TERMS).load()
    fields = await scanned(browser, GUEST)
    assert fields["PersonalAcc"] == HOUSE_TERMS["account"]
    assert fields["Name"].startswith("Фонд капитального ремонта (демо), спец.")
    assert "KPP" not in fields
    other = await scanned(browser, "/pay/qr?account=86000000025")
    assert other["PersonalAcc"] == FUND["account"]


async def test_the_requisites_in_force_today_are_taken(browser: Browser, november: Books):
    for since, account in (
        ("2025-01-01", PENALTY_ACCOUNT),
        ("2026-11-22", HOUSE_TERMS["account"]),
        ("2026-11-23", FUND["account"]),
    ):
        november.add("requisites", HOUSE_TERMS, valid_from=since, account=account)
    november.load()
    assert (await scanned(browser, GUEST))["PersonalAcc"] == HOUSE_TERMS["account"]


async def test_requisites_to_come_are_not_in_force(browser: Browser, november: Books):
    november.add("requisites", HOUSE_TERMS, valid_from="2026-11-23").load()
    assert (await scanned(browser, GUEST))["PersonalAcc"] == FUND["account"]


async def test_nothing_is_paid_to_the_fund_for_a_house_that_saves_elsewhere(
    browser: Browser, books: Books
):
    books.house(fund_method="special_other").account().entry("2026-11").load()
    assert (await browser.get(GUEST)).status == 404


@pytest.mark.parametrize("amount", ["879,97", "1579,97"])
async def test_where_nothing_is_due_there_is_no_code(browser: Browser, books: Books, amount: str):
    books.house().account().entry("2026-11").entry("2026-11", op="payment", amount=amount).load()
    assert (await browser.get(GUEST)).status == 404


@pytest.mark.parametrize("terms", [{"fund": FUND | {"kpp": "12"}}])
async def test_requisites_that_make_no_code_are_told_to_the_log_not_as_a_crash(
    browser: Browser, november: Books, payment_page: Opener
):
    with structlog.testing.capture_logs() as logs:
        page = await payment_page()
    assert [one["reason"] for one in logs if one["event"] == "payment code refused"] == [
        "KPP: нужно 9 цифр"
    ]
    assert "QR-кода сейчас нет" in page.text
    assert pictures(page) == []
    assert facts(page)["ИНН / КПП"] == "8600000014 / 12"
    assert [(await browser.get(one)).status for one in (OWN, GUEST)] == [404, 404]


async def test_the_picture_is_twice_the_size_it_is_shown_in(
    browser: Browser, november: Books, payment_page: Opener
):
    (shown,) = (await payment_page()).all("img")
    drawn = Image.open(io.BytesIO((await browser.get(OWN)).body))
    width = int(shown.get("width"))
    assert drawn.size == (2 * width, 2 * int(shown.get("height")))
    assert width <= 328, "a phone of 360 pixels shows it whole"


async def test_the_longest_requisites_still_make_a_code_for_a_phone(
    browser: Browser, november: Books
):
    november.add("requisites", HOUSE_TERMS, name="Фонд «Ёлка» " * 13, kpp="860001001").load()
    body = (await browser.get(GUEST)).body
    assert Image.open(io.BytesIO(body)).width <= 2 * 328
    assert f"|PersonalAcc={HOUSE_TERMS['account']}|" in read(body)


async def test_pages_and_codes_agree(browser: Browser, books: Books):
    dice, numbers = random.Random(7), [f"8600000{place:04d}" for place in range(8)]
    books.house()
    for number in numbers:
        books.account(number, premises=number[-2:])
        for month in ("2026-09", "2026-10", "2026-11"):
            for kind, op in (
                ("principal", "charge"),
                ("penalty", "charge"),
                ("principal", "payment"),
            ):
                amount = f"{dice.randrange(1, 99_999) / 100:.2f}"
                books.entry(month, account=number, kind=kind, op=op, amount=amount)
    books.load()
    books.subscriber(ALICE, *numbers)
    await browser.login(ALICE)
    for number in numbers:
        await browser.post("/account/switch", account=number)
        account, payment = [await browser.page(one) for one in ("/account", "/payment")]
        assert payment.h1 == account.h1
        total = int(payment.all("table.sum tfoot data")[0].get("value"))
        assert total == int((await scanned(browser, OWN))["Sum"]) > 0
        guest = (await browser.post("/pay", account=number)).page
        assert guest.table("sum") == [
            [cell.partition(" переплата")[0] for cell in row] for row in payment.table("sum")
        ]
