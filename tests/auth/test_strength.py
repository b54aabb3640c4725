"""Which passwords are too easy, and what is said of them."""

import pytest

from lkcap.auth import strength
from lkcap.auth.strength import weakness

OWN = ("alice@example.com", "86000000017")


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-1",
        "мой кот васька",
        "шкаф под лестницей",
        "kR9#mw2!pQ",
        "kR9#mw2!pQ" * 20,
        "ё" * 3 + "жbн?эю7-щ",
    ],
)
def test_a_good_one_is_taken(password: str):
    assert weakness(password, OWN) is None


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", strength.SHORT),
        ("kR9#mw2", strength.SHORT),
        ("kR9#mw2!pQ" * 20 + "x", strength.LONG),
        ("Alice@Example.com", strength.OWN),
        ("860 000-000 17", strength.OWN),
        ("password1", strength.KNOWN),
        ("PASSWORD1", strength.KNOWN),
        ("йцукенгш", strength.KNOWN),
        ("aaaaaaaaaaaa", strength.WEAK),
        ("12345678901234", strength.WEAK),
        ("alice2026", strength.WEAK),
        ("капремонт2026", strength.WEAK),
    ],
)
def test_a_bad_one_is_named(password: str, told: str):
    assert weakness(password, OWN) == told


def test_without_words_of_one_s_own_it_is_judged_as_well():
    assert weakness("qwertyuiop", ()) == strength.KNOWN
    assert weakness("мой кот васька", ()) is None


def test_the_longest_costs_no_more_than_its_beginning(monkeypatch: pytest.MonkeyPatch):
    judged: list[int] = []
    original = strength.zxcvbn

    def noted(password: str, **more: object) -> object:
        judged.append(len(password))
        return original(password, **more)

    monkeypatch.setattr(strength, "zxcvbn", noted)
    weakness("4@8({[</369&#!1/|0$5+7%2" * 8, OWN)
    assert max(judged) == strength.JUDGED
