"""Banks' files told by tables: a new bank's registry is one more entry here.

Where a cell stands is told by the role it plays (rows.py names them all). Encoding is recognised,
and a sum may have a comma or a point: neither needs telling.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from lkcap.exchange.registries import cells
from lkcap.kit.money import Kopecks

# Banks' processing lives by Moscow time wherever the payer is.
BANKS_ZONE = ZoneInfo("Europe/Moscow")
NEEDED = frozenset(("operation_id", "paid_on", "paid_at", "amount", "principal", "drawn_on"))


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file.

    Without a header, `lines` are the roles in the order of the cells, one text for each number of
    cells a line may have; `-` is a cell nobody needs. With names, `columns` gives the role of each.
    `needed` are roles whose cell, where the file has it, must not be empty; `identity` those that
    make the operation's id where the bank gives none; `refunds` the words of the role `type` that
    mean money given back; `has_trailer` says that the file ends with its totals.
    """

    name: str
    lines: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = NEEDED
    identity: Sequence[str] = ()
    refunds: frozenset[str] = frozenset()
    separator: str = ";"
    has_trailer: bool = False
    day: Callable[[str], date] = cells.day
    roubles: Callable[[str], Kopecks] = cells.roubles
    zone: ZoneInfo = BANKS_ZONE

    @property
    def places(self) -> Mapping[int, Mapping[str, int]]:
        """Places of the roles by the number of cells."""
        told = [line.split() for line in self.lines]
        return {
            len(roles): {role: place for place, role in enumerate(roles) if role != "-"}
            for roles in told
        }

    @property
    def required(self) -> Mapping[str, bool]:
        """Roles of the named columns, and whether the file must have them.

        An account may be unknown row by row, but a registry without them is another file.
        """
        return {role: role in self.needed | {"account"} for role in self.columns.values()}


# «Реестр принятых платежей»: 15 cells where a receipt has several services (services.py).
SBER = Layout(
    "sber",
    lines=(
        "paid_on time - - operation_id account - - purpose amount transfer commission",
        "paid_on time - - operation_id account - - purpose amount - - total transfer commission",
    ),
    day=cells.dashed_day,
    needed=NEEDED | {"total", "transfer", "commission"},
    has_trailer=True,
)

CSV = Layout(
    "csv",
    columns={
        name: name
        for name in ("operation_id", "paid_at", "account", "amount", "commission", "document")
    },
)

# Sberbank's and the Post's DBF.
F1 = Layout(
    "F1",
    columns={
        "DT_PAY": "paid_on",
        "SUM_PL": "amount",
        "LS": "account",
        "PERIOD": "purpose",
        "PLP": "document",
        "N_OPER": "number",
        "OSB": "branch",
        "FILIAL": "office",
        "CASHIER": "cashier",
    },
    identity=("number", "paid_on", "branch", "office", "cashier", "account"),
    day=cells.compact_day,
    roubles=cells.dbf_roubles,
)

# The agents' unified DBF: the penalty stands beside the contribution, not inside it.
F2 = Layout(
    "F2",
    columns={
        "DATA_PL": "paid_on",
        "SUMM_PL": "principal",
        "PENALTY": "penalty",
        "LS": "account",
        "PERIOD": "purpose",
        "PD_NUM": "document",
        "COD_RKC": "branch",
    },
    identity=("document", "paid_on", "branch", "account"),
    day=cells.compact_day,
    roubles=cells.dbf_roubles,
)
DBF = (F1, F2)

# A document of 1CClientBankExchange; `account` is found in the purpose (purpose.py).
ONE_C = Layout(
    "1c",
    columns={
        "Номер": "document",
        "Дата": "drawn_on",
        "Сумма": "amount",
        "НазначениеПлатежа": "purpose",
    },
    identity=("document", "drawn_on", "payer"),
)
