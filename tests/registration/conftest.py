"""Anna with an account, an applicant who fills the form in, and the letters that wait."""

from datetime import timedelta

import pytest

from lkcap.config import Config
from lkcap.mail.letter import unseal
from tests.browserless import Answer, Browser
from tests.factory import Books

NUMBER, EMAIL = "86000000017", "anna@example.com"
ADDRESS = "г. Северореченск, ул. Кедровая, д. 14, кв. 27"
ANSWERS = {
    "address": ADDRESS,
    "account": NUMBER,
    "email": EMAIL,
    "last_name": "Примерова",
    "first_name": "Анна",
    "middle_name": "Петровна",
    "phone": "8 (912) 345-67-89",
    "document_type": "extract",
    "document_number": "99/2020/000000001",
    "document_date": "14.02.2020",
    "consent": "yes",
}
ORGANIZATION = {
    "last_name": "",
    "first_name": "",
    "middle_name": "",
    "organization": "ООО «Ромашка-001»",
    "inn": "0000000018",
}
# Nothing of a person's may be read outside the desk.
SECRETS = ("Примеров", "Петровна", "anna@", "9123456789", "345-67-89", "Кедровая", "99/2020")


@pytest.fixture
def fund(books: Books) -> Books:
    """Anna's flat with an old number, a firm's shop, and an old number of two accounts."""
    books.house().house(house_id="H-2", address="г. Северореченск, ул. Кедровая, д. 140")
    books.house(house_id="H-3", address="г. Северореченск, ул. Речная, д. 3, корп. 1")
    books.account(aliases="5500123,55")
    books.account(
        "86000000033", premises="28", last_name="Образцов", first_name="Иван", aliases="55"
    )
    books.account(
        "86000000041", house_id="H-3", premises="н1", premises_kind="nonliving",
        owner_kind="organization", organization="ООО «Ромашка-001»", inn="0000000018",
        last_name="", first_name="", middle_name="",
    )  # fmt: skip
    books.load()
    return books


class Applicant:
    """Sends the form and reads what came of it."""

    def __init__(self, browser: Browser, books: Books, config: Config) -> None:
        self.browser = browser
        self.books = books
        self.config = config

    async def send(self, **said: str) -> Answer:
        fields = {name: text for name, text in (ANSWERS | said).items() if text}
        return await self.browser.post("/register", **fields)

    async def sent(self, **said: str) -> int:
        """An application that was taken; its number."""
        answer = await self.send(**said)
        assert (answer.status, answer.location) == (303, "/register/sent"), answer.body.decode()
        ((application_id,),) = self.books.rows("SELECT max(application_id) FROM application")
        return int(application_id)

    async def confirmed(self, **said: str) -> int:
        application_id = await self.sent(**said)
        answer = await self.browser.post(self.link)
        assert (answer.status, answer.location) == (303, self.link)
        return application_id

    @property
    def letters(self) -> list[tuple[str, str, dict[str, object]]]:
        """(template, addressee, facts), in the order they were queued."""
        found = self.books.rows("SELECT name, recipient, facts FROM letter ORDER BY letter_id")
        keys = self.config.secret_keys
        return [(name, to, unseal(bytes(facts), keys)) for name, to, facts in found]

    @property
    def link(self) -> str:
        """The path of the link in the last letter that asks to confirm."""
        links = [facts["link"] for name, _, facts in self.letters if name == "confirm_registration"]
        return str(links[-1]).removeprefix(self.config.public_url)

    def findings(self, application_id: int) -> dict[str, tuple[str, str]]:
        found = self.books.rows(
            "SELECT what, verdict, words FROM application_finding WHERE application_id = %s"
            " ORDER BY position",
            application_id,
        )
        return {what: (verdict, words) for what, verdict, words in found}

    def state(self, application_id: int) -> str:
        ((state,),) = self.books.rows(
            "SELECT state::text FROM application WHERE application_id = %s", application_id
        )
        return str(state)

    def events(self, application_id: int) -> list[tuple[str, int | None]]:
        return self.books.rows(
            "SELECT what, staff_id FROM application_event WHERE application_id = %s"
            " ORDER BY event_id",
            application_id,
        )

    def grow_old(self, **by: float) -> None:
        """Everything happened so much earlier: `hours=73`."""
        columns = ("made_at", "token_until", "confirmed_at", "taken_at", "decided_at")
        moved = ", ".join(f"{one} = {one} - %s" for one in columns)
        self.books.rows(f"UPDATE application SET {moved}", *[timedelta(**by)] * len(columns))


@pytest.fixture
def applicant(fund: Books, browser: Browser, config: Config) -> Applicant:
    return Applicant(browser, fund, config)


@pytest.fixture
def employees(fund: Books) -> tuple[int, int]:
    """The ids of two operators."""
    made = fund.rows(
        "INSERT INTO staff (login, name, role, password_hash, totp_secret) VALUES"
        " ('one', 'Первый П. П.', 'operator', '', ''), ('two', 'Другова Д. Д.', 'operator', '', '')"
        " RETURNING staff_id"
    )
    (one,), (two,) = made
    return one, two
