"""How fast letters may go: MAIL_PER_MINUTE for all senders, half of it to one domain.

Letters go in slots of equal length; a sender that comes late may catch up with a second's worth.
So no minute, wherever it begins, holds more letters than it may.
"""

from dataclasses import dataclass

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """`slot` seconds for a letter; `burst`: how many may go at once after a silence."""

    slot: float
    burst: int

    @classmethod
    def of(cls, per_minute: int) -> "Pace":
        burst = max(1, per_minute // MINUTE)
        return cls(MINUTE / (per_minute - burst + 1), burst)


@dataclass(frozen=True, slots=True)
class Paces:
    """Of all letters, and of a mailing to one domain: no provider is to take us for a flood."""

    whole: Pace
    domain: Pace

    @classmethod
    def of(cls, per_minute: int | None) -> "Paces | None":
        """None: as fast as the relay takes them."""
        if per_minute is None:
            return None
        return cls(Pace.of(per_minute), Pace.of(max(1, per_minute // 2)))
