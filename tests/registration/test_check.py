"""The automatic check: what agrees, what differs, what cannot be compared."""

import pytest

from tests.registration.conftest import EMAIL, NUMBER, ORGANIZATION, SECRETS, Applicant


def verdicts(applicant: Applicant, application_id: int) -> dict[str, str]:
    return {what: found[0] for what, found in applicant.findings(application_id).items()}


async def test_everything_agrees(applicant: Applicant):
    found = verdicts(applicant, await applicant.sent())
    assert list(found) == [
        "account", "closed", "address", "last_name", "first_name", "middle_name", "linked", "repeat"
    ]  # fmt: skip
    assert set(found.values()) == {"agree"}


async def test_nothing_is_known_of_an_account_that_is_not_there(applicant: Applicant):
    found = verdicts(applicant, await applicant.sent(account="99999999999"))
    assert found.pop("account") == "differ"
    assert found.pop("repeat") == "agree"
    assert set(found.values()) == {"unknown"}


@pytest.mark.parametrize(
    ("said", "what", "verdict"),
    [
        ({"account": "5500123"}, "account", "agree"),
        ({"account": "8600 0000-017"}, "account", "agree"),
        ({"address": "г. Северореченск, ул. Кедровая, д. 14, кв. 72"}, "address", "differ"),
        ({"address": "г. Северореченск, ул. Кедровая, д. 14"}, "address", "unknown"),
        ({"last_name": "ПРИМЕРОВА"}, "last_name", "agree"),
        ({"last_name": "Образцова-Примерова"}, "last_name", "agree"),
        ({"last_name": "Чужая"}, "last_name", "differ"),
        ({"last_name": "Чужая", "standing": "tenant"}, "last_name", "unknown"),
        ({"last_name": "Чужая", "standing": "representative"}, "last_name", "unknown"),
        ({"first_name": "А."}, "first_name", "agree"),
        ({"middle_name": "Ивановна"}, "middle_name", "differ"),
        ({"middle_name": ""}, "middle_name", "unknown"),
        ({"account": "86000000041"}, "last_name", "differ"),
    ],
)
async def test_one_thing_is_compared(
    applicant: Applicant, said: dict[str, str], what: str, verdict: str
):
    assert verdicts(applicant, await applicant.sent(**said))[what] == verdict


async def test_a_tenant_is_told_to_be_one(applicant: Applicant):
    found = applicant.findings(await applicant.sent(last_name="Чужая", standing="tenant"))
    assert found["last_name"] == (
        "unknown", "заявитель – наниматель, а не собственник: сверьте документ"
    )  # fmt: skip


async def test_an_organization_is_known_by_its_name_and_inn(applicant: Applicant):
    address = "Северореченск, Речная, дом 3, корпус 1, помещение н1"
    said = ORGANIZATION | {"account": "86000000041", "address": address}
    found = verdicts(applicant, await applicant.sent(**said))
    assert list(found)[3:5] == ["organization", "inn"]
    assert set(found.values()) == {"agree"}
    other = verdicts(applicant, await applicant.sent(**said | {"inn": "7707083893"}))
    assert other["inn"] == "differ"


async def test_an_old_number_of_two_accounts_is_decided_by_the_address(applicant: Applicant):
    application_id = await applicant.sent(account="55")
    assert applicant.findings(application_id)["account"] == (
        "agree", "назван другой номер этого счёта"
    )  # fmt: skip
    other = await applicant.sent(account="55", address="Северореченск, Кедровая 14")
    found = verdicts(applicant, other)
    assert (found["account"], found["address"]) == ("unknown", "unknown")
    assert applicant.books.rows(
        "SELECT account_id IS NULL FROM application ORDER BY application_id"
    ) == [(False,), (True,)]


async def test_a_closed_account_is_told(applicant: Applicant):
    applicant.books.account("86000000058", premises="9", closed_on="2025-01-01").load()
    found = verdicts(applicant, await applicant.sent(account="86000000058"))
    assert found["closed"] == "differ"


async def test_the_owner_of_today_counts(applicant: Applicant):
    applicant.books.account(valid_from="2026-11-01", last_name="Новосёлова").load()
    assert verdicts(applicant, await applicant.sent())["last_name"] == "differ"


async def test_access_that_is_there_already_is_told(applicant: Applicant):
    applicant.books.subscriber(EMAIL.upper(), NUMBER)
    assert verdicts(applicant, await applicant.sent())["linked"] == "differ"
    assert verdicts(applicant, await applicant.sent(email="b@example.com"))["linked"] == "agree"


async def test_access_of_the_former_owner_is_none(applicant: Applicant):
    applicant.books.subscriber(EMAIL, NUMBER)
    applicant.books.account(valid_from="2026-11-01", last_name="Новосёлова").load()
    found = verdicts(applicant, await applicant.sent(last_name="Новосёлова"))
    assert found["linked"] == "agree"


async def test_a_repeat_is_told_when_the_first_one_waits(applicant: Applicant):
    await applicant.confirmed()
    # by another number of the same account
    assert verdicts(applicant, await applicant.sent(account="5500123"))["repeat"] == "differ"
    found = applicant.findings(await applicant.sent(email="other@example.com"))
    assert found["repeat"] == ("unknown", "на этот счёт ждёт решения заявка с другой почты")


async def test_the_books_are_looked_at_again_at_confirmation(applicant: Applicant):
    application_id = await applicant.sent(
        account="86000000099", address="Северореченск, Кедровая 14-3"
    )
    link = applicant.link
    applicant.books.account("86000000099", premises="3").load()
    await applicant.browser.post(link)
    assert set(verdicts(applicant, application_id).values()) == {"agree"}


@pytest.mark.parametrize(
    "address", ["Луна", "Северореченск, Кедровая", "Северореченск, Речная 3 к 1"]
)
async def test_a_house_is_looked_for_where_the_account_is_not_known(
    applicant: Applicant, address: str
):
    found = applicant.findings(await applicant.sent(account="99999999999", address=address))
    assert found["address"][0] == "unknown"
    assert ("нашлось" in found["address"][1]) == (address == "Луна")


async def test_findings_hold_nobody_s_data(applicant: Applicant):
    await applicant.sent(last_name="Чужая", account="55", address="Речная 1")
    words = str(applicant.books.rows("SELECT words FROM application_finding"))
    assert not [secret for secret in (*SECRETS, "Чужая", "Речная") if secret in words]
