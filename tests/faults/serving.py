"""The cabinet as a process of its own, that may be killed and started at any moment."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

RUN = Path(__file__).parents[2] / "run.py"
START_SECONDS = 60


def environment(values: Mapping[str, object], prefix: str = "LKCAP_") -> dict[str, str]:
    """Settings as variables: groups by `__`, lists by commas."""
    found: dict[str, str] = {}
    for name, value in values.items():
        key = prefix + name.upper()
        if isinstance(value, Mapping):
            found |= environment(value, f"{key}__")
        elif isinstance(value, tuple):
            found[key] = ",".join(map(str, value))
        else:
            found[key] = str(value)
    return found


class Serving:
    """`run.py serve` with these settings."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._env = {"PATH": os.environ["PATH"]} | environment(values)
        self._port = urlsplit(str(values["public_url"])).port
        self._process: asyncio.subprocess.Process | None = None
        self.kills = 0

    async def start(self) -> None:
        """Until it answers."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RUN),
            "serve",
            env=self._env,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        async with asyncio.timeout(START_SECONDS):
            while not await self._answers():
                assert self._process.returncode is None, "the site has ended by itself"
                await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True

    async def kill(self) -> None:
        """-9, whatever it does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        self.kills += 1

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
