"""The form: what it takes, what it sends back, and what it never tells."""

import asyncio

import pytest

from lkcap.config import Config
from lkcap.registration.model import UNCONFIRMED_MAX
from tests.browserless import Browser
from tests.conftest import settings
from tests.registration.conftest import (
    ADDRESS,
    ANSWERS,
    EMAIL,
    NUMBER,
    ORGANIZATION,
    SECRETS,
    Applicant,
)

KEPT = """
    SELECT address, account, number_key, email, last_name, phone, document_type::text,
           document_date::text, applicant::text, standing::text
      FROM application
"""


@pytest.fixture
def config(database: str) -> Config:
    return Config(**settings(database, limits={"register": "40/15m"}))


async def test_the_form_asks_what_the_manual_says(browser: Browser):
    page = await browser.page("/register")
    asked = {one["name"] for one in page.fields}
    assert asked == {*ANSWERS, "organization", "inn", "applicant", "standing"}
    assert [one.text for one in page.all("#document_type option")][1:] == [
        "Свидетельство о гос. регистрации",
        "Свидетельство о праве наследования",
        "Договор о передаче помещения в безвозмездное пользование",
        "Выписка из росреестра",
        "Иное",
    ]
    assert "/consent" in page.links
    assert not page.all("#consent[checked]")


async def test_the_front_page_leads_to_it(browser: Browser):
    assert "/register" in (await browser.page("/")).links


async def test_an_application_is_kept_and_a_letter_goes_out(applicant: Applicant):
    await applicant.sent()
    assert applicant.books.rows(KEPT) == [
        (ADDRESS, NUMBER, NUMBER, EMAIL, "Примерова", "+7 912 345-67-89", "extract", "2020-02-14",
         "person", "owner")
    ]  # fmt: skip
    ((name, to, facts),) = applicant.letters
    assert (name, to, facts["account"], facts["hours"]) == (
        "confirm_registration", EMAIL, NUMBER, 72
    )  # fmt: skip
    page = await applicant.browser.page("/register/sent")
    assert page.h1 == "Мы отправили письмо"


async def test_the_link_is_known_by_its_hash_alone(applicant: Applicant):
    await applicant.sent()
    token = applicant.link.removeprefix("/register/confirm/")
    assert len(token) == 43
    ((row,),) = applicant.books.rows("SELECT application::text FROM application")
    assert token not in row


async def test_the_consent_is_kept_with_the_day_of_its_text(applicant: Applicant):
    await applicant.sent()
    ((version, is_now, sent_from),) = applicant.books.rows(
        "SELECT consent_version::text, consent_at = made_at, sent_from FROM application"
    )
    assert (version, is_now, sent_from) == ("2026-11-22", True, "127.0.0.1")
    page = await applicant.browser.page("/consent")
    assert "Редакция от 22 ноября 2026 г." in page.text
    assert "Фонд капитального ремонта (проверка)" in page.by_id("main")


@pytest.mark.parametrize(
    "said",
    [
        {"account": " 8600 0000-017 "},
        {"email": " Anna@Example.COM "},
        {"last_name": "  ПРИМЕРОВА "},
        {"phone": "+7 912 3456789"},
        {"document_date": "2020-02-14"},
        {"document_date": " 14.2.2020 г."},
        {"middle_name": ""},
        {"document_type": "other", "standing": "tenant"},
        {"standing": "representative"},
        {"account": "NEW-1/2"},
        {"email": "anna@почта.рф"},
    ],
)
async def test_spelling_is_nobody_s_mistake(applicant: Applicant, said: dict[str, str]):
    assert (await applicant.send(**said)).status == 303


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("address", " ", "Введите адрес помещения"),
        ("account", "", "Введите номер лицевого счёта"),
        ("account", "evil.example/?a=1", "только цифры"),
        ("email", "m.obraztsova", "Не хватает @"),
        ("email", "anna@localhost", "Проверьте адрес почты"),
        ("email", "аnna@example.com", "Проверьте раскладку"),
        ("email", "Anna <anna@example.com>", "Проверьте адрес почты"),
        ("last_name", "", "Введите фамилию"),
        ("first_name", "", "Введите имя"),
        ("last_name", "я" * 101, "не длиннее 100"),
        ("phone", "12-34-56", "10 цифр с кодом города"),
        ("phone", "нет", "Введите телефон цифрами"),
        ("document_type", "", "Выберите тип документа"),
        ("document_number", "", "Введите номер документа"),
        ("document_date", "30.02.2020", "Такого дня нет: в феврале 2020 года 29 дней"),
        ("document_date", "23.11.2026", "Этот день ещё не наступил"),
        ("document_date", "31.12.1899", "Проверьте год: он от 1900 до 2026"),
        ("document_date", "2020-13-01", "Такого месяца нет"),
        ("document_date", "вчера", "Введите день, месяц и год"),
        ("consent", "", "Отметьте согласие"),
    ],
)
async def test_a_mistake_comes_back_beside_its_field(
    applicant: Applicant, field: str, text: str, told: str
):
    answer = await applicant.send(**{field: text})
    assert answer.status == 422
    page = answer.page
    page.check()
    assert told in page.by_id(f"{field}-error")
    assert page.all(f'.errors a[href="#{field}"]')
    assert page.title.startswith("Ошибка: ")
    assert page.all("#first_name")[0].get("value", "") == ("" if field == "first_name" else "Анна")
    assert applicant.books.rows("SELECT count(*) FROM application") == [(0,)]
    assert applicant.letters == []


