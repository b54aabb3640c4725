"""Check digits of requisites: the vectors of the Bank of Russia and real numbers."""

import pytest

from lkcap.kit.requisites import account_key_is_right, inn_is_right, is_treasury_account


@pytest.mark.parametrize(
    ("bic", "account", "correspondent"),
    [
        ("049805000", "30101810800000000746", True),
        ("040305000", "40102810100000010001", False),
        ("049805746", "40602810700000000025", False),
        ("044541312", "30114B84600000000501", False),
        ("044525225", "40702810138250123017", False),
        ("044525225", "40702810338360027201", False),
        ("044525225", "30101810400000000225", True),
        ("047003764", "40702810600180000156", False),
        ("047003764", "30101810600000000764", True),
        ("046126614", "40703810953000000557", False),
        ("046126614", "30101810500000000614", True),
        ("049999999", "40703810600000000042", False),
        ("049999999", "30101810300000000999", True),
    ],
)
def test_a_right_account_key_is_recognised(bic: str, account: str, correspondent: bool):
    assert account_key_is_right(account, bic, correspondent=correspondent)


@pytest.mark.parametrize("place", [8, 9, 19])
def test_a_misprint_in_an_account_is_noticed(place: int):
    account = "40703810600000000042"
    wrong = account[:place] + str((int(account[place]) + 1) % 10) + account[place + 1 :]
    assert not account_key_is_right(wrong, "049999999")


@pytest.mark.parametrize(
    ("bic", "account"),
    [
        ("044525225", "30101810965770000413"),
        ("04452522", "40702810138250123017"),
        ("044525225", "4070281013825012301"),
        ("044525225", ""),
        ("", "40702810138250123017"),
        ("044525225", "407028101382501230²7"),
        ("04452522²", "40702810138250123017"),
    ],
)
def test_a_wrong_account_or_bic_does_not_fit(bic: str, account: str):
    assert not account_key_is_right(account, bic)
    assert not account_key_is_right(account, bic, correspondent=True)


@pytest.mark.parametrize("inn", ["7707083893", "7736520080", "500100732259", "6229990334"])
def test_a_right_inn_is_recognised(inn: str):
    assert inn_is_right(inn)


@pytest.mark.parametrize(
    "inn",
    ["6200098765", "519043001", "7707083894", "500100732258", "", "77070838 93", "²707083893"],
)
def test_a_wrong_inn_is_noticed(inn: str):
    assert not inn_is_right(inn)


def test_a_treasury_account_is_known_by_its_beginning():
    assert is_treasury_account("03224643000000000000")
    assert is_treasury_account("40102810100000010001")
    assert not is_treasury_account("40703810600000000042")
