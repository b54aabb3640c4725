"""The facts of the account; what is not known is «нет данных»."""

from tests.accounts.conftest import NUMBER, Opener, told
from tests.browserless import Page
from tests.factory import ACCOUNT, Books


def facts(page: Page) -> str:
    return told(page).partition(f"Лицевой счёт {NUMBER}")[2]


async def test_a_person_s_account_is_described(books: Books, account_page: Opener):
    books.house().account(area="51,4", share="1/3")
    text = facts(await account_page())
    for fact in (
        "Собственник Примерова Анна Петровна",
        "Адрес г. Северореченск, ул. Кедровая, д. 14, кв. 27",
        "Площадь 51,4 м²",
        "Доля в праве 1/3",
        "Размер взноса 17,12 ₽ за 1 м² в месяц",
        "ЕЛС 99ЯЯ000001 идентификатор ЖКУ 99ЯЯ000001-01",
        "Счёт открыт 1 сентября 2014 г.",
    ):
        assert fact in text, fact
    assert "Счёт закрыт" not in text


async def test_an_organisation_is_called_by_its_name(books: Books, account_page: Opener):
    books.house().account(
        owner_kind="organization",
        organization="ООО «Ёлка & сыновья»",
        inn="7707083893",
        last_name="",
        premises_kind="nonliving",
        premises="1",
    )
    text = facts(await account_page())
    assert "Организация ООО «Ёлка & сыновья» ИНН 7707083893" in text
    assert "д. 14, пом. 1" in text
    assert "Собственник" not in text


async def test_what_is_not_known_is_said_so_and_never_zero(books: Books, account_page: Opener):
    books.house(rate="").account(
        area="", els="", service_id="", opened_on="", valid_from="2014-09-01"
    )
    text = facts(await account_page())
    for fact in ("Площадь нет данных", "Размер взноса нет данных", "ЕЛС нет данных"):
        assert fact in text, fact
    assert "Счёт открыт" not in text
    assert "0 м²" not in text


async def test_other_numbers_stand_with_their_dates(books: Books, account_page: Opener):
    books.house().account(aliases="550-01, 680015@2020-01-01")
    text = facts(await account_page())
    assert "Другие номера счёта 550-01" in text
    assert "680015 с 1 января 2020 г." in text


async def test_an_account_without_other_numbers_says_nothing_of_them(
    books: Books, account_page: Opener
):
    books.house().account()
    assert "Другие номера" not in told(await account_page())


async def test_the_rate_stands_with_the_one_before_it(books: Books, account_page: Opener):
    books.house().account()
    for since, rate in (("2025-01-01", "15,30"), ("2026-01-01", "17,12"), ("2027-01-01", "19,00")):
        books.add("tariffs", {"house_id": "H-1"}, valid_from=since, rate=rate)
    text = facts(await account_page())
    assert "17,12 ₽ за 1 м² в месяц с 1 января 2026 г., было 15,30 ₽" in text
    assert "19,00" not in text


async def test_the_working_is_shown_only_where_it_gives_the_sum_charged(
    books: Books, account_page: Opener
):
    books.house().account().entry("2026-11", amount="879,97")
    assert "17,12 ₽ × 51,4 м², предварительно" in told(await account_page())


async def test_another_sum_is_not_explained_by_a_formula(books: Books, account_page: Opener):
    books.house().account().entry("2026-11", amount="879,98")
    text = told(await account_page())
    assert "Взнос за ноябрь предварительно" in text
    assert "×" not in text


async def test_a_house_with_its_own_account_has_no_rate_here(books: Books, account_page: Opener):
    books.house(fund_method="special_other").account()
    text = told(await account_page())
    assert "взносы на счёт дома здесь не начисляются" in text
    assert "квитанцию даёт владелец этого счёта" in text


async def test_the_state_of_today_is_shown_not_the_future_one(books: Books, account_page: Opener):
    books.house().account().account(valid_from="2026-12-01", area="77,7")
    assert "51,4 м²" in facts(await account_page())


async def test_a_name_cannot_break_the_page(books: Books, account_page: Opener):
    books.house().account(last_name='<script>alert(1)</script>"', first_name="", middle_name="")
    page = await account_page()
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;" in page.html


def test_the_usual_account_of_the_tests_is_the_one_named_here():
    assert ACCOUNT["account"] == NUMBER
