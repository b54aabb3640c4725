"""The cabinet as processes of its own, that may be killed and started at any moment."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

RUN = Path(__file__).parents[2] / "run.py"
START_SECONDS = 60
# Below those that systems give to outgoing connections.
FIRST_PORT, PORTS = 21000, 9000


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


def quiet_port() -> int:
    """Free, and never given to an outgoing connection while the site is down."""
    for port in random.sample(range(FIRST_PORT, FIRST_PORT + PORTS), PORTS):
        with socket.socket() as one, suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


class Commands:
    """`run.py …` with these settings, as cron or a person would run it."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._env = {"PATH": os.environ["PATH"]} | environment(values)
        self.runs = self.kills = 0

    async def run(self, *words: str, killed_after: float | None = None) -> tuple[int | None, str]:
        """The exit code, None of one that was killed -9 after so many seconds, and what it said."""
        self.runs += 1
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RUN),
            *words,
            env=self._env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(killed_after):
                said, _ = await process.communicate()
        except TimeoutError:
            self.kills += 1
            return None, ""
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGKILL)
                await process.wait()
        return process.returncode, said.decode()


class Serving:
    """`run.py serve` with these settings; `log` is what it says."""

    def __init__(self, values: Mapping[str, object], log: Path) -> None:
        self._log = log
        self._env = {"PATH": os.environ["PATH"]} | environment(values)
        self._port = urlsplit(str(values["public_url"])).port
        self._process: asyncio.subprocess.Process | None = None
        self.kills = 0

    async def start(self) -> None:
        """Until it answers."""
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(RUN),
                "serve",
                env=self._env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        async with asyncio.timeout(START_SECONDS):
            while not await self.answers():
                assert self._process.returncode is None, self._log.read_text()
                await asyncio.sleep(0.05)

    async def ensure(self) -> None:
        """Answers, whatever a kill that was broken off has left."""
        if not await self.answers():
            await self.stop()
            await self.start()

    async def answers(self) -> bool:
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
