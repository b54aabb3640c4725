"""The bank's question, before any money moves."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.banks.gpb.check import CheckCall, parse_check
from lkcap.banks.gpb.query import QUERY_BYTES_MAX, BadCall
from tests.banks.gpb.transcript import CHECK, ORDER, TERMS

ASKED = {
    "merch_id": "FA4E0000000000000001",
    "trx_id": "FA4E000000000001",
    "o.order_id": "9f1c2d3e",
    "ts": "20240417 12:02:00",
}
PAIRS = ["merch_id=1", "trx_id=2", "o.order_id=3", "ts=20240417+12%3A02%3A00", "o.x=%D0%B0", "&"]


def refusal(query: str | bytes) -> str:
    with pytest.raises(BadCall) as caught:
        parse_check(query)
    return str(caught.value)


@pytest.mark.parametrize("query", [CHECK, CHECK.encode()])
def test_the_call_of_the_transcript_is_read(query: str | bytes):
    assert parse_check(query) == CheckCall(
        merch_id=TERMS.merch_id,
        trx_id="FA4E000000000000000000000000A001",
        order_id=ORDER,
        at=datetime(2026, 1, 30, 11, 12, 40, tzinfo=UTC),
    )


def test_order_does_not_matter_and_unknown_parameters_are_not_even_decoded():
    query = urlencode(ASKED)
    assert parse_check("p.x=%zz%&o.name=%C0%FF&&flag&" + query) == parse_check(query)


def test_a_call_without_a_time_is_known():
    assert parse_check(urlencode(ASKED | {"ts": ""}).removesuffix("&ts=")).at is None


@pytest.mark.parametrize("name", ["merch_id", "trx_id", "o.order_id"])
@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "нет"),
        ("", "пусто"),
        ("+", "пусто"),
        ("%20%20", "пусто"),
        ("x" * 129, "длиннее"),
        ("%", "%"),
        ("%4", "%"),
        ("a%GG", "%"),
        ("%FF", "не UTF-8"),
        ("%ED%A0%80", "не UTF-8"),
        ("a%00", "непечатные"),
        ("a%0d%0ab", "непечатные"),
    ],
)
def test_a_value_that_matters_is_refused_by_name(name: str, value: str | None, why: str):
    pairs = [f"{key}={said.replace(' ', '+')}" for key, said in ASKED.items() if key != name]
    query = "&".join(pairs if value is None else [*pairs, f"{name}={value}"])
    said = refusal(query)
    assert name in said
    assert why in said


@pytest.mark.parametrize("again", ["trx_id=1", "trx%5Fid=1", "trx_id", "o.x=1&o.x=1", "o.x&o%2ex"])
def test_a_parameter_that_stands_twice_is_refused_however_it_is_written(again: str):
    assert refusal(f"{urlencode(ASKED)}&{again}") == "один параметр стоит дважды"


@pytest.mark.parametrize(
    "ts",
    [
        "2024-04-17 12:02:00",
        "20240417T12:02:00",
        "20240417 1:2:3",
        "2024417 12:02:00",
        "20240230 12:02:00",
        "20240417 24:00:00",
        "20240417 12:02:61",
        "00010101 00:00:00",
        "99991231 23:59:59",
        "٢٠٢٤٠٤١٧ 12:02:00",
        "now",
        "",
    ],
)
def test_a_time_that_register_could_not_book_is_refused_now(ts: str):
    assert refusal(urlencode(ASKED | {"ts": ts})).startswith("ts: ")


def test_a_call_longer_than_a_request_line_is_refused():
    query = urlencode(ASKED) + "&o.x="
    assert parse_check(query + "x" * (QUERY_BYTES_MAX - len(query))).trx_id == ASKED["trx_id"]
    assert "длиннее" in refusal(query + "x" * (QUERY_BYTES_MAX - len(query) + 1))


def test_a_refusal_quotes_nothing_of_what_was_sent():
    for name in ASKED:
        assert "Иванов" not in refusal(urlencode(ASKED | {name: "Иванов" * 30}))


@given(st.one_of(st.binary(max_size=300), st.text(st.characters(), max_size=300)))
def test_any_bytes_are_a_call_or_a_refusal(query: bytes | str):
    try:
        call = parse_check(query)
    except BadCall:
        return
    assert call.trx_id


@given(st.lists(st.sampled_from(PAIRS), max_size=8), st.binary(max_size=4), st.integers(0, 99))
def test_almost_a_call_is_a_call_or_a_refusal(pairs: list[str], noise: bytes, place: int):
    query = "&".join(pairs).encode()
    try:
        call = parse_check(query[:place] + noise + query[place:])
    except BadCall:
        return
    assert 0 < len(call.order_id) <= 128
    assert call.order_id.isprintable()
