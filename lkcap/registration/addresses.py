"""Addresses as people write them, beside the fund's own: small words, order and spelling aside."""

import re
from collections.abc import Sequence
from enum import StrEnum

from rapidfuzz.fuzz import ratio

# What says which kind of thing a word names, and nothing of which one.
_KINDS = frozenset(
    re.findall(
        r"\w+",
        """
        г гор город пгт пос поселок п с село дер деревня д дом ул улица пр кт проспект просп пер
        переулок б р бульвар бул ш шоссе пл площадь проезд наб набережная мкр мкрн микрорайон
        к корп корпус стр строение лит литера литер обл область край респ республика ао район рн
        россия рф кв квартира пом помещение оф офис комн комната м машино место бокс гараж
        """,
    )
)
# From here on an address is of the premises, not of the house.
_PREMISES = re.compile(r"\b(?:кв|квартира|пом|помещение|оф|офис|комн|комната|м/м|машино)\b.*", re.S)
# «14 а», «14-а», «14 "А"» are the house 14а; «14 к» is a block that follows.
_LETTER = re.compile(r"(\d)[\s-]*[\"«]?([абвежзи])[\"»]?(?=[\s,.;]|$)")
_BLOCK = re.compile(r"(\d)(?:к|корп|стр)\.?\s*(?=\d)")
_TOKEN = re.compile(r"\d+[а-яa-z]?(?![а-яa-z])|[а-яa-z]+\d*|\d+")
_POST_CODE = re.compile(r"\b[1-9]\d{5}\b")
# A misprint or two in a long word; a short one must be right.
_ALIKE = 84
_SHORT_WORD = 5
QUERY_WORDS_MAX = 12


class Fit(StrEnum):
    """How an address as told fits one of ours; `HOUSE`: no premises were told."""

    WHOLE = "whole"
    HOUSE = "house"
    OTHER_TOWN = "other_town"
    OTHER_PREMISES = "other_premises"
    OTHER = "other"


def words_of(address: str) -> list[str]:
    """«г. Северореченск, ул. Кедровая, д. 14-А» is `["северореченск", "кедровая", "14а"]`."""
    plain = _POST_CODE.sub(" ", address.lower().replace("ё", "е").replace("\u00a0", " "))
    plain = _BLOCK.sub(r"\1 ", _LETTER.sub(r"\1\2", plain))
    return [word for word in _TOKEN.findall(plain) if word not in _KINDS]


def search_words(text: str) -> str:
    """A query for houses whose words begin so, all of them; empty where nothing was asked.

    «прим кедр 1» finds ул. Кедровая, д. 14 of Примерный.
    """
    house = _PREMISES.sub("", text.lower())
    return " & ".join(f"'{word}':*" for word in words_of(house)[:QUERY_WORDS_MAX])


def fit(told: str, house: str, premises: str) -> Fit:
    """Compare an address as told with that of the fund's house and the number of the premises."""
    words, ours = words_of(told), words_of(house)
    numbers = _numbers(ours)
    street = _street(house)
    town = ours[: max(0, len(ours) - len(numbers) - len(street))]
    at = _after_street(words, street)
    place = _find(words, numbers, at) if at is not None else None
    if place is None:
        return Fit.OTHER
    # the town may stand at the end too
    rest = [word for word in words[place + len(numbers) :] if not _stands_in(word, town)]
    if rest and not _begins_with(rest, premises):
        return Fit.OTHER_PREMISES
    if town and not _stands_in(town[-1], words):
        return Fit.OTHER_TOWN
    return Fit.WHOLE if rest else Fit.HOUSE


def _numbers(words: Sequence[str]) -> list[str]:
    """The house's number and blocks: what the address ends with."""
    start = len(words)
    while start and (words[start - 1][0].isdigit() or len(words[start - 1]) == 1):
        start -= 1
    return list(words[start:])


def _street(house: str) -> list[str]:
    """Words of the part before the house's number; the last word where no comma parts them."""
    parts = [words for part in house.split(",") if (words := words_of(part))]
    while len(parts) > 1 and _numbers(parts[-1]) == parts[-1]:
        parts.pop()
    words = parts[-1] if parts else []
    named = words[: len(words) - len(_numbers(words))]
    return named if len(house.split(",")) > 1 else named[-1:]


def _after_street(words: Sequence[str], street: Sequence[str]) -> int | None:
    """Where the words after the street begin; None where it is another street."""
    places = [_place(words, word) for word in street]
    found = [place for place in places if place is not None]
    return max(found) + 1 if found and len(found) == len(places) else None


def _place(words: Sequence[str], word: str) -> int | None:
    return next((place for place, one in enumerate(words) if _is_alike(one, word)), None)


def _stands_in(word: str, words: Sequence[str]) -> bool:
    return any(_is_alike(word, one) for one in words)


def _is_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    is_long = min(len(one), len(other)) >= _SHORT_WORD
    return is_long and one.isalpha() and ratio(one, other) >= _ALIKE


def _find(words: Sequence[str], numbers: Sequence[str], start: int) -> int | None:
    """Where the numbers of the house stand, one after another."""
    last = len(words) - len(numbers)
    for place in range(start, last + 1):
        if list(words[place : place + len(numbers)]) == list(numbers):
            return place
    return None


def _begins_with(words: Sequence[str], premises: str) -> bool:
    """Numbers of premises are text: «12а», «1-2», «н1», «000012»."""
    ours = "".join(words_of(premises)).lstrip("0")
    return any("".join(words[:end]).lstrip("0") == ours for end in range(1, len(words) + 1))
