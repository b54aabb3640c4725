"""What the reader wishes to see: the parameters of the statement's address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from lkcap.kit.errors import SenselessQuery
from lkcap.kit.month import BadMonth, Month
from lkcap.statement.model import Kind, Mode

DEFAULT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """A range of months, a kind and a mode; `last` is never after the open month."""

    first: Month
    last: Month
    kind: Kind = Kind.PRINCIPAL
    mode: Mode = Mode.DETAILED

    @classmethod
    def parse(cls, query: Mapping[str, str], open_month: Month) -> Self:
        """Twelve months ending with the open one unless asked; raises SenselessQuery."""
        try:
            last = Month.parse(query["to"]) if query.get("to") else open_month
            default_first = min(last, open_month) + (1 - DEFAULT_MONTHS)
            first = Month.parse(query["from"]) if query.get("from") else default_first
            kind = Kind(query.get("debt") or Kind.PRINCIPAL)
            mode = Mode(query.get("mode") or Mode.DETAILED)
        except BadMonth as error:
            raise SenselessQuery(f"Месяц в адресе не понят: {error}") from error
        except ValueError as error:
            raise SenselessQuery("Такого вида задолженности или режима нет.") from error
        if first > last:
            raise SenselessQuery("Начало периода позже его конца. Поменяйте месяцы местами.")
        return cls(first, min(last, open_month), kind, mode)

    @property
    def address(self) -> dict[str, str]:
        """The same wish as parameters of an address."""
        return {
            "from": str(self.first),
            "to": str(self.last),
            "debt": self.kind.value,
            "mode": self.mode.value,
        }
