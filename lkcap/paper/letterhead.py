"""The fund on its papers: who it is and how to reach it, above the double line."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from lkcap.config import Config
from lkcap.paper.column import Column
from lkcap.paper.fonts import BOLD


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The fund as it was when the paper was made; empty texts are unknown."""

    name: str
    address: str
    phone: str
    hours: str
    site: str
    email: str
    inn: str
    kpp: str
    ogrn: str

    @classmethod
    def of(cls, config: Config) -> Self:
        fund = config.fund
        return cls(
            name=fund.name,
            address=fund.address,
            phone=fund.phone,
            hours=fund.hours,
            site=fund.site or (urlsplit(config.public_url).hostname or ""),
            email=fund.email,
            inn=fund.inn,
            kpp=fund.kpp,
            ogrn=fund.ogrn,
        )

    @property
    def lines(self) -> list[str]:
        """Under the name: where and by what numbers, then how to reach it."""
        numbers = (("ИНН", self.inn), ("КПП", self.kpp), ("ОГРН", self.ogrn))
        requisites = ", ".join(f"{name} {value}" for name, value in numbers if value)
        lines = (
            ". ".join(filter(None, (self.address, requisites))),
            ", ".join(filter(None, (self.phone, self.hours, self.site, self.email))),
        )
        return [line for line in lines if line]


def draw_letterhead(head: Letterhead, column: Column, least: float = 0) -> None:
    """Write it and the double line under it, `least` millimetres from the sheet's top at least."""
    column.paragraph(head.name, BOLD, after=0)
    for line in head.lines:
        column.paragraph(line, after=0)
    column.y = max(least, column.y + 1.5)
    column.sheet.double_line(column.x, column.y, column.x + column.width)
