"""The receipt as paper: one page, every word on it, a code that a bank's camera reads."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfua
import pytest

from lkcap.config import Config
from lkcap.receipts.model import HouseNote, Reason
from lkcap.receipts.sheet import render, render_year
from tests.conftest import settings
from tests.factory import Books
from tests.pdf import codes_in, fields_of, problems_of, text_of
from tests.receipts.conftest import FUND, Issue

PENALTY_ACCOUNT = "40703810900000000043"
LONG = "Товарищество собственников недвижимости «Микрорайон железнодорожников, сорок лет Победы» "

# What an account may be; each is printed, read back, and its code decoded.
PEOPLE = {
    "a person": {},
    "a company": {
        "owner_kind": "organization",
        "organization": "ООО «Ромашка»",
        "inn": "0012345675",
        "premises_kind": "nonliving",
    },
    "a third": {"share": "1/3"},
    "a car place": {"premises_kind": "parking", "premises": "м/м 7"},
    "a closed one": {"closed_on": "2026-10-31"},
    "no area": {"area": ""},
    "a long company": {
        "owner_kind": "organization",
        "organization": LONG * 4,
        "inn": "0012345675",
    },
    "a name of another alphabet": {"last_name": "Җаббарова", "first_name": "Ștefania"},
}


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_owner_gets_one_page_with_a_code(
    books: Books, issued: Issue, tmp_path: Path, who: str
):
    books.house().account(**PEOPLE[who]).entry("2026-10").load()
    receipt = await issued()
    pdf = render(receipt)
    (code,) = codes_in(pdf)
    assert fields_of(code)["PersAcc"] == "86000000017"
    assert fields_of(code)["Sum"] == "87997"
    text = text_of(pdf)
    assert receipt.payer.name.split()[0] in text
    assert "К оплате 879,97 ₽ до 16 ноября 2026 года" in text
    assert problems_of(pdf, tmp_path) == []
    assert len(pdf) < 60_000


async def test_the_code_says_what_the_contract_promises(october: Books, issued: Issue):
    (code,) = codes_in(render(await issued()))
    assert code.startswith(b"ST00012|")
    assert fields_of(code) == {
        "Name": "Фонд капитального ремонта (демо)",
        "PersonalAcc": "40703810600000000042",
        "BankName": "ДЕМО БАНК г. Ханты-Мансийск",
        "BIC": "049999999",
        "CorrespAcc": "30101810300000000999",
        "Sum": "77479",
        "Purpose": "Взнос на капитальный ремонт, л/с 86000000017, 10.2026",
        "PayeeINN": "8600000014",
        "KPP": "860001001",
        "PersAcc": "86000000017",
        "PaymPeriod": "102026",
        "Category": "Капремонт",
        "QuittId": "86000000017-102026",
        "TechCode": "02",
    }


async def test_a_penalty_account_has_a_code_of_its_own(
    october: Books, issued: Issue, database: str
):
    apart = settings(database, fund=FUND | {"penalty_account": PENALTY_ACCOUNT})
    pdf = render(await issued(config=Config(**apart)))
    found = {fields_of(one)["PersonalAcc"]: fields_of(one) for one in codes_in(pdf)}
    assert {account: one["Sum"] for account, one in found.items()} == {
        FUND["account"]: "77447",
        PENALTY_ACCOUNT: "32",
    }
    assert found[PENALTY_ACCOUNT]["Purpose"].startswith("Пеня")
    assert f"взнос {FUND['account']}, пеня {PENALTY_ACCOUNT}" in text_of(pdf)


@pytest.mark.parametrize("amount", ["0,00", "-700,00"])
async def test_nothing_due_has_no_code_and_no_slip(books: Books, issued: Issue, amount: str):
    books.house().account().entry("2026-10", op="opening", amount=amount, for_period="").load()
    pdf = render(await issued())
    assert codes_in(pdf) == []
    assert "Платить не нужно" in text_of(pdf)
    assert "Для оплаты в банке" not in text_of(pdf)


async def test_a_house_that_saves_elsewhere_has_no_code(books: Books, issued: Issue):
    books.house(fund_method="special_other").account().entry("2026-10").load()
    pdf = render(await issued())
    assert codes_in(pdf) == []
    assert "платите по квитанции владельца этого счёта" in text_of(pdf)


async def test_a_fund_without_requisites_prints_no_code(
    october: Books, issued: Issue, database: str
):
    bare = Config(**settings(database))
    assert codes_in(render(await issued(config=bare))) == []


async def test_requisites_no_bank_would_take_print_no_code(october: Books, issued: Issue):
    receipt = await issued()
    wrong = replace(receipt.claim.payee, account="123")
    pdf = render(replace(receipt, claim=replace(receipt.claim, payee=wrong)))
    assert codes_in(pdf) == []
    assert "774,79" in text_of(pdf)


async def test_a_penalty_alone_is_named_in_the_purpose(books: Books, issued: Issue):
    books.house().account().entry("2026-10", kind="penalty", amount="5,00").load()
    pdf = render(await issued())
    (code,) = codes_in(pdf)
    assert fields_of(code)["Purpose"].startswith("Пеня по взносам")
    assert "Пеня по взносам на капитальный ремонт, л/с 86000000017, 10.2026" in text_of(pdf)


async def test_an_independent_checker_misses_only_the_declaration(
    october: Books, issued: Issue, tmp_path: Path
):
    """PDF/UA-1 as far as pdfua checks it; why nothing is declared: docs/adr/0006-papers.md."""
    path = tmp_path / "receipt.pdf"
    path.write_bytes(render(await issued()))
    assert [one.rule_id for one in pdfua.validate(path).findings] == ["UA-28-004"]


async def test_the_sum_stands_in_words(october: Books, issued: Issue):
    text = text_of(render(await issued()))
    assert "Семьсот семьдесят четыре рубля 79 копеек" in text


async def test_a_replacing_receipt_says_so(october: Books, issued: Issue):
    receipt = replace(await issued(), version=2, replaces=date(2026, 11, 2))
    text = text_of(render(receipt))
    assert "версия 2, заменяет составленный 02.11.2026" in text
    assert "86000000017-102026-2" in text


async def test_reasons_that_do_not_fit_are_counted_not_cut(october: Books, issued: Issue):
    receipt = await issued()
    reason = Reason("principal", "recalculation", 100, "распоряжение", "причина " * 40, None)
    many = replace(receipt, claim=replace(receipt.claim, reasons=(reason,) * 40))
    pdf = render(many)
    assert "Остальные пояснения (" in text_of(pdf)
    assert "Как заплатить" in text_of(pdf)
    assert len(codes_in(pdf)) == 1


async def test_the_house_is_told_where_there_is_room(october: Books, issued: Issue):
    note = HouseNote(94, 257_821_540, "Ремонт крыши", 2029)
    text = text_of(render(replace(await issued(), house=note)))
    assert "Собрано 94 ₽ из каждых 100 ₽ взносов. В фонде дома 2 578 215,40 ₽." in text
    assert "ремонт крыши, по плану в 2029 году" in text


async def test_the_same_receipt_is_the_same_file(october: Books, issued: Issue):
    receipt = await issued()
    assert render(receipt) == render(receipt)


async def test_a_year_is_one_file_with_a_page_a_month(books: Books, issued: Issue, tmp_path: Path):
    books.house().account()
    for month in range(1, 11):
        books.entry(f"2026-{month:02d}")
    books.load()
    from lkcap.kit.month import Month

    receipts = [await issued(Month(2026, month)) for month in range(1, 11)]
    pdf = render_year(receipts)
    sums = [fields_of(one)["Sum"] for one in codes_in(pdf)]
    assert sums == [str(87997 * month) for month in range(1, 11)]
    assert problems_of(pdf, tmp_path) == []
