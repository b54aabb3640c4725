"""Rows of entries.csv."""

from dataclasses import dataclass, field

from lkcap.kit.money import roubles_plain

CONTRIBUTION = "Взнос на капитальный ремонт"
SURPLUS = "Взнос по решению собрания"


@dataclass(slots=True)
class Lines:
    """Rows of entries.csv, numbered through the whole package; no field needs quotes."""

    count: int = 0
    account: str = ""
    rows: list[str] = field(default_factory=list)

    def add(
        self, period: str, service: str, kind: str, op: str, kopecks: int,
        posted_on: str, for_period: str, document: str, bank_ref: str = "", details: str = "",
    ) -> None:  # fmt: skip
        self.count += 1
        self.rows.append(
            f"B-{self.count:09d};{self.account};{period};{service};{kind};{op};"
            f"{roubles_plain(kopecks)};{posted_on};{for_period};{document};{bank_ref};{details}\n"
        )

    def take(self) -> list[str]:
        """The rows so far, which are forgotten."""
        rows, self.rows = self.rows, []
        return rows