async def test_an_empty_form_names_every_field_it_needs(browser: Browser):
    page = (await browser.post("/register")).page
    told = [link.get("href") for link in page.all(".errors a")]
    assert told == [
        "#address", "#account", "#last_name", "#first_name", "#email", "#phone", "#document_type",
        "#document_number", "#document_date", "#consent",
    ]  # fmt: skip


async def test_an_unknown_choice_is_refused(applicant: Applicant):
    for field in ("document_type", "standing", "applicant"):
        assert (await applicant.send(**{field: "nonsense"})).status == 422


async def test_an_organization_has_a_name_and_an_inn(applicant: Applicant):
    await applicant.sent(**ORGANIZATION, applicant="organization", account="86000000041")
    found = applicant.books.rows(
        "SELECT applicant::text, last_name, organization, inn FROM application"
    )
    assert found == [("organization", None, "ООО «Ромашка-001»", "0000000018")]


async def test_an_organization_is_understood_without_the_switch(applicant: Applicant):
    assert (await applicant.send(**ORGANIZATION)).status == 303


@pytest.mark.parametrize("inn", ["", "0000000019", "12345"])
async def test_an_organization_needs_a_right_inn(applicant: Applicant, inn: str):
    page = (await applicant.send(**ORGANIZATION | {"inn": inn})).page
    assert "ИНН" in page.by_id("inn-error")
    # what was filled in is shown, whatever the switch said
    assert page.all("#applicant-1[checked]")


async def test_the_answer_is_the_same_whatever_is_known(applicant: Applicant):
    applicant.books.subscriber("known@example.com", NUMBER)
    cases = [
        {},
        {"account": "99999999999"},
        {"email": "known@example.com"},
        {"account": "55", "email": "other@example.com"},
        {"last_name": "Чужая", "address": "Луна"},
    ]
    answers = [await applicant.send(**said) for said in cases]
    assert {(one.status, one.location, one.body) for one in answers} == {
        (303, "/register/sent", answers[0].body)
    }
    assert len(applicant.letters) == len(cases)
    assert {name for name, _, _ in applicant.letters} == {"confirm_registration"}


async def test_a_button_pressed_twice_makes_one_application(applicant: Applicant):
    token = await applicant.browser.token()
    answers = await asyncio.gather(
        *(applicant.browser.post("/register", csrf=token, **ANSWERS) for _ in range(5))
    )
    assert {(one.status, one.location) for one in answers} == {(303, "/register/sent")}
    assert applicant.books.rows("SELECT count(*) FROM application") == [(1,)]
    assert len(applicant.letters) == 1


async def test_what_was_corrected_or_comes_later_is_another_application(applicant: Applicant):
    await applicant.sent()
    await applicant.sent(middle_name="Павловна")
    applicant.grow_old(minutes=11)
    await applicant.sent()
    assert len(applicant.letters) == 3


async def test_nobody_s_mailbox_is_flooded(applicant: Applicant):
    for number in range(UNCONFIRMED_MAX + 2):
        assert (await applicant.send(document_number=str(number + 1))).status == 303
    assert len(applicant.letters) == UNCONFIRMED_MAX


async def test_logs_hold_nothing_of_the_applicant(
    applicant: Applicant, capfd: pytest.CaptureFixture[str]
):
    await applicant.confirmed()
    await applicant.send(email="anna@", document_date="1")
    token = applicant.link.removeprefix("/register/confirm/")
    told = capfd.readouterr()
    logs = told.out + told.err
    assert "/register/confirm/{token}" in logs
    assert not [secret for secret in (*SECRETS, token) if secret in logs]


async def test_no_application_is_kept_without_its_letter(applicant: Applicant):
    applicant.books.rows("ALTER TABLE letter RENAME TO gone")
    assert (await applicant.send()).status == 500
    assert applicant.books.rows("SELECT count(*) FROM application") == [(0,)]


async def test_a_form_needs_its_token(browser: Browser):
    assert (await browser.post("/register", csrf="wrong", **ANSWERS)).status == 403


class TestFew:
    """LIMITS__REGISTER counts forms, those with mistakes too."""

    @pytest.fixture
    def config(self, database: str) -> Config:
        return Config(**settings(database, limits={"register": "3/15m"}))

    async def test_past_the_limit_it_is_429(self, applicant: Applicant):
        sent = [await applicant.send(document_number=str(one), email="") for one in (1, 2)]
        sent += [await applicant.send(document_number=str(one)) for one in (3, 4)]
        assert [one.status for one in sent] == [422, 422, 303, 429]
        assert int(sent[-1].headers["Retry-After"]) > 800
        assert (await applicant.browser.get("/register")).status == 200
