"""Расхождения: everything that loads told otherwise is seen, and what people decided of it."""

import pytest

from lkcap.config import Config
from lkcap.exchange.report import Report
from lkcap.exchange.undo import undo
from lkcap.reconciliation import differences
from tests.browserless import Answer, Browser
from tests.conftest import PASSWORD
from tests.exchange.registry import CLOCK, line, take
from tests.exchange.test_differences import balances
from tests.factory import Books
from tests.payments.conftest import NUMBER
from tests.staff.desk import Desk, send

PAGE = "/staff/reconciliation"
SETTLED = f"{PAGE}/differences"
ROWS = "#difference-rows tbody tr"


def other_sum(books: Books, trx_id: str, amount: str = "800,00") -> Report:
    return take(books, line(trx_id, account=NUMBER, amount=amount))


async def address(browser: Browser) -> str:
    """Of the only difference that is open."""
    (found,) = {one for one in (await browser.page(PAGE)).links if one.startswith(f"{SETTLED}/")}
    return str(found)


async def settle(browser: Browser, why: str = "банк удержал комиссию") -> str:
    one = await address(browser)
    assert (await send(browser, one, f"{one}/settle", why=why)).location == one
    return one


def undone(books: Books, load: Report) -> None:
    undo(books.database, load.load_id, clock=CLOCK, staff_id=None, why="не тот файл")


async def test_without_any_the_page_says_that_they_agree(olga: Browser):
    page = await olga.page(PAGE)
    assert "Реестры и остатки из файлов сходятся с нашими." in page.text
    assert "Расхождения с файламинет" in page.by_id("summary")


async def test_a_registry_s_sum_is_shown_with_both_sums_and_links(
    olga: Browser, books: Books, trx_id: str
):
    load = other_sum(books, trx_id)
    page = await olga.page(PAGE)
    page.check()
    ((payment_id,),) = books.rows("SELECT payment_id FROM payment")
    assert page.table("difference-rows")[1][1:5] == [NUMBER, "879,97", "800,00", "−79,97"]
    assert {f"/staff/payments/{payment_id}", f"/staff/loads/{load.load_id}"} <= set(page.links)
    assert "Расхождения с файлами1 на 79,97 ₽" in page.by_id("summary")
    assert page.h1 == "Есть что разобрать"


async def test_a_balance_is_shown_with_its_month(olga: Browser, books: Books):
    balances(books, (NUMBER, "2026-10", "880,00"))
    row = (await olga.page(PAGE)).table("difference-rows")[1]
    assert row[0].startswith("Остаток, взнос, октябрь 2026")
    assert row[1:5] == [NUMBER, "879,97", "880,00", "+0,03"]


async def test_the_load_s_page_shows_its_own(olga: Browser, books: Books, trx_id: str):
    first, second = other_sum(books, trx_id), balances(books, ("22", "2026-10", "5,00"))
    for load, gap in ((first, "−79,97"), (second, "+5,00")):
        page = await olga.page(f"/staff/loads/{load.load_id}")
        page.check()
        assert [row[4] for row in page.table("difference-rows")[1:]] == [gap]
    assert [row[6] for row in (await olga.page("/staff/loads")).table("loads")[1:3]] == ["1", "1"]


async def test_an_employee_settles_it_with_words(olga: Browser, books: Books, trx_id: str):
    load = other_sum(books, trx_id)
    one = await settle(olga)
    page = await olga.page(one)
    page.check()
    assert "Примеров olga: разобрано. банк удержал комиссию" in page.text
    assert (await olga.page(PAGE)).all(ROWS) == []
    assert "банк удержал" in (await olga.page(SETTLED)).table("settled-rows")[1][6]
    assert "разобрано" in (await olga.page(f"/staff/loads/{load.load_id}")).text
    assert books.rows("SELECT action, details FROM staff_journal WHERE subject <> ''") == [
        ("разобрал расхождение", "у нас 879,97, у них 800,00; банк удержал комиссию")
    ]


