"""Where a load comes from: one file, or a package — a folder or a zip of files named by kind."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from lkcap.exchange.accounts import ACCOUNTS
from lkcap.exchange.entries import BALANCES, ENTRIES
from lkcap.exchange.houses import HOUSES, REQUISITES, TARIFFS, WORKS
from lkcap.exchange.kinds import Kind
from lkcap.exchange.table import BadFile

# In the order a package loads them: a row may name what an earlier file brought.
KINDS = {
    kind.name: kind for kind in (HOUSES, TARIFFS, REQUISITES, WORKS, ACCOUNTS, ENTRIES, BALANCES)
}
PACKAGE = "package"
ZIP_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    kind: Kind
    name: str
    size: int
    opener: Callable[[], IO[bytes]]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        try:
            with self.opener() as raw:
                yield raw
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadFile(f"{self.name}: архив испорчен: {error}") from error


@dataclass(frozen=True, slots=True)
class Source:
    """Files in the order of loading; `notices` are what was passed over and why."""

    kind: str
    format: str
    path: Path
    files: Sequence[SourceFile]
    notices: Sequence[str] = ()

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def described(self) -> dict[str, Any]:
        """For the journal of loads: what exactly came."""
        digest = hashlib.sha256()
        for file in self.files:
            with file.open() as raw:
                digest.update(f"{file.name}\0".encode())
                while chunk := raw.read(1 << 20):
                    digest.update(chunk)
        return {
            "kind": self.kind,
            "format": self.format,
            "source": self.path.name,
            "sha256": digest.hexdigest(),
            "size_bytes": self.size,
        }


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def open_source(kind: str, path: Path, format_: str = "") -> Source:
    """Find the files of a load; raises BadFile."""
    if kind == PACKAGE:
        return _package(path)
    if not path.is_file():
        raise BadFile(f"нет такого файла: {path}")
    one = SourceFile(KINDS[kind], path.name, path.stat().st_size, partial(_open, path))
    return Source(kind, format_, path, [one])


def _package(path: Path) -> Source:
    if path.is_dir():
        found = {one.name: one for one in sorted(path.iterdir()) if one.is_file()}
        sizes = {name: one.stat().st_size for name, one in found.items()}
        openers: dict[str, Callable[[], IO[bytes]]] = {
            name: partial(_open, one) for name, one in found.items()
        }
    elif zipfile.is_zipfile(path):
        archive = zipfile.ZipFile(path)
        members = [one for one in archive.infolist() if not one.is_dir()]
        names = [Path(one.filename).name for one in members]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise BadFile(f"в архиве по нескольку файлов {', '.join(sorted(doubled))}: {path}")
        if any(one.flag_bits & ZIP_ENCRYPTED for one in members):
            raise BadFile(f"архив закрыт паролем: {path}")
        sizes = {name: one.file_size for name, one in zip(names, members, strict=True)}
        openers = {
            name: partial(archive.open, one) for name, one in zip(names, members, strict=True)
        }
    else:
        raise BadFile(f"не папка и не zip: {path}")
    spelt = {kind.name: (f"{kind.name}.csv", f"{kind.name}.csv.gz") for kind in KINDS.values()}
    files = [
        SourceFile(kind, name, sizes[name], openers[name])
        for kind in KINDS.values()
        for name in [one for one in spelt[kind.name] if one in openers][:1]
    ]
    if not files:
        raise BadFile(f"в пакете нет ни одного файла {', '.join(KINDS)}: {path}")
    known = {file.name for file in files}
    notices = [f"файл не нужен и пропущен: {name}" for name in openers if name not in known]
    return Source(PACKAGE, "", path, files, notices)
