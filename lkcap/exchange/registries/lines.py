"""Lines of a registry's text, numbered and bounded."""

from collections.abc import Iterator
from typing import IO

from lkcap.exchange.table import BadFile

LINE_MAX = 16_000
# DOS programs mark the end of a text with a character of their own.
ENDS = "\r\n\x1a"


def numbered(text: IO[str]) -> Iterator[tuple[int, str]]:
    """(number, line without its end); blank lines are counted and passed over. Raises BadFile."""
    number = 0
    while raw := text.readline(LINE_MAX):
        number += 1
        if len(raw) == LINE_MAX:
            raise BadFile(f"строка {number} длиннее {LINE_MAX} знаков: это не реестр")
        if line := raw.rstrip(ENDS):
            yield number, line
