"""An account on a day: who holds it, and what share of which premises."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lkcap.kit.words import premises_address


@dataclass(frozen=True, slots=True)
class Ownership:
    """Area is m²; None: not known."""

    number: str
    closed_on: date | None
    els: str | None
    area: Decimal | None
    share_numerator: int
    share_denominator: int
    owner_kind: str
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    organization: str | None

    @property
    def owner(self) -> str:
        """An organisation's name or a person's; empty where it is not known."""
        if self.owner_kind == "organization":
            return self.organization or ""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def share(self) -> str:
        return f"{self.share_numerator}/{self.share_denominator}"


@dataclass(frozen=True, slots=True)
class Holding(Ownership):
    """What a paper is made of: whose it is (`owner_key` tells owners apart), and the premises."""

    owner_key: str
    address: str
    premises_kind: str
    premises: str

    @property
    def full_address(self) -> str:
        return premises_address(self.address, self.premises_kind, self.premises)
