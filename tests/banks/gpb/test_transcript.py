"""The payment of the transcript, byte for byte."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from lkcap.banks.gpb.answers import payable, refused, registered
from lkcap.banks.gpb.keys import Key, load_keys
from lkcap.banks.gpb.register import RegisterCall, parse_register
from lkcap.banks.gpb.signature import BadSignature
from tests.banks.gpb.transcript import (
    FAILURE,
    KEY,
    ORDER,
    PAYABLE,
    REFUSED,
    REGISTER_URL,
    REGISTERED,
    SUCCESS,
    TERMS,
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    path: Path = tmp_path_factory.mktemp("gpb") / "bank.pem"
    path.write_bytes(KEY)
    return load_keys([path])[0]


@pytest.mark.parametrize(
    ("query", "length", "sha1"),
    [
        (SUCCESS, 427, "b5b24b5a58da2551d66e4b159a1370317b660498"),
        (FAILURE, 295, "0e464ad62b307450f7318d50e9d134b7964c9dc5"),
    ],
)
def test_the_signed_text_is_what_the_bank_has_signed(query: str, length: int, sha1: str):
    signed = f"{REGISTER_URL}?{query.partition('&signature=')[0]}".encode()
    assert len(signed) == length
    assert hashlib.sha1(signed).hexdigest() == sha1


@pytest.mark.parametrize("kind", [str, str.encode])
def test_the_success_is_read(key: Key, kind: type[str]):
    assert parse_register(kind(SUCCESS), REGISTER_URL, [key]) == RegisterCall(
        trx_id="FA4E000000000000000000000000A001",
        merch_id=TERMS.merch_id,
        merchant_trx="9f1c2d3e",
        order_id=ORDER,
        is_paid=True,
        ext_result_code=None,
        amount=1234556,
        account_id=TERMS.account_id,
        rrn="603012345678",
        auth_code="A1B2C3",
        masked_pan="220070xxxxxx0001",
        payment_system="MIR",
        src_type="CARD",
        at=datetime(2026, 1, 30, 11, 15, 3, tzinfo=UTC),
        key_id=key.id,
    )


def test_the_failure_is_read(key: Key):
    call = parse_register(FAILURE, REGISTER_URL, [key])
    assert (call.is_paid, call.ext_result_code, call.amount) == (False, "USER_CANCEL", 1234556)
    assert call.order_ids == ("7a7b7c7d", ORDER)
    assert call.at == datetime(2026, 1, 30, 11, 20, 41, tzinfo=UTC)
    assert {call.rrn, call.auth_code, call.masked_pan, call.src_type} == {None}


SIGNED, _, SIGNATURE = SUCCESS.partition("&signature=")
ALTERED = {
    "decoded": f"{unquote_plus(SIGNED)}&signature={SIGNATURE}",
    "%20 for +": f"{SIGNED.replace('+', '%20')}&signature={SIGNATURE}",
    "lower-case escapes": f"{SIGNED.replace('%3A', '%3a')}&signature={SIGNATURE}",
    "trailing &": f"{SIGNED}&&signature={SIGNATURE}",
    "leading ?": f"?{SUCCESS}",
    "the other call's signature": f"{SIGNED}&signature={FAILURE.partition('&signature=')[2]}",
    "no signature": SIGNED,
    "blank signature": f"{SIGNED}&signature=",
}


@pytest.mark.parametrize("how", ALTERED)
def test_another_spelling_of_the_same_query_is_not_what_was_signed(key: Key, how: str):
    with pytest.raises(BadSignature):
        parse_register(ALTERED[how], REGISTER_URL, [key])


@pytest.mark.parametrize(
    "url",
    [
        REGISTER_URL.replace("https", "http"),
        REGISTER_URL.replace(":8443", ""),
        REGISTER_URL.replace(":8443", ":443"),
        REGISTER_URL.replace("localhost", "LOCALHOST"),
        REGISTER_URL + "/",
        REGISTER_URL + "?",
        "",
    ],
)
def test_another_spelling_of_our_address_is_not_what_was_signed(key: Key, url: str):
    with pytest.raises(BadSignature, match="не сходится"):
        parse_register(SUCCESS, url, [key])


def test_our_answers_are_those_of_the_transcript():
    texts = ("Взнос на капремонт", f"Взнос на капитальный ремонт, начисление {ORDER}")
    assert payable("9f1c2d3e", TERMS.account_id, 1234556, *texts) == PAYABLE.encode()
    assert refused("Unable to accept this payment") == REFUSED.encode()
    assert registered(1, "OK") == REGISTERED.encode()
