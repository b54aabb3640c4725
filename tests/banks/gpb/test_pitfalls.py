"""Bugs that others' public code for this protocol has had; the numbers are of our list of them."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from lkcap.banks.gpb.answers import payable
from lkcap.banks.gpb.check import parse_check
from lkcap.banks.gpb.keys import BadKeys, load_keys
from lkcap.banks.gpb.query import BadCall
from lkcap.banks.gpb.register import parse_register
from lkcap.banks.gpb.signature import BadSignature, verified
from lkcap.banks.gpb.start import start_url
from tests.banks.gpb.bank import PAID, call, keys, read, sign, signature
from tests.banks.gpb.transcript import REGISTER_URL, TERMS

QUERY = urlencode(PAID)


def is_signed(raw: bytes | str) -> bool:
    try:
        read(raw)
    except BadSignature:
        return False
    return True


def test_1_the_query_is_verified_as_it_came_not_sorted_nor_encoded_anew():
    made = signature(QUERY.encode()).replace("+", "%2B")
    assert is_signed(f"{QUERY}&signature={made}")
    assert not is_signed(f"{urlencode(sorted(parse_qsl(QUERY)))}&signature={made}")
    assert not is_signed(f"{unquote_plus(QUERY)}&signature={made}")


def test_2_the_signature_is_no_part_of_what_it_signs_and_its_verdict_counts():
    whole = f"{QUERY}&signature="
    assert not is_signed(f"{QUERY}&signature={signature(whole.encode())}")
    assert not is_signed(sign(QUERY).replace(b"amount=19439", b"amount=19438"))


def test_3_our_address_is_the_registered_one_not_the_one_the_proxy_called():
    behind = "http://127.0.0.1:8080/bank/gpb/register"
    with pytest.raises(BadSignature):
        parse_register(sign(QUERY), behind, keys())
    assert parse_register(sign(QUERY, url=behind), behind, keys()).amount == 19439


def test_4_a_certificate_that_cannot_be_read_is_not_a_line_in_a_log():
    with pytest.raises(BadKeys, match="/nonexistent"):
        load_keys(["/nonexistent/gpb.cer"])


@pytest.mark.parametrize("length", [0, 1, 255, 257, 512])
def test_6_a_signature_that_cannot_be_verified_at_all_is_a_bad_one(length: int):
    assert not is_signed(QUERY.encode() + b"&signature=" + b"%41" * length)
    (key,) = keys()
    assert not key.is_signature(bytes(length), b"")


@pytest.mark.parametrize(
    "tail", ["&result_code=1", "&signature=AAAA", "&", "%26result_code=1", "&o.order_id=mine"]
)
def test_7_nothing_is_read_behind_the_signature(tail: str):
    assert not is_signed(call(result_code="2") + tail.encode())
    with pytest.raises(BadSignature, match="стоит ещё что-то"):
        read(call(result_code="2") + b"&" + tail.encode())


def test_7_nothing_is_read_from_a_second_signature_either():
    assert not is_signed(b"x=1&signature=AAAA&" + call())
    assert not is_signed(sign(f"{QUERY}&signature=AAAA"))


def test_7_what_is_read_is_what_was_verified_and_no_more():
    assert verified(sign(QUERY), REGISTER_URL, keys())[0] == QUERY.encode()


def test_8_pluses_that_became_blanks_are_pluses():
    queries = (f"{QUERY}&n={n}" for n in range(99))
    query = next(one for one in queries if "+" in signature(one.encode()))
    assert is_signed(f"{query}&signature={signature(query.encode()).replace('+', '%20')}")


@pytest.mark.parametrize("amount", [1998, 1999, 1, 110, 429496729601, 9007199254740])
def test_9_kopecks_are_never_anything_but_an_integer(amount: int):
    assert read(call(amount=str(amount))).amount == amount
    answer = fromstring(payable("1", "2", amount, "", ""))
    assert answer.findtext("purchase/account-amount/amount") == str(amount)


def test_10_a_sum_that_the_payer_s_browser_carries_is_not_looked_at():
    assert read(call(o_amount="1")).amount == 19439
    with pytest.raises(BadCall, match="суммы нет"):
        read(call(amount=None, o_amount="19439"))


def test_18_the_bank_s_time_is_of_moscow():
    # 01:00 of 1 May there is 22:00 of 30 April in UTC
    found = read(call(ts="20240501 01:00:00"))
    assert found.at == datetime(2024, 4, 30, 22, 0, tzinfo=UTC)


def test_19_the_year_is_that_of_ts_not_of_the_time_without_a_year():
    found = read(call(ts="20260101 00:00:05", p_transmissionDateTime="1231235958"))
    assert found.at == datetime(2025, 12, 31, 21, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("rrn", ["17133445198 ", "000012345678", "9" * 40])
def test_20_an_rrn_is_text_without_its_blank(rrn: str):
    assert read(call(p_rrn=rrn)).rrn == rrn.strip()


def test_21_signs_of_xml_in_a_description_stay_signs():
    text = """ООО «Жилфонд» & "сыновья" <b>'"""
    answer = fromstring(payable("1", "2", 100, text[:30], text))
    assert answer.findtext("purchase/longDesc") == text
    assert answer.findtext("purchase/shortDesc") == text[:30]


def test_22_a_back_address_is_encoded_once_and_keeps_its_tail():
    back = "https://lk.example.ru/payment/1?a=1&b=2%203"
    url = start_url(TERMS, "1", back, back)
    assert "%3Fa%3D1%26b%3D2%25203" in url
    assert parse_qs(urlsplit(url).query)["back_url_s"] == [back]


def test_24_a_refusal_repeats_nothing_of_the_call_for_the_log_to_keep():
    with pytest.raises(BadCall) as caught:
        parse_check("merch_id=1&trx_id=2&o.order_id=%D0%98%D0%B2%D0%B0%D0%BD%00")
    assert "Иван" not in str(caught.value)
    with pytest.raises(BadSignature) as bad:
        read(f"{QUERY}&signature=411111xxxxxx1111")
    assert "4111" not in str(bad.value)
