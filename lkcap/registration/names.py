"""Names as people write them: case, ё and е, blanks and hyphens make no other person."""

import re

from rapidfuzz.fuzz import ratio, token_sort_ratio

from lkcap.registration.model import Verdict

# One letter of a usual surname; and what sounds alike but should be looked at.
_ALIKE = 80
_SAME_ORGANIZATION = 92
_FORMS = {
    "общество с ограниченной ответственностью": "ооо",
    "публичное акционерное общество": "пао",
    "закрытое акционерное общество": "зао",
    "открытое акционерное общество": "оао",
    "акционерное общество": "ао",
    "индивидуальный предприниматель": "ип",
}
_NO_LETTERS = re.compile(r"[^а-яa-z0-9]+")


def _plain(name: str) -> str:
    return _NO_LETTERS.sub(" ", name.lower().replace("ё", "е")).strip()


def compare_surnames(told: str, ours: str) -> Verdict:
    """A double surname agrees with either of its halves: papers and books keep them apart."""
    one, other = _plain(told), _plain(ours)
    if one.replace(" ", "") == other.replace(" ", "") or _is_half(one, other):
        return Verdict.AGREE
    return Verdict.UNKNOWN if ratio(one, other) >= _ALIKE else Verdict.DIFFER


def _is_half(one: str, other: str) -> bool:
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    return bool(short) and short <= long


def compare_names(told: str, ours: str) -> Verdict:
    """First and middle names; an initial agrees with its name."""
    one, other = _plain(told), _plain(ours)
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return Verdict.AGREE
    return Verdict.UNKNOWN if ratio(one, other) >= _ALIKE else Verdict.DIFFER


def compare_organizations(told: str, ours: str) -> Verdict:
    """Quotes, order and the legal form in full or in short aside."""
    one, other = _organization(told), _organization(ours)
    alike = token_sort_ratio(one, other)
    if one == other or alike >= _SAME_ORGANIZATION:
        return Verdict.AGREE
    return Verdict.UNKNOWN if alike >= _ALIKE else Verdict.DIFFER


def _organization(name: str) -> str:
    plain = _plain(name)
    for full, short in _FORMS.items():
        plain = plain.replace(full, short)
    return plain
