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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
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
SECONDS, QUICK = 60, 10
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


def environment(data: Path) -> dict[str, str]:
    """What killed demos leave among temporary files goes away with the folder."""
    return os.environ | FOREIGN | {"TMPDIR": str(data.parent)}


def refused(data: Path, port: int) -> str:
    """The only line that a demo which does not start says."""
    told = subprocess.run(
        command(data, port), env=environment(data), capture_output=True, timeout=SECONDS
    )
    assert (told.returncode, told.stdout) == (1, b"")
    assert told.stderr.count(b"\n") == 1
    return told.stderr.decode()


class Demo:
    """A demo at work, alone in its process group, as a terminal would have it."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.told = Path(tempfile.mkdtemp(dir=data.parent))
        with (self.told / "out").open("wb") as out, (self.told / "err").open("wb") as err:
            self.process = subprocess.Popen(
                command(data, port),
                env=environment(data),
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return (self.told / "out").read_text()

    @property
    def complained(self) -> str:
        return (self.told / "err").read_text()

    @property
    def logins(self) -> list[tuple[str, str]]:
        return LOGIN.findall(self.said)

    def wait(self, is_done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not is_done():
            assert self.process.poll() is None, self.complained
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)

    def ready(self) -> "Demo":
        self.wait(lambda: "Остановить" in self.said)
        self.wait(lambda: self.answers("/"))
        return self

    def answers(self, path: str) -> bool:
        with suppress(URLError), urlopen(str(self.make_url(path)), timeout=10) as answer:
            return answer.status == 200
        return False

    def make_url(self, path: str) -> URL:
        """What a browser asks of a server."""
        return URL(f"http://127.0.0.1:{self.port}").join(URL(path))

    def browser(self) -> Browser:
        return Browser(self, PASSWORD)

    def stop(self) -> int:
        """Ctrl-C: the terminal tells all the group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(SECONDS)

    def kill(self) -> None:
        """The Python process alone; PostgreSQL is left as it is."""
        self.process.kill()
        self.process.wait(SECONDS)

    def ask(self, statement: str) -> Any:
        """One value, seen as the owner of the database."""
        socket_dir = (self.data / "postgres/postmaster.pid").read_text().splitlines()[4]
        with (
            closing(psycopg2.connect(user="lkcap", host=socket_dir)) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchone()[0]

    def check_whole(self, said: str) -> None:
        """The region that a first start told of is in the database, once."""
        (entries,) = re.findall(r"операций (\d+)", said)
        assert self.ask("SELECT count(*) FROM entry") == int(entries) > 1000
        assert self.ask("SELECT count(*) FROM subscriber") == len(STORIES) == len(self.logins)
        assert {number for number, _ in self.logins} <= set(
            self.ask("SELECT array_agg(number) FROM account")
        )


def servers(data: Path) -> list[Path]:
    """Processes of PostgreSQL that live in the folder, its every backend too."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == data / "postgres":
                found.append(process)
    return found


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Other users may pass: for root PostgreSQL may work as one of them."""
    with tempfile.TemporaryDirectory(prefix="lkcap-demo-", ignore_cleanup_errors=True) as name:
        place = Path(name).resolve()
        place.chmod(0o755)
        yield place
        for pid_file in place.rglob("postmaster.pid"):
            os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)


@pytest.fixture(scope="module")
def demos(home: Path) -> Iterator[list[Demo]]:
    """All that were started over one folder; the first one wrote the region."""
    started = [Demo(home / "demo", free_port()).ready()]
    yield started
    if started[-1].process.poll() is None:
        started[-1].stop()


@pytest.fixture
def demo(demos: list[Demo]) -> Demo:
    """The one that the test before has left at work, or a new one."""
    if demos[-1].process.poll() is not None:
        again(demos)
    return demos[-1]


def again(demos: list[Demo]) -> Demo:
    """Start over the same folder at the same port."""
    demos.append(Demo(demos[0].data, demos[0].port).ready())
    return demos[-1]


def test_the_first_start_tells_what_it_does_and_how_to_log_in(demos: list[Demo]):
    said = demos[0].said
    assert [line[:5] for line in said.splitlines()[:2]] == ["Пишу ", "Загру"]
    assert f"Личный кабинет: http://127.0.0.1:{demos[0].port}\n" in said
    assert PASSWORD in said
    assert len(demos[0].logins) == len(STORIES)


