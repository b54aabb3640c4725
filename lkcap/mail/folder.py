"""`file:DIR`, for development: a letter is a file instead of being sent."""

import asyncio
from pathlib import Path

from lkcap.mail.relay import RelayDown


class FolderRelay:
    """Writes `<name>.eml`; the same letter sent again is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, to: str, name: str, message: bytes) -> str:
        try:
            await asyncio.to_thread(self._write, name, message)
        except OSError as error:
            raise RelayDown(f"{self._folder}: {error.strerror}") from error
        return f"{name}.eml"

    async def close(self) -> None:
        pass

    def _write(self, name: str, message: bytes) -> None:
        # the last folder alone: a misprint in the setting must not plant a tree
        self._folder.mkdir(exist_ok=True)
        unfinished = self._folder / f".{name}.new"
        unfinished.write_bytes(message)
        unfinished.replace(self._folder / f"{name}.eml")
