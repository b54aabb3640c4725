"""Who may say how a payment ended: the bank, byte for byte."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.banks.gpb.query import QUERY_BYTES_MAX
from lkcap.banks.gpb.register import parse_register
from lkcap.banks.gpb.signature import BadSignature
from tests.banks.gpb.bank import NEW, OLD, PAID, call, read, sign, signature
from tests.banks.gpb.transcript import REGISTER_URL

LONG = {"o.name": "Ж" * 200, "p.cardholder": "IVAN IVANOV", "m.what": "a&b=c"}
SIGNED = call(**LONG)


def unsigned(raw: bytes | str) -> str:
    with pytest.raises(BadSignature) as caught:
        read(raw)
    return str(caught.value)


def test_either_of_two_keys_may_sign_and_it_is_told_which():
    query = urlencode(PAID)
    assert read(sign(query, OLD), OLD, NEW).key_id == OLD
    assert read(sign(query, NEW), OLD, NEW).key_id == NEW
    assert read(sign(query, NEW), NEW, OLD).key_id == NEW


def test_a_key_of_somebody_else_signs_nothing():
    assert unsigned(sign(urlencode(PAID), NEW)) == "подпись не сходится"
    with pytest.raises(BadSignature):
        parse_register(call(), REGISTER_URL, [])


@pytest.mark.parametrize(
    "write",
    [
        lambda text: text.replace("=", "%3D").replace("/", "%2F"),
        lambda text: text.replace("+", " "),
        lambda text: text.replace("+", "%20"),
        lambda text: text.replace("+", "%2b"),
        lambda text: "%0D%0A".join(text[i : i + 64] for i in range(0, len(text), 64)),
        lambda text: "\r\n".join(text[i : i + 76] for i in range(0, len(text), 76)),
    ],
)
def test_a_signature_is_read_as_proxies_and_encoders_leave_it(write):
    query = next(f"{urlencode(PAID)}&n={n}" for n in range(99) if "+" in made(n))
    text = signature(query.encode())
    assert read(f"{query}&signature={write(text)}").trx_id == PAID["trx_id"]


def made(n: int) -> str:
    return signature(f"{urlencode(PAID)}&n={n}".encode())


@pytest.mark.parametrize(
    "bad", ["", "=", "AAAA", "A" * 344, "*" * 344, "%", "%zz", "\u0430", "\ud800", "%00" * 256]
)
def test_what_is_no_signature_is_a_bad_one(bad: str):
    assert unsigned(f"{urlencode(PAID)}&signature={bad}")


@pytest.mark.parametrize("change", [lambda text: text + "A", lambda text: text[:-4], str.lower])
def test_a_signature_of_another_length_or_letter_case_is_a_bad_one(change):
    query = urlencode(PAID)
    assert unsigned(f"{query}&signature={change(signature(query.encode()).rstrip('='))}")


@pytest.mark.parametrize("raw", ["", urlencode(PAID), "signature=AAAA", "&SIGNATURE=AAAA"])
def test_a_call_without_a_signature_is_told_apart(raw: str):
    assert unsigned(raw) == "нет подписи"


def test_a_call_longer_than_a_request_line_is_not_even_verified():
    assert "длиннее" in unsigned(sign(urlencode(PAID) + "&x=" + "x" * QUERY_BYTES_MAX))


# --- whatever happens to the bytes


@given(st.integers(0, len(SIGNED) - 1), st.integers(0, 3), st.binary(min_size=1, max_size=3))
def test_altered_bytes_are_refused_or_say_the_same(place: int, dropped: int, put: bytes):
    altered = SIGNED[:place] + put + SIGNED[place + dropped :]
    try:
        found = read(altered)
    except BadSignature:
        return
    assert found == read(SIGNED)
    assert altered.startswith(SIGNED.partition(b"&signature=")[0] + b"&signature=")


@given(st.integers(0, len(SIGNED)), st.integers(0, len(SIGNED)))
def test_a_piece_put_before_or_after_changes_nothing_that_is_believed(first: int, last: int):
    piece = SIGNED[first:last]
    for altered in (piece + b"&" + SIGNED, SIGNED + b"&" + piece):
        with pytest.raises(BadSignature):
            read(altered)


@given(st.one_of(st.binary(max_size=400), st.text(st.characters(), max_size=400)))
def test_any_bytes_that_nobody_signed_are_a_bad_signature(raw: bytes | str):
    assert unsigned(raw)
    mark = "&signature=" if isinstance(raw, str) else b"&signature="
    assert unsigned(raw[:100] + mark + raw[100:])  # type: ignore[operator]
