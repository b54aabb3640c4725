"""Where a demo lives: a folder of its own, free ports of this machine."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lkcap.kit.errors import Refused

# The password is known to all, so the demo listens on this machine only.
HOST = "127.0.0.1"


def try_port(port: int) -> None:
    """Told before the region is written, not after."""
    try:
        with suppress(OverflowError):  # the settings tell what a port is
            socket.create_server((HOST, port)).close()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Refused(f"Нельзя слушать {HOST}:{port}: {reason}. Выберите --port.") from error


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One demo in a folder: whichever ended first would stop PostgreSQL under the other."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / ".demo.lock").open("w")
    except OSError as error:
        raise Refused(f"Не удаётся работать с папкой {data}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"В {data} уже работает демонстрация. Выберите --data.") from error
        yield


def free_port(wanted: int) -> int:
    """The same at every start, so that pages left open still work; 0, any, where it is taken."""
    try:
        socket.create_server((HOST, wanted)).close()
    except (OSError, OverflowError):
        return 0
    return wanted
