"""Дом: the characteristics and the money named as in the manual, then the works."""

import re

import pytest

from lkcap.house.model import Hundred, KindMoney, Money, hundred
from lkcap.house.picture import FLOORS, WINDOWS, facade
from tests.browserless import Browser, Page
from tests.factory import Books
from tests.house.conftest import ALICE, NUMBER, Opener, inside, told

NAMES = (
    "Год постройки",
    "Общая площадь",
    "Площадь помещений",
    "Способ формирования фонда",
    "Установленный размер взноса",
    "Размер фонда капитального ремонта",
    "Израсходовано средств",
    "Начислено по дому, всего",
    "Собрано средств, всего",
    "Текущая задолженность, всего",
    "Основной долг",
    "Пеня",
)


@pytest.fixture
def street(books: Books) -> Books:
    """Two accounts: one owes, the other has paid ahead; 1 000 were charged and 700 paid."""
    books.house(spent="100,00").account(NUMBER).account("86000000025", premises="28")
    books.entry("2025-12", amount="600,00").entry("2025-12", amount="400,00", account="86000000025")
    books.entry("2026-01", op="payment", amount="100,00")
    books.entry("2026-01", op="payment", amount="600,00", account="86000000025")
    return books.entry("2026-02", kind="penalty", amount="7,00")


def money(page: Page) -> dict[str, list[str]]:
    rows = page.table("grid cards")
    assert rows[0] == ["Показатель", "Основной долг", "Пеня", "Всего"]
    return {name: sums for name, *sums in rows[1:]}


async def test_every_row_of_the_manual_has_its_name(street: Books, house_page: Opener):
    page = await house_page()
    for name in NAMES:
        assert name in inside(page), name
    assert "Список работ" not in inside(page), "it stands behind the house"
    assert "Список работ" in told(page)


async def test_the_sums_are_those_of_every_account(street: Books, house_page: Opener):
    found = money(await house_page())
    assert found["Начислено по дому, всего"] == ["1 000,00", "7,00", "1 007,00"]
    assert found["Собрано средств, всего"] == ["700,00", "0,00", "700,00"]


async def test_an_advance_of_one_account_does_not_cover_a_debt_of_another(
    street: Books, house_page: Opener
):
    found = money(await house_page())
    assert found["Текущая задолженность, всего"] == ["500,00", "7,00", "507,00"]


async def test_the_fund_is_what_was_collected_less_what_was_spent(
    street: Books, house_page: Opener
):
    text = inside(await house_page())
    assert "Размер фонда капитального ремонта 600,00 ₽" in text
    assert "Израсходовано средств 100,00 ₽" in text


async def test_recalculations_are_charged_and_corrections_are_not(books: Books, house_page: Opener):
    books.house().account().entry("2026-01", amount="100,00")
    for op, amount in (("recalculation", "-10,00"), ("act", "-5,00"), ("correction", "3,00")):
        books.entry("2026-02", op=op, amount=amount)
    books.entry("2026-03", op="write_off", amount="8,00")
    found = money(await house_page())
    assert found["Начислено по дому, всего"][0] == "85,00"
    assert found["Текущая задолженность, всего"][0] == "80,00"


async def test_a_closed_account_counts(street: Books, house_page: Opener):
    street.account("86000000033", premises="29", closed_on="2026-01-31")
    street.entry("2025-12", amount="50,00", account="86000000033")
    found = money(await house_page())
    assert found["Начислено по дому, всего"][0] == "1 050,00"
    assert found["Текущая задолженность, всего"][0] == "550,00"


async def test_a_debt_the_accounts_began_with_is_owed_but_was_not_charged(
    street: Books, house_page: Opener
):
    street.account("86000000033", premises="29")
    street.entry("2025-12", op="opening", amount="30,00", account="86000000033")
    found = money(await house_page())
    assert found["Начислено по дому, всего"][0] == "1 000,00"
    assert found["Текущая задолженность, всего"][0] == "530,00"


