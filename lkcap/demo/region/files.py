"""The files of a package, written row by row."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

HEADERS = {
    "houses": "house_id;address;fias;year_built;floors;entrances;total_area;premises_area;"
    "fund_method;rate;spent;in_programme_since",
    "tariffs": "house_id;valid_from;rate",
    "requisites": "house_id;valid_from;name;inn;kpp;account;penalty_account;bank_name;bic;"
    "corr_account;gpb_account_id",
    "works": "house_id;position;kind;last_year;planned_year;planned_cost;status;contractor;"
    "finished_on;actual_cost",
    "accounts": "account;valid_from;els;service_id;house_id;premises;premises_kind;area;share;"
    "owner_kind;last_name;first_name;middle_name;organization;inn;opened_on;closed_on;aliases",
    "entries": "entry_id;account;period;service;kind;op;amount;posted_on;for_period;document;"
    "bank_ref;details",
    "balances": "account;period;kind;closing",
}


class Files:
    """One open file for each kind of row; entries come as finished lines, for speed."""

    def __init__(self, files: dict[str, IO[str]]) -> None:
        self._entries = files["entries"]
        self._writers: dict[str, Any] = {
            kind: csv.writer(file, delimiter=";", lineterminator="\n")
            for kind, file in files.items()
        }

    def write(self, kind: str, rows: Iterable[Sequence[str]]) -> None:
        self._writers[kind].writerows(rows)

    def write_entries(self, lines: Iterable[str]) -> None:
        self._entries.writelines(lines)


@contextmanager
def open_files(folder: Path, *, gzipped: bool) -> Iterator[Files]:
    """Make the folder and the files with their headers, each `<kind>.csv` or `<kind>.csv.gz`."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {}
        for kind, header in HEADERS.items():
            file = stack.enter_context(_open(folder / f"{kind}.csv", gzipped=gzipped))
            file.write(header + "\n")
            files[kind] = file
        yield Files(files)


@contextmanager
def _open(path: Path, *, gzipped: bool) -> Iterator[IO[str]]:
    packed_path = path.with_name(path.name + ".gz")
    # What an earlier run left in the other form would be taken for a part of this package.
    (path if gzipped else packed_path).unlink(missing_ok=True)
    if not gzipped:
        with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
            yield file
        return
    # Neither a name nor a time in the header: the same region gives the same bytes.
    with (
        packed_path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=5, fileobj=raw, mtime=0) as packed,
        TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        yield text
