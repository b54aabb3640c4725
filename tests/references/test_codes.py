"""A code survives being typed from paper."""

import re

import pytest

from lkcap.references.codes import (
    ALPHABET,
    BadCode,
    grouped,
    new_code,
    number_of,
    parse_code,
    parse_number,
)
from lkcap.references.words import masked
from tests.references.test_issue import TODAY

CODE = "7K3M9QXA01BCZZ2P"


def test_a_code_has_eighty_random_bits():
    assert len(ALPHABET) == 32
    assert len({new_code() for _ in range(200)}) == 200
    assert re.fullmatch(f"[{ALPHABET}]{{16}}", new_code())


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9QXA-01BC-ZZ2P",
        "7k3m9qxa01bczz2p",
        " 7K3M 9QXA\t01BC–ZZ2P ",
        "7K3M-9QXA-OIBC-ZZ2P",
        "7K3M-9QXA-olbc-ZZ2P",
        "7К3М-9QХА-О1ВС-ZZ2Р",  # Russian letters of the same shape
    ],
)
def test_case_blanks_dashes_and_look_alikes_are_forgiven(typed: str):
    assert parse_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M-9QXA-01BC-ZZ2PX", "7K3M-9QXA-01BC-ZZ2U", "Ж" * 16]
)
def test_what_cannot_be_a_code_is_told_so(typed: str):
    with pytest.raises(BadCode, match=r"[зЗ]нак"):
        parse_code(typed)


def test_a_code_is_shown_in_groups():
    assert grouped(CODE) == "7K3M-9QXA-01BC-ZZ2P"
    assert parse_code(grouped(CODE)) == CODE


def test_a_number_is_read_back():
    assert number_of(17, TODAY) == "2026-000017"
    assert parse_number("2026-000017") == (2026, 17)
    assert parse_number("2026 1234567") == (2026, 1234567)
    assert parse_number(CODE) is None


@pytest.mark.parametrize(
    ("account", "shown"),
    [("86000000017", "•••••••0017"), ("12345678", "••••5678"), ("22", "•2"), ("7", "•")],
)
def test_an_account_shows_its_last_digits_alone(account: str, shown: str):
    assert masked(account) == shown
