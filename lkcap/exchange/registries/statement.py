"""A bank statement in 1CClientBankExchange: what came in, agreed with the account's turnover."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lkcap.exchange.registries import cells
from lkcap.exchange.registries.layouts import ONE_C
from lkcap.exchange.registries.model import Faults, Registry, Totals
from lkcap.exchange.registries.purpose import find_account
from lkcap.exchange.registries.rows import RowMaker
from lkcap.exchange.registries.sections import (
    ACCOUNT,
    DOCUMENT,
    OWN,
    PURPOSE,
    Section,
    read_sections,
)
from lkcap.kit.money import BadAmount, Kopecks, roubles

PAYER = ("ПлательщикСчет", "ПлательщикРасчСчет")
PAYEE = ("ПолучательСчет", "ПолучательРасчСчет")
AMOUNT, CAME, WENT = "Сумма", "ДатаПоступило", "ДатаСписано"
# The six lines of a printed order, where the bank does not join them.
PURPOSE_LINES = tuple(f"{PURPOSE}{line}" for line in range(1, 7))
OPENING, RECEIVED, SPENT, CLOSING = TURNOVER = (
    "НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток",
)  # fmt: skip
KEPT = frozenset((*ONE_C.columns, *PAYER, *PAYEE, CAME, WENT, *PURPOSE_LINES, OWN, *TURNOVER))


@dataclass(slots=True)
class _Turnover:
    """What an account of ours received and spent by the documents, and its sections."""

    received: int = 0
    spent: int = 0
    sections: list[Section] = field(default_factory=list)


def read_statement(content: bytes, name: str) -> Registry:
    """Money from others to the accounts the file is of. Raises BadRegistry, BadFile."""
    faults = Faults()
    sections = read_sections(content, name, KEPT, faults)
    turnovers = _turnovers(sections)
    maker = RowMaker(ONE_C, faults)
    for section in sections:
        if section.kind == DOCUMENT:
            _take(section, turnovers, maker, faults)
    faults.refuse()
    for turnover in turnovers.values():
        _compare(turnover, faults)
    faults.refuse()
    return Registry(ONE_C.name, tuple(maker.rows), Totals.of(maker.rows))


def _turnovers(sections: Sequence[Section]) -> Mapping[str, _Turnover]:
    """By the accounts of ours that the head or a section of balances names."""
    turnovers: dict[str, _Turnover] = defaultdict(_Turnover)
    for section in sections:
        for own in section.values.get(OWN, "").split():
            turnovers[own].sections += [section] if section.kind == ACCOUNT else []
    return dict(turnovers)


def _plain(account: str) -> str:
    return account.replace(" ", "")


def _told(section: Section, keys: tuple[str, ...]) -> list[str]:
    return [_plain(section.values[key]) for key in keys if section.values.get(key)]


def _own(section: Section, keys: tuple[str, ...], turnovers: Mapping[str, _Turnover]) -> str:
    """Which account of ours stands under the keys; empty if none."""
    return next((one for one in _told(section, keys) if one in turnovers), "")


def _take(
    section: Section, turnovers: Mapping[str, _Turnover], maker: RowMaker, faults: Faults
) -> None:
    """Count the document in the turnovers; one that brought money from others is a row."""
    payer, payee = _own(section, PAYER, turnovers), _own(section, PAYEE, turnovers)
    if payer:
        amount = _spent(section, faults)
        turnovers[payer].spent += amount
        if payee:
            turnovers[payee].received += amount
        return
    if not (payee or _came(section, turnovers)):
        reason = "не видно, что деньги пришли нам: ни плательщик, ни получатель не наш счёт"
        faults.add(section.line, "", reason)
        return
    row = maker.add(section.line, _roles(section))
    if not payee and len(turnovers) == 1:
        payee = next(iter(turnovers))
    if row and payee:
        turnovers[payee].received += row.amount


def _spent(section: Section, faults: Faults) -> int:
    if not section.values.get(AMOUNT):
        faults.add(section.line, AMOUNT, "пусто, а должно быть заполнено")
    return _roubles(section, AMOUNT, faults) or 0


def _came(section: Section, turnovers: Mapping[str, _Turnover]) -> bool:
    """Whether a document of no account of ours is money for us all the same.

    A bank may leave out the payee, being sure who it is; where the file does not even say whose it
    is, the date of coming in decides.
    """
    if turnovers:
        return bool(_told(section, PAYER)) and not _told(section, PAYEE)
    return bool(section.values.get(CAME)) and not section.values.get(WENT)


def _roles(section: Section) -> dict[str, str]:
    said = section.values
    purpose = said.get(PURPOSE) or " ".join(said.get(line, "") for line in PURPOSE_LINES)
    roles = {role: said.get(key, "") for key, role in ONE_C.columns.items()}
    return roles | {
        "purpose": purpose,
        "account": find_account(purpose),
        "payer": next(iter(_told(section, PAYER)), ""),
        "paid_on": said.get(CAME) or roles["drawn_on"],
    }


def _roubles(section: Section, key: str, faults: Faults) -> Kopecks | None:
    """None where the section does not tell; what is no sum is a fault too."""
    cell = section.values.get(key)
    try:
        return cells.roubles(cell) if cell else None
    except BadAmount as error:
        faults.add(section.line, key, str(error))
        return None


def _compare(turnover: _Turnover, faults: Faults) -> None:
    """The bank's sums over the sections of an account (one for each day, maybe) against ours."""
    sections = turnover.sections
    sums = {key: [_roubles(section, key, faults) for section in sections] for key in TURNOVER}
    told = {
        key: sum(part or 0 for part in parts)
        for key, parts in sums.items()
        if parts and None not in parts
    }
    ours = {RECEIVED: turnover.received, SPENT: turnover.spent}
    for key in ours.keys() & told.keys():
        _agree(sections[0], key, told[key], ours[key], faults)
    if OPENING in told and CLOSING in told:
        closing = told[OPENING] + turnover.received - turnover.spent
        _agree(sections[0], CLOSING, told[CLOSING], closing, faults)


def _agree(section: Section, key: str, told: int, ours: int, faults: Faults) -> None:
    if told != ours:
        faults.add(section.line, key, f"{roubles(told)}, а по документам {roubles(ours)}")
