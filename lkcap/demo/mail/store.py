"""Letters as files, so that a second start still has them."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Caught:
    """A letter that came; its name is its address on the page."""

    name: str
    came_at: datetime
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


class Store:
    """A folder of `.eml`, the time of coming in their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, raw: bytes) -> None:
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        unfinished = self._folder / f"{name}.new"
        unfinished.write_bytes(raw)
        unfinished.replace(self._folder / f"{name}.eml")

    def last(self) -> Sequence[Caught]:
        """The last ones first."""
        names = sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)
        return [self._read(name) for name in names[:SHOWN_MAX]]

    def find(self, name: str) -> Caught | None:
        """None where there is no such letter."""
        known = {path.stem for path in self._folder.glob("*.eml")}
        return self._read(name) if name in known else None

    def _read(self, name: str) -> Caught:
        came_at = datetime.fromtimestamp(int(name.partition("-")[0]) / 1e9).astimezone()
        return Caught(name, came_at, (self._folder / f"{name}.eml").read_bytes())
