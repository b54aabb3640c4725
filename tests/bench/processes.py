"""What processes have cost, by /proc."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def spent(pid: int, *, with_ended: bool = False) -> float:
    """CPU seconds so far; `with_ended` adds its children that have ended."""
    times = _fields(Path(f"/proc/{pid}"))[11:15]
    return sum(map(int, times if with_ended else times[:2])) / _TICK


def spent_by_children(pid: int) -> float:
    """CPU seconds of the children that live."""
    children = [one for one in Path("/proc").glob("[0-9]*") if _parent(one) == pid]
    return sum(spent(int(one.name)) for one in children)


def _parent(process: Path) -> int:
    try:
        return int(_fields(process)[1])
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return 0


def _fields(process: Path) -> list[str]:
    return (process / "stat").read_text().rsplit(")", 1)[1].split()
