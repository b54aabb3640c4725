"""`file:DIR`, for development: a letter is a file instead of being sent."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lkcap.mail.relay import RelayDown


class FolderRelay:
    """Writes `<name>.eml`; the same letter sent again is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""

    async def offer(self, to: str, name: str, message: bytes) -> None:
        self._name = name
        with self._minding():
            await asyncio.to_thread(self._write, message)

    async def hand_over(self) -> str:
        finished = self._folder / f"{self._name}.eml"
        with self._minding():
            self._unfinished.replace(finished)
        return finished.name

    async def close(self) -> None:
        pass

    def _write(self, message: bytes) -> None:
        # the last folder alone: a misprint in the setting must not plant a tree
        self._folder.mkdir(exist_ok=True)
        self._unfinished.write_bytes(message)

    @property
    def _unfinished(self) -> Path:
        return self._folder / f".{self._name}.new"

    @contextmanager
    def _minding(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RelayDown(f"{self._folder}: {error.strerror}") from error
