"""The address that sends the payer to the bank."""

from urllib.parse import parse_qs, urlsplit

import pytest

from lkcap.banks.gpb.start import start_url
from tests.banks.gpb.transcript import BACK, ORDER, START, TERMS


def start(**terms: str) -> str:
    return start_url(TERMS.model_copy(update=terms), ORDER, *BACK)


def test_the_address_is_the_one_of_the_transcript():
    assert start() == START


def test_a_back_address_with_a_query_of_its_own_stays_one_value():
    back = "https://lk.example.ru/payment/1?a=1&b=%D0%B0+c#d"
    url = start_url(TERMS, ORDER, back, "https://lk.example.ru/?x=Ё&merch_id=1")
    query = parse_qs(urlsplit(url).query)
    assert query["back_url_s"] == [back]
    assert query["back_url_f"] == ["https://lk.example.ru/?x=Ё&merch_id=1"]
    assert query["merch_id"] == [TERMS.merch_id]


@pytest.mark.parametrize(
    ("setting", "written"),
    [
        ("", "lang=RU"),
        ("lang", "lang=RU"),
        ("lang_code", "lang_code=RU"),
        ("lang_code=RU", "lang_code=RU"),
        ("lang=EN", "lang=EN"),
    ],
)
def test_the_language_is_written_as_the_bank_s_page_knows_it(setting: str, written: str):
    assert start(lang_param=setting).startswith(f"{TERMS.start_url}?{written}&merch_id=")


def test_the_skin_of_the_page_is_named_only_where_there_is_one():
    assert "&page_id=FA4E03&" in start(page_id="FA4E03")
    assert "page_id" not in start()


@pytest.mark.parametrize("tail", ["?shop=1", "?shop=1&", "?"])
def test_a_start_address_keeps_its_own_query(tail: str):
    url = start(start_url="https://lt.pga.gazprombank.ru/pages" + tail)
    before, _, rest = url.partition("lang=RU&")
    assert before == "https://lt.pga.gazprombank.ru/pages" + tail + "&" * (tail == "?shop=1")
    assert rest.startswith("merch_id=")


def test_the_amount_does_not_travel_with_the_browser():
    assert set(parse_qs(urlsplit(start()).query)) == {
        "lang",
        "merch_id",
        "back_url_s",
        "back_url_f",
        "o.order_id",
    }
