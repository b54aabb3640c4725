"""The file behind the login, and the check that is open to whoever holds the paper."""

import re
from dataclasses import replace

import pytest

from lkcap.cli import main
from lkcap.config import Config
from lkcap.references.codes import grouped
from lkcap.references.sheet import render
from tests.browserless import Browser, plain
from tests.factory import Books
from tests.pdf import codes_in, text_of
from tests.references.conftest import ALICE, NUMBER, Issue, signed_by

SECRETS = ("Примеров", "Кедровая", "Северореченск, ул. К", NUMBER, "51,4", "кв. 27")
WRONG = "0000-0000-0000-0000"


@pytest.fixture
def config(database: str, keys: list[str]) -> Config:
    return signed_by(database, keys, limits={"verify": "3/15m"})


async def test_the_button_of_the_statement_gives_the_paper(alice: Browser):
    page = await alice.page("/statement")
    assert page.all('button[formaction="/reference.pdf"]')
    answer = await alice.get("/reference.pdf?from=2026-09&to=2026-10&debt=penalty&mode=extended")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "сентябрь 2026 – октябрь 2026" in plain(text_of(answer.body))


async def test_without_a_range_it_is_twelve_months(alice: Browser):
    text = plain(text_of((await alice.get("/reference.pdf")).body))
    assert "декабрь 2025 – ноябрь 2026" in text


async def test_kind_and_mode_are_not_looked_at(alice: Browser):
    first = await alice.get("/reference.pdf?debt=penalty")
    assert (await alice.get("/reference.pdf?debt=nonsense&mode=?")).body == first.body


@pytest.mark.parametrize(
    "query", ["from=2026-13", "to=now", "from=2026-10&to=2026-09", "from=2027-01&to=2027-02"]
)
async def test_a_senseless_range_is_422(alice: Browser, query: str):
    assert (await alice.get(f"/reference.pdf?{query}")).status == 422


async def test_the_same_bytes_whatever_is_loaded_between(alice: Browser, year: Books):
    first = await alice.get("/reference.pdf")
    year.entry("2026-11", amount="5,00").load()
    assert (await alice.get("/reference.pdf")).body == first.body
    assert (await alice.get("/reference.pdf?from=2026-01")).body != first.body


async def test_a_stranger_comes_back_to_it_after_login(year: Books, browser: Browser):
    answer = await browser.get("/reference.pdf?from=2026-01")
    assert (answer.status, answer.location) == (303, "/")
    answer = await browser.login("alice@example.com")
    assert answer.location == "/reference.pdf?from=2026-01"


async def test_the_code_on_paper_opens_its_check(alice: Browser, neighbour: Browser):
    (link,) = codes_in((await alice.get("/reference.pdf")).body)
    host, path = re.fullmatch(r"(http://[^/]+)(/verify/[-\w]+)", link.decode()).groups()
    assert host == "http://lk.example.com"
    assert "Справку № 2026-000001 выдал фонд" in plain((await neighbour.page(path)).h1)


async def test_the_check_tells_the_sums_and_nobody_s_name(
    year: Books, issued: Issue, browser: Browser
):
    one = await issued()
    page = await browser.page(f"/verify/{grouped(one.code)}")
    assert page.by_id("result") == (
        "На 22 ноября 2026 г. задолженность 774,79 ₽: взнос 774,47 ₽, пеня 0,32 ₽."
    )
    assert page.amounts == [
        77479, 77447, 32,
        121658, 77447, 121658, 0, 0, 77447,
        0, 32, 0, 0, 0, 32,
    ]  # fmt: skip
    for said in ("22 ноября 2026 г.", "декабрь 2025 – ноябрь 2026", "•••••••0017"):
        assert said in page.text
    assert one.signature.key in page.text
    assert not [secret for secret in SECRETS if secret in page.html]


async def test_a_forged_paper_is_given_away_by_its_check(
    year: Books, issued: Issue, browser: Browser
):
    one = await issued()
    forged = render(replace(one, principal=replace(one.principal, balance=0)))
    assert "задолженность 0,32 ₽" in plain(text_of(forged))
    (link,) = codes_in(forged)
    page = await browser.page(link.decode().removeprefix("http://lk.example.com"))
    assert "задолженность 774,79 ₽" in page.by_id("result")


async def test_where_another_collects_no_debt_is_not_the_whole_truth(
    books: Books, issued: Issue, browser: Browser
):
    books.house(fund_method="special_other").account().load()
    books.subscriber(ALICE, NUMBER)
    one = await issued()
    said = "справку о них даёт он"
    assert said in plain(text_of(render(one)))
    assert said in (await browser.page(f"/verify/{one.code}")).text


