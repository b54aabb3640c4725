"""What the site says to PostgreSQL for one request, said again by pgbench.

The messages are noted on their way, so that the script cannot differ from what is sent in life.
"""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lkcap.kit.db import Connection

Noted = tuple[str, tuple[str, ...]]

_COMMENT = re.compile("--.*")


@contextmanager
def recording() -> Iterator[list[Noted]]:
    """The messages sent meanwhile, as they went over the wire, and the columns of the answers."""
    messages: list[Noted] = []
    execute: Callable[..., Any] = Connection._execute

    async def noted(self: Connection, sql: str, parameters: dict[str, Any]) -> Any:
        cursor = await execute(self, sql, parameters)
        columns = tuple(column.name for column in cursor.description or ())
        messages.append((cursor.query.decode(), columns))
        return cursor

    with patch.object(Connection, "_execute", noted):
        yield messages


def script(messages: Sequence[Noted], variables: Mapping[str, str], learnt: str) -> str:
    """A line a message; `variables` are the values that change, by the name they get.

    `learnt` is the column that one message is answered with and a later one needs. Statements
    that went in one message stay in one; our comments stay at home.
    """
    lines = []
    for text, columns in messages:
        statements = " ".join(_COMMENT.sub("", text).split()).rstrip("; ").split(";")
        assert all(one.count("'") % 2 == 0 for one in statements), "a semicolon inside a text"
        lines.append(" \\;".join(statements) + (" \\gset" if columns == (learnt,) else ";"))
    made = "\n".join(lines)
    for name, value in variables.items():
        made, count = re.subn(rf"(?<!\d){value}(?!\d)", f":{name}", made)
        assert count, f"nothing changes with {name}"
    return made


def pgbench(
    program: Path, file: Path, url: str, clients: int, each: int, variables: Mapping[str, int]
) -> tuple[float, list[float]]:
    """`each` transactions of every client, simple protocol: how many a second, seconds of each."""
    log = file.with_suffix(".log")
    command = [str(program), "-n", "-M", "simple", "-c", str(clients), "-j", "1", "-t", str(each)]
    command += [f"--define={name}={value}" for name, value in variables.items()]
    command += ["-f", str(file), "-l", f"--log-prefix={log}", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert found, done.stdout
    (written,) = log.parent.glob(f"{log.name}.*")
    times = [int(line.split()[2]) / 1e6 for line in written.read_text().splitlines()]
    written.unlink()
    return float(found[1]), times
