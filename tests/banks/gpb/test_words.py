"""What a person reads where the bank says a code."""

import re

import pytest

from lkcap.banks.gpb.words import is_cancel, reason

CODES = [
    *("OK", "PREAUTHORIZE_OK", "ONLINE_RP_FAILED", "CPA_REJECTED", "CPA_NONE", "CPA_FAILED"),
    *("CLIENT_LOST", "USER_CANCEL", "PAYMENT_REJECTED", "PAYMENT_FAILED", "PAYMENT_REVERSED"),
    *("CS_NOTSUPPORTED", "CS_LIMITEXCEEDED", "CS_CARDNOTFOUND"),
]


def test_every_known_code_has_a_russian_sentence_of_its_own():
    told = [reason(code) for code in CODES]
    assert len({*told, reason("?")}) == len(CODES) + 1
    assert all(re.fullmatch(r"[А-ЯЁ][а-яё ,]+(\. [А-ЯЁ][а-яё ]+)?\.", text) for text in told)


@pytest.mark.parametrize("code", [None, "", "NEW_CODE_OF_2027", "user_cancel", "-2"])
def test_a_code_the_bank_has_just_invented_has_a_general_sentence(code: str | None):
    assert reason(code) == "Банк не провёл оплату."


def test_only_the_payer_himself_cancels():
    assert [code for code in CODES if is_cancel(code)] == ["USER_CANCEL"]
    assert not is_cancel(None)
