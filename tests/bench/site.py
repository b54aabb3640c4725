"""`serve` as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from tests.faults.serving import RUN, environment


@contextmanager
def serving(values: Mapping[str, object], port: int) -> Iterator[int]:
    """The site with these settings, when it listens; its process."""
    env = {"PATH": os.environ["PATH"]} | environment(values)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, str(RUN), "serve"], env=env, **quiet) as process:
        try:
            for _ in range(600):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                assert process.poll() is None, "the site has ended by itself"
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()
