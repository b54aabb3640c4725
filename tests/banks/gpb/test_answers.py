"""Our XML as a strict reader of the bank sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lkcap.banks.gpb.answers import payable, refused, registered

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
ANY_TEXT = st.text(st.characters(), max_size=200)


def read(answer: bytes) -> etree._Element:
    assert answer.startswith(DECLARATION)
    return etree.fromstring(answer, etree.XMLParser(resolve_entities=False))


def test_the_elements_of_a_yes_stand_in_the_bank_s_order():
    root = read(payable("a" * 50, "b" * 32, 19439, "Взнос", "Взнос на капремонт"))
    assert [one.tag for one in root.iter()] == [
        "payment-avail-response",
        *("result", "code", "desc"),
        "merchant-trx",
        *("purchase", "shortDesc", "longDesc"),
        *("account-amount", "id", "amount", "currency", "exponent"),
    ]
    assert [one.text for one in root.iter() if not len(one)] == [
        *("1", "OK", "a" * 50),
        *("Взнос", "Взнос на капремонт"),
        *("b" * 32, "19439", "643", "2"),
    ]


@pytest.mark.parametrize("answer", [refused("x"), registered(1, "x"), registered(2, "x")])
def test_other_answers_hold_the_result_alone(answer: bytes):
    root = read(answer)
    assert [one.tag for one in root.iter()][1:] == ["result", "code", "desc"]
    assert not any(one.attrib or one.nsmap for one in root.iter())


def test_a_no_and_a_not_stored_are_two_and_stored_is_one():
    assert read(refused("x")).findtext("result/code") == "2"
    assert read(registered(2, "x")).findtext("result/code") == "2"
    assert read(registered(1, "x")).findtext("result/code") == "1"
    assert read(registered(1, "x")).tag == "register-payment-response"


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_is_cut_to_the_bank_s_limits_and_is_xml(short: str, long: str):
    root = read(payable("1", "2", 1, short, long))
    assert len(root.findtext("purchase/shortDesc")) <= 30
    assert len(root.findtext("purchase/longDesc")) <= 125
    assert len(read(refused(long)).findtext("result/desc")) <= 125
    assert len(read(registered(2, long)).findtext("result/desc")) <= 125


def test_texts_are_cut_at_the_limit_and_not_before():
    yes, no = read(payable("1", "2", 1, "ё" * 31, "ё" * 126)), read(refused("ё" * 126))
    assert yes.findtext("purchase/shortDesc") == "ё" * 30
    assert yes.findtext("purchase/longDesc") == no.findtext("result/desc") == "ё" * 125


def test_signs_that_xml_forbids_are_dropped_and_lines_joined():
    said = read(refused("нет\0 \x0bэтого\ud800 \ufffe\r\n\tзаказа \U0001f600")).findtext(".//desc")
    assert said == "нет этого заказа \U0001f600"


@pytest.mark.parametrize("order", ["", "a" * 51, "a\0", "a\nb", " a"])
def test_an_order_s_id_is_whole_or_not_said(order: str):
    with pytest.raises(ValueError, match="no such id"):
        payable(order, "2", 1, "", "")


@pytest.mark.parametrize("account", ["", "b" * 33])
def test_an_account_s_id_is_whole_or_not_said(account: str):
    with pytest.raises(ValueError, match="no such id"):
        payable("1", account, 1, "", "")


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_not_payable(amount: int):
    with pytest.raises(AssertionError):
        payable("1", "2", amount, "", "")
