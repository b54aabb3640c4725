"""The one place that asks what time it is. Instants are aware and in UTC; days are the fund's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lkcap.kit.month import Month


@dataclass(frozen=True, slots=True)
class Clock:
    """`zone` is the fund's; `pinned` fixes today for tests (setting TODAY)."""

    zone: ZoneInfo
    pinned: date | None = None

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        """The current day in the fund's zone."""
        return self.pinned or self.now().astimezone(self.zone).date()

    def open_month(self) -> Month:
        """Today's month; all earlier ones are closed."""
        return Month.of(self.today())
