"""A text registry read by its layout: every line, or nothing."""

import io
from collections.abc import Iterable
from typing import IO

from lkcap.exchange.batches import WIDTH_DIFFERS
from lkcap.exchange.registries.layouts import Layout
from lkcap.exchange.registries.lines import numbered
from lkcap.exchange.registries.model import Faults, Registry, Totals
from lkcap.exchange.registries.rows import RowMaker
from lkcap.exchange.registries.services import share
from lkcap.exchange.registries.trailer import FIELD, MARKS, Trailer, compare, read_trailer
from lkcap.exchange.table import open_text, read_table


def read_text(content: bytes, layout: Layout, name: str) -> Registry:
    """UTF-8 or windows-1251, recognised by itself. Raises BadRegistry, BadFile."""
    with open_text(io.BytesIO(content), name) as text:
        if layout.columns:
            return _with_header(text, layout, name)
        return _Lines(layout).read(numbered(text))


def _with_header(text: IO[str], layout: Layout, name: str) -> Registry:
    table = read_table(text, name, layout.required, layout.columns)
    faults = Faults()
    maker = RowMaker(layout, faults)
    for line, cells in table.rows:
        if len(cells) != table.width:
            faults.add(line, "", WIDTH_DIFFERS.format(len(cells), table.width))
            continue
        maker.add(line, {role: cells[place] for role, place in table.places.items()})
    faults.refuse()
    notices = (f"столбцы не нужны и пропущены: {', '.join(table.ignored)}",)
    rows = tuple(maker.rows)
    return Registry(layout.name, rows, Totals.of(rows), notices=notices if table.ignored else ())


class _Lines:
    """A file without a header, up to its trailer if it has one."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._places = layout.places
        self._widths = " или ".join(map(str, self._places))
        self._faults = Faults()
        self._maker = RowMaker(layout, self._faults)
        self._count = 0
        self._mark_alone = False
        self._trailer_line = 0
        self._trailer: Trailer | None = None

    def read(self, lines: Iterable[tuple[int, str]]) -> Registry:
        for number, line in lines:
            if not line.strip():
                continue
            if self._mark_alone:
                self._end(number, line)
            elif self._trailer_line:
                self._faults.add(number, "", "строка после итога")
            elif self._layout.has_trailer and line.startswith(MARKS):
                self._end(number, line[1:])
            else:
                self._row(number, line)
        return self._agreed()

    def _row(self, number: int, line: str) -> None:
        self._count += 1
        cells = line.split(self._layout.separator)
        places = self._places.get(len(cells))
        if places is None:
            self._faults.add(number, "", f"полей {len(cells)}, а должно быть {self._widths}")
            return
        self._maker.add(number, {role: cells[place] for role, place in places.items()})

    def _end(self, number: int, told: str) -> None:
        """The trailer, or its mark alone: then its numbers are on the next line."""
        self._trailer_line = number
        self._mark_alone = not told.strip()
        if not self._mark_alone:
            cells = told.split(self._layout.separator)
            self._trailer = read_trailer(number, cells, self._layout.day, self._faults)

    def _agreed(self) -> Registry:
        """Sums are compared only where every line could be read."""
        faults, trailer = self._faults, self._trailer
        if self._layout.has_trailer and (not self._trailer_line or self._mark_alone):
            faults.add(self._trailer_line, FIELD, "строки с итогом нет: файл оборван")
        if trailer and trailer.count != self._count:
            faults.add(trailer.line, FIELD, f"строк {trailer.count}, а в файле {self._count}")
        faults.refuse()
        rows = self._maker.rows
        share(rows, self._maker.totals, faults)
        faults.refuse()
        totals = Totals.of(rows)
        if trailer:
            compare(trailer, totals, faults)
        faults.refuse()
        order = (trailer.order_number, trailer.order_date) if trailer else ("", None)
        return Registry(self._layout.name, tuple(rows), totals, *order)
