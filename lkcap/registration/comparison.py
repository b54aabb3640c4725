"""An application beside the account it is about: what the desk reads at a glance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from lkcap.kit.words import premises_address, short_date, unbroken
from lkcap.registration.model import DOCUMENT_TYPES, Finding, Verdict
from lkcap.registration.queue import Application

# How the desk names what was compared, as it stands in «не сходятся адрес и отчество».
NAMES = {
    "account": "лицевой счёт",
    "address": "адрес",
    "last_name": "фамилия",
    "first_name": "имя",
    "middle_name": "отчество",
    "organization": "название",
    "inn": "ИНН",
}
# Not fields of the form: each is a sentence of its own when it is not as it should be.
CIRCUMSTANCES = ("closed", "linked", "repeat")
NOTHING = escape("нет")
NOT_COMPARED = "не с чем"
# Of an address: written or not, they tell nothing.
_SHORT = ("г", "ул", "д", "кв", "пом", "пер", "пр")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what was told, what the books say, the verdict and its words."""

    title: str
    told: Markup
    ours: Markup
    verdict: Verdict
    words: str

    @property
    def differs(self) -> bool:
        return self.verdict is Verdict.DIFFER

    @property
    def agrees(self) -> bool:
        return self.verdict is Verdict.AGREE


def differing(found: Iterable[Finding]) -> list[str]:
    """The fields that do not agree, as they are named: «адрес», «отчество»."""
    return [NAMES[one.what] for one in found if _differs(one) and one.what in NAMES]


def circumstances(found: Iterable[Finding]) -> list[str]:
    """What else speaks against, a sentence each."""
    return [one.words for one in found if _differs(one) and one.what in CIRCUMSTANCES]


def _differs(finding: Finding) -> bool:
    return finding.verdict == Verdict.DIFFER


def compare(application: Application, found: Sequence[Finding]) -> list[Line]:
    """Every field of the form, in its order."""
    by_name = {one.what: one for one in found}
    return [
        *(_line(what, told, ours, by_name) for what, told, ours in _compared(application)),
        *(_alone(title, told) for title, told in _document(application)),
    ]


def _compared(one: Application) -> Iterator[tuple[str, str | None, str | None]]:
    yield "account", one.account, one.our_number
    yield "address", one.address, _our_address(one)
    if one.applicant == "organization":
        yield "organization", one.organization, one.our_organization
        yield "inn", one.inn, one.our_inn
    else:
        yield "last_name", one.last_name, one.our_last_name or one.our_organization
        yield "first_name", one.first_name, one.our_first_name
        yield "middle_name", one.middle_name, one.our_middle_name


def _document(one: Application) -> Iterator[tuple[str, str | None]]:
    yield "Тип документа", DOCUMENT_TYPES.get(one.document_type or "")
    yield "Номер документа", one.document_number
    yield "Дата документа", short_date(one.document_date) if one.document_date else None
    yield "Телефон", one.phone


def _our_address(one: Application) -> str | None:
    if one.our_house is None:
        return None
    return premises_address(one.our_house, one.our_premises_kind or "", one.our_premises or "")


def _line(what: str, told: str | None, ours: str | None, found: Mapping[str, Finding]) -> Line:
    finding = found.get(what)
    verdict = Verdict(finding.verdict) if finding else Verdict.UNKNOWN
    title = NAMES[what][:1].upper() + NAMES[what][1:]
    words = finding.words if finding else NOT_COMPARED
    if verdict is Verdict.DIFFER and told and ours:
        return Line(title, marked(told, ours), marked(ours, told), verdict, words)
    return Line(title, _shown(told), _shown(ours), verdict, words)


def _alone(title: str, told: str | None) -> Line:
    """What the books say nothing of."""
    return Line(title, _shown(told), NOTHING, Verdict.UNKNOWN, NOT_COMPARED)


def _shown(text: str | None) -> Markup:
    return escape(unbroken(text)) if text else NOTHING


def marked(text: str, other: str) -> Markup:
    """The words of a text that the other has not, marked; «г.» and «ул.» are no difference."""
    others = [_bare(word) for word in other.split()]
    shown: list[Markup] = []
    for is_same, words in groupby(text.split(), lambda word: _bare(word) in (*others, *_SHORT)):
        part = escape(unbroken(" ".join(words)))
        shown.append(part if is_same else Markup("<mark>{}</mark>").format(part))
    return Markup(" ").join(shown)


def _bare(word: str) -> str:
    return word.strip(",.").lower().replace("ё", "е")
