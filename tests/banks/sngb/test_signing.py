"""udf5: one text of the sum in the form and under the signature."""

import pytest

from lkcap.banks.sngb.signing import PURCHASE, amt, is_echo, refund_signature, signature
from tests.banks.sngb.conftest import ORDER, terms

TERMS = terms("http://127.0.0.1")
PURCHASE_OF_VECTOR = "cac97c35d71a387c9f8c5988f7ca8b321e83e19b"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1, "0.01"),
        (10, "0.10"),
        (1050, "10.50"),
        (100_000, "1000.00"),
        (1_234_556, "12345.56"),
        (100_000_000, "1000000.00"),
    ],
)
def test_a_sum_has_both_its_kopecks(amount: int, text: str):
    assert amt(amount) == text


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_is_not_asked_for(amount: int):
    with pytest.raises(ValueError):
        amt(amount)


def test_a_purchase_is_signed_as_the_bank_does():
    assert signature(TERMS, 12_345_56, ORDER, PURCHASE) == PURCHASE_OF_VECTOR


def test_a_refund_is_signed_without_its_action_unless_the_setting_says_so():
    assert refund_signature(TERMS, 12_345_56, ORDER) == "5c69305cc5df7a8a9aeb51816ef91fc2b348c853"
    with_action = terms("http://127.0.0.1", refund_signs_action=True)
    assert refund_signature(with_action, 12_345_56, ORDER) == signature(
        TERMS, 12_345_56, ORDER, "2"
    )


@pytest.mark.parametrize("psk", [None, ""])
def test_without_a_key_nothing_is_signed(psk: str | None):
    with pytest.raises(ValueError, match="PSK"):
        signature(terms("http://127.0.0.1", psk=psk), 100, ORDER, PURCHASE)


def test_an_echo_is_of_this_order_and_this_sum():
    assert is_echo(TERMS, 12_345_56, ORDER, PURCHASE_OF_VECTOR)
    assert not is_echo(TERMS, 12_345_50, ORDER, PURCHASE_OF_VECTOR)
    assert not is_echo(TERMS, 12_345_56, "KR-2026-000124", PURCHASE_OF_VECTOR)


@pytest.mark.parametrize("udf5", ["", "0", "ж" * 40, PURCHASE_OF_VECTOR[:-1]])
def test_what_we_have_not_signed_is_no_echo(udf5: str):
    assert not is_echo(TERMS, 12_345_56, ORDER, udf5)
