"""Codes of RFC 6238: a step of slack, and none taken twice."""

from datetime import UTC, datetime

import pyotp
import pytest
from cryptography.fernet import Fernet, InvalidToken

from lkcap.auth import totp
from lkcap.config import Config
from tests.conftest import KEY, settings

# RFC 6238, appendix B: SHA-1 of this secret at the 59th second gives 94287082.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = datetime.fromtimestamp(59, UTC)
STEP = 1


def config(*keys: str) -> Config:
    return Config(**settings("postgresql://nobody@/nowhere", secret_keys=",".join(keys)))


def test_the_standard_s_own_code_fits():
    assert totp.accepts(SECRET, "287082", NOW, None) == STEP
    assert totp.accepts(SECRET, " 287 082 ", NOW, None) == STEP


@pytest.mark.parametrize(
    ("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_wrong_by_a_step(steps: int, fits: bool):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    current = int(now.timestamp()) // totp.STEP_SECONDS
    code = pyotp.TOTP(SECRET).generate_otp(current + steps)
    assert totp.accepts(SECRET, code, now, None) == (current + steps if fits else None)


@pytest.mark.parametrize(("last", "fits"), [(STEP - 1, True), (STEP, False), (STEP + 1, False)])
def test_no_step_is_taken_twice_nor_an_earlier_one(last: int, fits: bool):
    assert (totp.accepts(SECRET, "287082", NOW, last) is not None) == fits


@pytest.mark.parametrize("code", ["", "28708", "2870820", "28708x", "٢٨٧٠٨٢", "-87082", "94287082"])
def test_what_is_not_six_digits_does_not_fit(code: str):
    assert totp.accepts(SECRET, code, NOW, None) is None


def test_a_secret_is_stored_under_the_first_key_and_read_by_all():
    new_key = Fernet.generate_key().decode()
    stored = totp.encrypted(config(KEY), SECRET)
    assert SECRET.encode() not in stored
    assert totp.decrypted(config(new_key, KEY), stored) == SECRET
    with pytest.raises(InvalidToken):
        totp.decrypted(config(new_key), stored)


def test_a_new_secret_is_long_and_never_the_same():
    made = {totp.new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {32}
