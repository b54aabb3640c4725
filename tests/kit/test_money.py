"""Money: integer kopecks inside, roubles only where a person or a file reads them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.kit.money import (
    KOPECKS_MAX,
    BadAmount,
    data,
    half_up,
    parse_roubles,
    roubles,
    roubles_plain,
)

AMOUNTS = st.integers(-KOPECKS_MAX, KOPECKS_MAX)


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("1 234,5", 123450),
        ("1\u00a0234,56", 123456),
        ("1\u202f234.56", 123456),
        ("\u2212700,00", -70000),
        ("-0,01", -1),
        ("+15", 1500),
        (" 0 ", 0),
        ("100000000000", KOPECKS_MAX),
    ],
)
def test_an_amount_is_read_as_people_and_files_write_it(text: str, kopecks: int):
    assert parse_roubles(text) == kopecks


@pytest.mark.parametrize(
    "text",
    ["", " ", "1,234", "1.2.3", "12,", ",5", "12р", "1e3", "--1", "−", "0x10", "NaN", "1\n2"],
)
def test_what_is_no_amount_is_refused_and_never_rounded(text: str):
    with pytest.raises(BadAmount, match="не сумма в рублях"):
        parse_roubles(text)


def test_more_than_any_fund_holds_is_refused():
    with pytest.raises(BadAmount, match="слишком большая"):
        parse_roubles("100000000000,01")


def test_a_refusal_quotes_only_the_beginning_of_a_long_text():
    with pytest.raises(BadAmount) as caught:
        parse_roubles("x" * 10_000)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("kopecks", "page", "file"),
    [
        (0, "0,00", "0,00"),
        (5, "0,05", "0,05"),
        (-5, "\u22120,05", "-0,05"),
        (123456789, "1\u00a0234\u00a0567,89", "1234567,89"),
        (-123456, "\u22121\u00a0234,56", "-1234,56"),
    ],
)
def test_an_amount_is_written_for_a_page_and_for_a_file(kopecks: int, page: str, file: str):
    assert (roubles(kopecks), roubles_plain(kopecks)) == (page, file)


def test_an_amount_on_a_page_carries_its_kopecks():
    assert data(-123456) == '<data value="-123456">\u22121\u00a0234,56</data>'


@given(AMOUNTS)
def test_what_is_written_is_read_back_to_the_kopeck(kopecks: int):
    assert parse_roubles(roubles(kopecks)) == kopecks
    assert parse_roubles(roubles_plain(kopecks)) == kopecks


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text: str):
    try:
        kopecks = parse_roubles(text)
    except BadAmount:
        return
    assert abs(kopecks) <= KOPECKS_MAX


@pytest.mark.parametrize(("exact", "whole"), [("0.5", 1), ("-0.5", -1), ("1.49", 1), ("2.5", 3)])
def test_half_a_kopeck_is_rounded_away_from_zero(exact: str, whole: int):
    assert half_up(Decimal(exact)) == whole