async def test_another_house_adds_nothing(street: Books, house_page: Opener):
    street.house(house_id="H-2", address="г. Дальний, д. 2").account("99", house_id="H-2")
    street.entry("2025-12", amount="9999,00", account="99")
    page = await house_page()
    assert money(page)["Начислено по дому, всего"][0] == "1 000,00"
    assert "Дальний" not in told(page)


async def test_the_day_of_the_numbers_is_shown(street: Books, house_page: Opener):
    assert "на 22 ноября 2026 г." in inside(await house_page())


async def test_what_is_not_known_is_said_so_and_never_zero(books: Books, house_page: Opener):
    unknown = dict.fromkeys(
        ("year_built", "total_area", "premises_area", "fund_method", "rate", "spent"), ""
    )
    books.house(**unknown).account()
    text = inside(await house_page())
    for name in NAMES[:7]:
        assert f"{name} нет данных" in text, name


async def test_unknown_spending_lights_no_window(books: Books, house_page: Opener):
    books.house(spent="").account().entry("2026-01").entry("2026-02", op="payment")
    assert "0 ₽ потрачено" not in told(await house_page())


async def test_what_is_known_is_shown_with_its_measure(books: Books, house_page: Opener):
    books.house().account()
    text = inside(await house_page())
    for fact in (
        "Год постройки 1987",
        "Общая площадь 3 412,6 м²",
        "Площадь помещений 3 105,2 м²",
        "Способ формирования фонда на счёте регионального оператора",
        "Установленный размер взноса 17,12 ₽ за 1 м² в месяц",
        "Израсходовано средств 1 250 000,00 ₽",
    ):
        assert fact in text, fact


async def test_a_dated_tariff_goes_before_the_rate_of_the_house(books: Books, house_page: Opener):
    books.house().account().add(
        "tariffs", {"house_id": "H-1"}, valid_from="2026-01-01", rate="18,5"
    )
    assert "Установленный размер взноса 18,50 ₽" in inside(await house_page())


async def test_the_works_stand_with_plan_and_fact(books: Books, house_page: Opener):
    work = {"house_id": "H-1", "kind": "Ремонт крыши", "position": 1, "last_year": 2001}
    done = {"status": "done", "finished_on": "2025-08-30", "actual_cost": "987654,32"}
    books.house().account().add(
        "works", work, planned_year=2025, planned_cost="1000000", contractor="ООО «Кровля»", **done
    )
    books.add("works", {"house_id": "H-1"}, position=2, kind="Лифт", status="planned")
    page = await house_page()
    roof, lift = page.table("grid cards works")[1:]
    assert roof[:5] == ["1", "Ремонт крыши", "2001", "2025", "1 000 000,00"]
    assert roof[5] == "принято 30.08.2025 по факту 987 654,32 ₽ ООО «Кровля»"
    assert lift == ["2", "Лифт", "не было", "нет данных", "нет данных", "в программе"]


async def test_the_nearest_work_is_told(books: Books, house_page: Opener):
    for position, (name, year, status) in enumerate(
        [("Фасад", 2031, "planned"), ("Крыша", 2028, "planned"), ("Лифт", 2020, "done")], 1
    ):
        work = {"position": position, "kind": name, "planned_year": year, "status": status}
        books.add("works", {"house_id": "H-1"}, **work)
    books.house().account()
    assert "Ближайшая работа – крыша, по плану в 2028 году." in told(await house_page())


async def test_a_house_without_works_says_so(books: Books, house_page: Opener):
    books.house().account()
    assert "работ пока нет" in told(await house_page())


def share_of(charged: int, paid: int, spent: int) -> Hundred | None:
    nothing = KindMoney("penalty", 0, 0, 0)
    return hundred(Money(KindMoney("principal", charged, paid, 0), nothing, spent))


