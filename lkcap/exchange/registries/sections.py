"""1CClientBankExchange as sections of keys and values, and its own marks of being whole."""

import io
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO

from lkcap.exchange.registries.cells import PURPOSE_MAX
from lkcap.exchange.registries.lines import numbered
from lkcap.exchange.registries.model import ROWS_MAX, TOO_MANY, Faults
from lkcap.exchange.table import BadFile, open_text

SIGN = "1CClientBankExchange"
END = "КонецФайла"
DOCUMENT, ACCOUNT = "СекцияДокумент", "СекцияРасчСчет"
ENDS = {DOCUMENT: "КонецДокумента", ACCOUNT: "КонецРасчСчет"}
_DOS_SIGN = "Кодировка=DOS".encode("cp866")
HEAD_BYTES = 4096
PURPOSE, OWN = "НазначениеПлатежа", "РасчСчет"


@dataclass(slots=True)
class Section:
    """`kind` is how the section begins; the file's head is a section of no kind."""

    kind: str
    line: int
    values: dict[str, str] = field(default_factory=dict)


def read_sections(content: bytes, name: str, kept: frozenset[str], faults: Faults) -> list[Section]:
    """The head first. Only values of the `kept` keys are remembered: names stay in the file.

    Windows-1251, UTF-8, or cp866 where the file says DOS. Raises BadFile.
    """
    with _open(content, name) as text:
        reader = _Reader(kept, faults)
        for number, line in numbered(text):
            reader.take(number, line.strip())
        reader.end()
    return reader.sections


def _open(content: bytes, name: str) -> AbstractContextManager[IO[str]]:
    if _DOS_SIGN in content[:HEAD_BYTES]:
        return io.TextIOWrapper(io.BytesIO(content), "cp866", newline="")
    return open_text(io.BytesIO(content), name)


class _Reader:
    """Takes line after line; `_open` is the section that is not closed yet."""

    def __init__(self, kept: frozenset[str], faults: Faults) -> None:
        self._kept = kept
        self._faults = faults
        self._open: Section | None = None
        self._last_key = ""
        self._is_ended = False
        self.sections: list[Section] = []

    def take(self, number: int, line: str) -> None:
        if not self.sections:
            self._begin_file(number, line)
        elif not line:
            return
        elif self._is_ended:
            self._faults.add(number, "", f"строка после {END}")
        elif line == END:
            self._refuse_open(number)
            self._is_ended = True
        elif line in ENDS.values():
            self._close(number, line)
        else:
            self._say(number, line)

    def end(self) -> None:
        if not self._is_ended:
            self._refuse_open(self._open.line if self._open else 0)
            self._faults.add(0, "", f"нет строки {END}: файл оборван")

    def _begin_file(self, number: int, line: str) -> None:
        if line != SIGN:
            raise BadFile(f"первая строка не {SIGN}: это не обмен с банком")
        self.sections.append(Section("", number))

    def _refuse_open(self, number: int) -> None:
        if self._open:
            told = f"{self._open.kind} строки {self._open.line} не закрыта"
            self._faults.add(number, "", told)
            self._open = None

    def _close(self, number: int, line: str) -> None:
        if self._open is None or ENDS[self._open.kind] != line:
            self._faults.add(number, "", f"{line} без своего начала")
        else:
            self._open = None

    def _say(self, number: int, line: str) -> None:
        key, equals, value = line.partition("=")
        if key in ENDS:
            self._refuse_open(number)
            self._open = Section(key, number)
            self.sections.append(self._open)
            if len(self.sections) > ROWS_MAX:
                raise BadFile(TOO_MANY)
        elif equals:
            self._keep(number, key, value.strip())
        elif self._last_key == PURPOSE and self._open:
            # a payer's line break inside the purpose
            longer = f"{self._open.values[PURPOSE]} {line}"
            self._open.values[PURPOSE] = longer[: PURPOSE_MAX + 1]
            return
        else:
            self._faults.add(number, "", f"не строка вида Ключ=Значение: «{line[:20]}»")
        self._last_key = key

    def _keep(self, number: int, key: str, value: str) -> None:
        section = self._open or self.sections[0]
        if key not in self._kept:
            return
        if key == OWN and not section.kind:
            # the head may name several accounts
            value = f"{section.values.get(key, '')} {value}"
        elif section.values.get(key, value) != value:
            self._faults.add(number, key, "второе значение в одной секции")
        section.values[key] = value