async def test_another_employee_takes_it_back(
    olga: Browser, pavel: Browser, books: Books, trx_id: str
):
    other_sum(books, trx_id)
    one = await settle(olga)
    assert (await send(pavel, one, f"{one}/reopen", why="комиссии нет")).location == one
    assert await address(olga) == one
    assert "Примеров pavel: возвращено. комиссии нет" in (await olga.page(one)).text
    assert "Таких нет." in (await olga.page(SETTLED)).text
    assert books.rows("SELECT is_settled FROM difference_word ORDER BY word_id") == [
        (True,), (False,),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "told"), [(" ", "Напишите, чем кончилось"), ("а" * 301, "Короче, до 300 знаков")]
)
async def test_without_good_words_it_stays_open(
    olga: Browser, books: Books, trx_id: str, why: str, told: str
):
    other_sum(books, trx_id)
    one = await address(olga)
    answer = await send(olga, one, f"{one}/settle", why=why)
    answer.page.check()
    assert (answer.status, told in answer.page.text) == (422, True)
    assert await address(olga) == one


async def test_what_is_settled_is_not_settled_again(olga: Browser, books: Books, trx_id: str):
    other_sum(books, trx_id)
    one = await settle(olga)
    again: Answer = await send(olga, one, f"{one}/settle", why="ещё раз")
    assert (again.status, "уже разобрано" in again.page.text) == (422, True)
    await send(olga, one, f"{one}/reopen", why="нет")
    again = await send(olga, one, f"{one}/reopen", why="нет")
    assert (again.status, "уже открыто" in again.page.text) == (422, True)


async def test_the_word_holds_for_the_same_sums_and_no_others(
    olga: Browser, books: Books, trx_id: str
):
    other_sum(books, trx_id)
    first = await settle(olga)
    other_sum(books, trx_id)
    assert (await olga.page(PAGE)).all(ROWS) == []
    other_sum(books, trx_id, "700,00")
    second = await address(olga)
    assert second != first
    rows = (await olga.page(second)).table("telling-rows")[1:]
    assert [row[2] for row in rows] == ["700,00", "800,00", "800,00"]


async def test_a_later_load_heals_it_and_its_page_says_so(olga: Browser, books: Books, trx_id: str):
    other_sum(books, trx_id)
    one = await address(olga)
    healing = take(books, line(trx_id, account=NUMBER, amount="879,97"))
    assert (await olga.page(PAGE)).all(ROWS) == []
    page = await olga.page(one)
    assert f"позже сказала загрузка № {healing.load_id}" in page.text
    assert page.all("main form") == []
    assert (await send(olga, PAGE, f"{one}/settle", why="поздно")).status == 422
    undone(books, healing)
    assert await address(olga) == one


async def test_undoing_its_load_takes_it_away(olga: Browser, books: Books):
    load = balances(books, (NUMBER, "2026-10", "880,00"))
    one, back = await address(olga), f"/staff/loads/{load.load_id}/undo"
    assert "исчезнут: 1" in (await olga.page(back)).text
    assert (await send(olga, back, back, why="не тот месяц")).status == 303
    assert (await olga.page(PAGE)).all(ROWS) == []
    assert "Загрузка отменена" in (await olga.page(one)).text


async def test_many_are_shown_by_pages(
    olga: Browser, books: Books, monkeypatch: pytest.MonkeyPatch
):
    for module in ("differences", "views", "difference_views"):
        monkeypatch.setattr(f"lkcap.reconciliation.{module}.SHOWN", 2)
    balances(books, *((NUMBER, f"2025-{month:02d}", "1,00") for month in range(1, 6)))
    seen, page = [], await olga.page(PAGE)
    while True:
        seen += [row[0] for row in page.table("difference-rows")[1:]]
        older = [one for one in page.links if "before=" in one]
        if not older:
            break
        page = await olga.page(older[0].partition("#")[0])
    assert [name.partition(", ")[2] for name in seen] == [
        f"взнос, {month} 2025" for month in ("май", "апрель", "март", "февраль", "январь")
    ]
    assert differences.SHOWN == 2
    await olga.page(f"{PAGE}?before=x", status=422)


async def test_no_such_difference_is_not_found(olga: Browser):
    await olga.page(f"{SETTLED}/404", status=404)
    for action in ("settle", "reopen"):
        path = f"{SETTLED}/404/{action}"
        assert (await send(olga, PAGE, path, why="нет её")).status == 404


async def test_another_role_and_a_stranger_see_nothing(
    olga: Browser, books: Books, trx_id: str, config: Config
):
    other_sum(books, trx_id)
    one = await address(olga)
    async with Browser(olga.server, PASSWORD) as other:
        assert (await other.get(one)).location == "/staff/login"
        await Desk(config).enter(other, "operator")
        assert (await other.get(one)).status == 403
        assert (await send(other, "/staff/password", f"{one}/settle", why="я")).status == 403
    assert await address(olga) == one
