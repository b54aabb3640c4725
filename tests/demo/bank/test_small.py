"""Keys, fees, escapes, sums."""

from pathlib import Path

import pytest

from lkcap.demo.bank.keys import load_keys
from lkcap.demo.bank.wire import escaped, kopecks
from tests.demo.bank.shop import FEE


def test_keys_are_the_same_after_a_restart(keys: Path):
    first, second = load_keys(keys), load_keys(keys)
    assert first.current.sign("a") == second.current.sign("a")
    assert first.current.sign("a") != first.former.sign("a")
    assert (keys / "current.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("amount", "fee"),
    [(19439, 1500), (100_000, 1500), (100_033, 1500), (100_034, 1501), (10**9, 1500000)],
)
def test_the_fee_has_its_least_and_its_most(amount: int, fee: int):
    assert FEE.of(amount) == fee


def test_escapes_are_those_of_java():
    assert escaped("a b+c/d=e*~ё:") == "a+b%2Bc%2Fd%3De*%7E%D1%91%3A"


@pytest.mark.parametrize(("text", "amount"), [("10.5", 1050), ("10.05", 1005), ("7", 700)])
def test_roubles_with_a_point(text: str, amount: int):
    assert kopecks(text) == amount
