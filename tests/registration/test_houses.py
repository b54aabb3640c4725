"""The fund's houses while one types: addresses alone, and not for copying."""

import json

import pytest

from lkcap.config import Limit
from lkcap.registration import views
from tests.browserless import Browser
from tests.factory import Books

FIRST = "г. Северореченск, ул. Кедровая, д. 14"
SECOND = "г. Северореченск, ул. Кедровая, д. 140"


async def offered(browser: Browser, asked: str) -> list[str]:
    answer = await browser.get(f"/register/houses?q={asked}")
    assert (answer.status, answer.headers["Content-Type"].split(";")[0]) == (
        200,
        "application/json",
    )
    return json.loads(answer.body)


@pytest.mark.parametrize(
    "asked",
    ["север кедр 1", "КЕДРОВАЯ 14", "ул. Кедровая, д. 14", "Кедровая улица дом 14", "кедровая, 14",
     FIRST, f"{FIRST}, кв. 27"],
)  # fmt: skip
async def test_words_are_found_by_their_beginnings(fund: Books, browser: Browser, asked: str):
    assert await offered(browser, asked) == [FIRST, SECOND]


async def test_blocks_and_yo_make_no_difference(fund: Books, browser: Browser):
    fund.house(house_id="H-9", address="г. Северореченск, ул. Берёзовая, д. 5, корп. 2").load()
    for asked in ("березовая 5к2", "Берёзовая 5 корпус 2", "берез 5/2"):
        assert await offered(browser, asked) == ["г. Северореченск, ул. Берёзовая, д. 5, корп. 2"]


@pytest.mark.parametrize(
    "asked", ["", "ке", "лунная 14", "'&!():*", "%00%00%00", "улица дом", "x" * 5000]
)
async def test_what_means_nothing_offers_nothing(fund: Books, browser: Browser, asked: str):
    assert await offered(browser, asked) == []


async def test_at_most_ten_and_no_flats(books: Books, browser: Browser):
    for number in range(1, 31):
        books.house(house_id=f"H-{number}", address=f"г. Северореченск, ул. Кедровая, д. {number}")
    books.account(house_id="H-1").load()
    found = await offered(browser, "кедровая")
    assert len(found) == 10
    assert found[0].endswith("д. 1")
    assert not [one for one in found if "кв" in one or "27" in one.split("д. ")[1]]


async def test_whoever_copies_the_list_is_stopped(
    fund: Books, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(views, "HOUSES", Limit(count=2, seconds=900))
    statuses = [(await browser.get("/register/houses?q=кедр")).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    # the form itself still works
    assert (await browser.get("/register")).status == 200