async def test_an_unsigned_one_says_so(year: Books, issued: Issue, browser: Browser, database):
    one = await issued(config=signed_by(database, []))
    assert "нет, справка для ознакомления" in (await browser.page(f"/verify/{one.code}")).text


async def test_the_form_leads_to_the_check(year: Books, issued: Issue, browser: Browser):
    code = (await issued()).code
    assert "/verify" in (await browser.page("/")).links
    await browser.page("/verify")
    answer = await browser.post("/verify", code=f" {code.lower().replace('0', 'o')} ")
    assert (answer.status, answer.location) == (303, f"/verify/{grouped(code)}")


@pytest.mark.parametrize("code", ["", "7K3M", "<b>", "U" * 16])
async def test_what_is_no_code_comes_back_with_its_mistake(browser: Browser, code: str):
    answer = await browser.post("/verify", code=code)
    assert answer.status == 422
    answer.page.check()
    assert answer.page.all("#code[aria-invalid]")
    assert answer.page.all("#code")[0].get("value", "") == code


@pytest.mark.parametrize("code", [WRONG, "Keys", "nonsense", "%D0%96"])
async def test_an_unknown_code_is_told_in_words(browser: Browser, code: str):
    page = await browser.page(f"/verify/{code}", status=404)
    assert page.h1 == "Такой справки нет"


async def test_unknown_codes_are_counted(browser: Browser):
    statuses = [(await browser.get(f"/verify/{WRONG}")).status for _ in range(4)]
    assert statuses == [404, 404, 404, 429]


async def test_a_known_code_is_not_counted(year: Books, issued: Issue, browser: Browser):
    path = f"/verify/{(await issued()).code}"
    assert {(await browser.get(path)).status for _ in range(5)} == {200}


async def test_forms_are_counted_the_right_ones_too(year: Books, issued: Issue, browser: Browser):
    code, token = (await issued()).code, await browser.token()
    answers = [await browser.post("/verify", csrf=token, code=code) for _ in range(4)]
    assert [one.status for one in answers] == [303, 303, 303, 429]
    assert int(answers[-1].headers["Retry-After"]) > 800


@pytest.fixture
def command(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run `reference withdraw`; its exit code and what it said."""
    monkeypatch.setenv("LKCAP_DATABASE_URL", database)
    monkeypatch.setenv("LKCAP_TODAY", "2026-11-23")

    def run(*words: str) -> tuple[int, str]:
        code = main(["reference", "withdraw", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


@pytest.mark.parametrize("by", ["number", "code"])
async def test_a_withdrawn_one_says_when_and_why(
    year: Books, issued: Issue, browser: Browser, command, by: str
):
    one = await issued()
    code, said = command(getattr(one, by), "--why", " Ошибка в  начислении ")
    assert (code, said) == (
        0, "Справка № 2026-000001 отозвана 23.11.2026: Ошибка в начислении\n"
    )  # fmt: skip
    page = await browser.page(f"/verify/{one.code}")
    assert page.h1 == "Справка № 2026-000001 отозвана"
    assert "23 ноября 2026 г." in page.text
    assert "Ошибка в начислении" in page.text
    assert page.amounts == []
    assert not [secret for secret in SECRETS if secret in page.html]


async def test_after_a_withdrawal_another_one_is_given(year: Books, issued: Issue, command):
    before = await issued()
    command(before.number, "--why", "ошибка")
    after = await issued()
    assert (after.number, await issued()) == ("2026-000002", after)


async def test_nothing_is_withdrawn_twice_or_without_a_reason(year: Books, issued: Issue, command):
    number = (await issued()).number
    assert command(number, "--why", " ")[0] == 1
    assert command(number, "--why", "я" * 501)[0] == 1
    assert command(number, "--why", "раз")[0] == 0
    assert command(number, "--why", "два") == (1, "справка № 2026-000001 уже отозвана\n")
    assert year.rows("SELECT withdrawn_why FROM reference") == [("раз",)]


@pytest.mark.parametrize("name", ["2026-000002", "2025-000001", WRONG, "нечто", "2026-1"])
async def test_what_was_not_given_is_not_withdrawn(year: Books, issued: Issue, command, name: str):
    await issued()
    code, said = command(name, "--why", "ошибка")
    assert code == 1
    assert name in said
    assert year.rows("SELECT withdrawn_on FROM reference") == [(None,)]
