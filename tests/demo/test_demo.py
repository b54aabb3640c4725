"""`run.py demo` as its user meets it: started, killed and stopped as a real process."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg2
import pytest
from yarl import URL

from lkcap.demo.region import STORIES
from tests.browserless import Browser

RUN = Path(__file__).parents[2] / "run.py"
PASSWORD = "demo-password"
LOGIN = re.compile(r"^  (\d{11})  (\S+@\S+) ", re.MULTILINE)
SECONDS = 60
# Every demo here is started with all this in the environment; none of it may matter.
FOREIGN = {
    "LKCAP_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "LKCAP_PORT": "1",
    "LKCAP_PUBLIC_URL": "https://lk.example.com",
    "LKCAP_SECRET_KEYS": "not a key",
    "LKCAP_FUND__NAME": "Чужой фонд",
    "LKCAP_TODAY": "2020-01-31",
    "LKCAP_NONSENSE": "1",
    "PGPORT": "6543",
    "PGSERVICE": "nowhere",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def command(data: Path, port: int) -> list[str | Path]:
    words = ("--port", str(port), "--data", data, "--accounts", "20", "--seed", "1")
    return [sys.executable, RUN, "demo", *words]


def refused(data: Path, port: int) -> str:
    """The only line that a demo which does not start says."""
    told = subprocess.run(
        command(data, port), env=os.environ | FOREIGN, capture_output=True, timeout=SECONDS
    )
    assert (told.returncode, told.stdout) == (1, b"")
    assert told.stderr.count(b"\n") == 1
    return told.stderr.decode()


class Demo:
    """A demo at work, alone in its process group, as a terminal would have it."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.files = [data.with_name(f"{data.name}.{name}") for name in ("out", "err")]
        with self.files[0].open("wb") as out, self.files[1].open("wb") as err:
            self.process = subprocess.Popen(
                command(data, port),
                env=os.environ | FOREIGN,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.files[0].read_text()

    @property
    def logins(self) -> list[tuple[str, str]]:
        return LOGIN.findall(self.said)

    def wait(self, is_done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not is_done():
            assert self.process.poll() is None, self.files[1].read_text()
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)

    def answers(self) -> bool:
        with suppress(URLError), urlopen(self.make_url("/").human_repr(), timeout=10) as answer:
            return answer.status == 200
        return False

    def ready(self) -> "Demo":
        self.wait(lambda: "Остановить" in self.said and self.answers())
        return self

    def make_url(self, path: str) -> URL:
        """What a browser asks of a server."""
        return URL(f"http://127.0.0.1:{self.port}").join(URL(path))

    def end(self, one: signal.Signals) -> int:
        """SIGINT goes to the whole group, as Ctrl-C does; SIGKILL to the process alone."""
        if one == signal.SIGINT:
            os.killpg(self.process.pid, one)
        else:
            self.process.send_signal(one)
        return self.process.wait(SECONDS)

    def postmaster(self) -> list[str]:
        """Lines of postmaster.pid: the process, the folder, …, that of the socket."""
        return (self.data / "postgres" / "postmaster.pid").read_text().splitlines()

    def count(self, table: str) -> int:
        with (
            closing(psycopg2.connect(user="lkcap", host=self.postmaster()[4])) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")
            return int(cursor.fetchone()[0])

    def check_whole(self) -> None:
        """The region that was told is in the database, once."""
        (entries,) = re.findall(r"операций (\d+)", self.said)
        assert self.count("entry") == int(entries) > 1000
        assert self.count("subscriber") == len(self.logins) == len(STORIES)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Other users may pass: under root PostgreSQL may be one of them."""
    with tempfile.TemporaryDirectory(prefix="lkcap-demo-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def works(home: Path) -> Iterator[list[Demo]]:
    """The demo of all tests, at first as its very first start has left it."""
    demos = [Demo(home / "demo", free_port()).ready()]
    first = demos[0].said
    assert demos[0].end(signal.SIGINT) == 0
    demos[0].files[0].rename(home / "first")
    assert (home / "first").read_text() == first
    yield demos
    for one in demos:
        if one.process.poll() is None:
            one.end(signal.SIGINT)
