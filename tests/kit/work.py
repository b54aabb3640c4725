"""Jobs for the tests of the workers, and a program that has workers, to be killed."""

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable

from lkcap.kit.workers import Workers

WARMED: list[str] = []


def warm() -> None:
    WARMED.append("fonts")


def warmed() -> list[str]:
    return WARMED


def add(one: int, other: int) -> int:
    return one + other


def zeros(count: int) -> bytes:
    return bytes(count)


def refuse(text: str) -> None:
    raise ValueError(text)


def keep_no_time() -> None:
    raise TimeoutError


def give_a_function() -> Callable[[], None]:
    return lambda: None


def meet(port: int) -> str:
    """Tell the test who works, do what it says."""
    with socket.create_connection(("127.0.0.1", port)) as wire, wire.makefile() as lines:
        wire.sendall(f"{os.getpid()}\n".encode())
        word = lines.readline().strip()
        if word == "exit":
            os._exit(3)
        if word == "spin":
            wire.sendall(b"spinning\n")
            while True:
                pass
        return word


async def live(port: int) -> None:
    # a handler and not SIG_IGN, which the workers would inherit
    signal.signal(signal.SIGINT, lambda *_: None)
    workers = Workers(2, 2, 60)
    workers.start()
    sys.stdout.write(" ".join(str(one.pid) for one in multiprocessing.active_children()) + "\n")
    sys.stdout.flush()
    await asyncio.gather(workers.run(meet, port), workers.run(meet, port))
    await workers.close()


if __name__ == "__main__":
    asyncio.run(live(int(sys.argv[1])))
