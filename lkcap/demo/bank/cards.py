"""Test cards: what happens is chosen by the number typed, as at a real bank's test stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lkcap.demo.bank.faults import Fault


class Way(StrEnum):
    """What the payer does on the page: a card, or one of the other buttons."""

    GOOD = "good"
    REFUSED = "refused"
    SLOW = "slow"
    EARLY = "early"
    SBP = "sbp"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    system: str
    about: str
    is_good: bool = True
    is_slow: bool = False
    faults: frozenset[Fault] = frozenset()

    @property
    def masked(self) -> str:
        return f"{self.number[:6]}xxxxxx{self.number[-4:]}"

    @property
    def shown(self) -> str:
        """By fours, as it is embossed."""
        return " ".join(self.number[at : at + 4] for at in range(0, 16, 4))


CARDS: Mapping[Way, Card] = {
    Way.GOOD: Card("2200700000000009", "MIR", "оплата проходит"),
    Way.REFUSED: Card("5555555555554444", "MASTERCARD", "банк отказывает", is_good=False),
    Way.SLOW: Card(
        "4111111111111111", "VISA", "оплата проходит, но банк долго думает", is_slow=True
    ),
    Way.EARLY: Card(
        "2200700000000512",
        "MIR",
        "оплата проходит, но браузер возвращается раньше, чем банк сообщает магазину",
        faults=frozenset({Fault.BROWSER_FIRST}),
    ),
}
BY_NUMBER: Mapping[str, Card] = {card.number: card for card in CARDS.values()}