def test_the_region_told_is_in_the_database(demo: Demo, demos: list[Demo]):
    demo.check_whole(demos[0].said)


async def test_every_login_told_is_let_in(demo: Demo):
    for place, (number, email) in enumerate(demo.logins):
        async with demo.browser() as browser:
            answer = await browser.login(number if place % 2 else email)
            assert (answer.status, answer.location) == (303, "/account"), email


@pytest.mark.parametrize("name", ["number", "email"])
async def test_a_login_shows_its_statement(demo: Demo, name):
    number, email = demo.logins[0]
    async with demo.browser() as browser:
        await browser.login(number if name == "number" else email)
        assert number in (await browser.page("/account")).text
        page = await browser.page("/statement")
    assert len(page.tables["statement"]) > 2
    assert max(page.amounts) > 0


async def test_the_settings_of_the_environment_are_ignored(demo: Demo):
    async with demo.browser() as browser:
        page = await browser.page("/")
    assert "Северный фонд" in page.text
    assert "Чужой фонд" not in page.text
    assert abs(demo.ask("SELECT today FROM load") - datetime.now(UTC).date()) <= timedelta(days=1)


def test_ctrl_c_stops_everything(demo: Demo):
    assert servers(demo.data)
    assert demo.stop() == 0
    assert servers(demo.data) == []
    assert not (demo.data / "postgres/postmaster.pid").exists()
    assert "Traceback" not in demo.complained
    socket.create_server(("127.0.0.1", demo.port)).close()


async def test_the_next_start_is_quick_and_keeps_data_and_sessions(demo: Demo, demos: list[Demo]):
    async with demo.browser() as browser:
        number, email = demo.logins[0]
        await browser.login(email)
        demo.stop()
        started = time.monotonic()
        after = again(demos)
        assert time.monotonic() - started < QUICK
        assert number in (await browser.page("/account")).text
    assert after.logins == demo.logins
    assert "Пишу" not in after.said
    after.check_whole(demos[0].said)


async def test_after_a_kill_the_next_start_keeps_data_and_sessions(demo: Demo, demos: list[Demo]):
    async with demo.browser() as browser:
        number, email = demo.logins[0]
        await browser.login(email)
        demo.kill()
        after = again(demos)
        assert number in (await browser.page("/account")).text
    after.check_whole(demos[0].said)
    assert after.stop() == 0
    assert servers(after.data) == []


def lasting(said: str) -> str:
    """What a start prints, but for the employees' codes, which live for half a minute, and for the
    ports of the bank and the post, which another program may have taken meanwhile.
    """
    said = re.sub(r"^(  [a-z]+ +)\d{6}", r"\1", said, flags=re.MULTILINE)
    return re.sub(r"^(Учебн\w+ \w+: http://[\d.]+):\d+", r"\1", said, flags=re.MULTILINE)


def test_a_start_killed_just_before_it_was_marked_as_done_begins_anew(
    demo: Demo, demos: list[Demo]
):
    demo.kill()
    (demo.data / "region.json").unlink()
    after = again(demos)
    assert lasting(after.said) == lasting(demos[0].said)
    after.check_whole(demos[0].said)
    assert after.ask("SELECT array_agg(rows_new > 0 ORDER BY load_id) FROM load") == [True, False]


def test_a_first_start_killed_at_work_is_done_whole_by_the_next(home: Path):
    data, port = home / "killed", free_port()
    for word in ("Пишу", "Загружаю"):
        killed = Demo(data, port)
        killed.wait(lambda word=word, killed=killed: word in killed.said)
        killed.kill()
        assert not (data / "region.json").exists()
    after = Demo(data, port).ready()
    after.check_whole(after.said)
    assert after.ask("SELECT count(*) FROM load") == 1
    assert after.stop() == 0


def test_a_busy_port_is_told_in_a_line_and_nothing_is_begun(home: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Нельзя слушать 127.0.0.1:{port}" in refused(home / "busy", port)
    assert not (home / "busy").exists()


def test_a_second_demo_in_one_folder_is_refused_and_harms_nothing(demo: Demo):
    assert "уже работает" in refused(demo.data, free_port())
    assert demo.answers("/fund")


def test_a_folder_that_cannot_be_is_told_in_a_line(home: Path):
    (home / "file").touch()
    for data in (home / "file", home / "file" / "below"):
        assert f"папкой {data}" in refused(data, free_port())