@pytest.mark.parametrize(
    ("charged", "paid", "spent", "windows"),
    [
        (1000, 700, 100, (10, 60, 30)),
        (1000, 999, 0, (0, 99, 1)),
        (1000, 1000, 1000, (100, 0, 0)),
        (1000, 1500, 0, (0, 100, 0)),
        (1000, 500, 900, (50, 0, 50)),
        (1000, 0, 500, (0, 0, 100)),
        (1000, -50, 0, (0, 0, 100)),
        (3, 1, 1, (33, 0, 67)),
    ],
)
def test_the_windows_add_up_to_a_hundred(
    charged: int, paid: int, spent: int, windows: tuple[int, ...]
):
    share = share_of(charged, paid, spent)
    assert share is not None
    assert (share.spent, share.kept, share.unpaid) == windows
    drawn = "".join(path for _, path in facade(share))
    assert len(set(re.findall(r"M\d+ \d+", drawn))) == FLOORS * WINDOWS == 100


def test_a_house_that_was_charged_nothing_has_no_windows():
    assert share_of(0, 500, 0) is None


async def test_the_picture_says_the_same_as_its_words(street: Books, house_page: Opener):
    page = await house_page()
    assert page.h1 == "Дом собрал 69 ₽ из каждых 100 ₽ взносов"
    assert "Потрачено на ремонт 10, лежит в фонде 59, ещё не заплачено 31." in told(page)


def bars(page: Page) -> list[tuple[int, int, int]]:
    """(year, paid, charged) of the chart, the heights in its own units."""
    found = re.findall(
        r'class="paid" d="M\d+ (\d+)V(\d+).*?class="charged" d="M\d+ \d+V(\d+).*?>(\d{4})<',
        page.html,
        re.DOTALL,
    )
    return [
        (int(year), int(base) - int(paid), int(base) - int(top)) for base, paid, top, year in found
    ]


async def check_chart(page: Page) -> None:
    (table,) = [rows for rows in page.tables.values() if "Поступило" in rows[0]]
    amounts = {
        int(year): tuple(int(re.sub(r"\D", "", cell)) for cell in (paid, charged))
        for year, charged, paid in table[1:]
    }
    highest = max(max(pair) for pair in amounts.values())
    drawn = bars(page)
    assert {year for year, _, _ in drawn} == set(amounts)
    for year, *heights in drawn:
        for height, amount in zip(heights, amounts[year], strict=True):
            assert abs(height - amount * 140 / highest) <= 1, (year, height, amount)


async def test_the_chart_of_the_house_has_the_numbers_of_its_table(
    street: Books, house_page: Opener
):
    await check_chart(await house_page())


async def test_the_chart_of_the_fund_has_the_numbers_of_its_table(street: Books, browser: Browser):
    street.load()
    await check_chart(await browser.page("/fund"))


async def test_the_fund_is_open_to_everyone_and_says_its_totals(street: Books, browser: Browser):
    street.house(house_id="H-2", spent="").account("99", house_id="H-2").load()
    text = told(await browser.page("/fund"))
    assert "2 дома, 3 лицевых счёта. Собрано 700,00 ₽" in text
    assert "по взносам 500,00 ₽, по пеням 7,00 ₽" in text
    assert "Посчитано на 22 ноября 2026 г." in text


async def test_the_fund_is_readable_while_nothing_is_loaded(browser: Browser):
    text = told(await browser.page("/fund"))
    assert "Фонд капитального ремонта (проверка)" in text
    assert "0,00" not in text


async def test_the_fund_names_nobody(street: Books, browser: Browser):
    street.load()
    text = told(await browser.page("/fund"))
    assert "Примерова" not in text
    assert NUMBER not in text


async def test_the_house_follows_the_chosen_account(browser: Browser, street: Books):
    street.house(house_id="H-2", address="г. Дальний, д. 2").account("99", house_id="H-2").load()
    street.subscriber(ALICE, NUMBER, "99")
    await browser.login(ALICE)
    await browser.post("/account/switch", account="99")
    assert "Дальний" in told(await browser.page("/house"))
