"""A registry in DBF: whose layout it is, told by the names of its fields."""

from lkcap.exchange.registries.dbf import Dbf, open_dbf, refuse_types
from lkcap.exchange.registries.layouts import DBF, Layout
from lkcap.exchange.registries.model import Faults, Registry, Totals
from lkcap.exchange.registries.rows import RowMaker
from lkcap.exchange.table import BadFile


def read_dbf(content: bytes) -> Registry:
    """Records not marked as deleted. Raises BadRegistry, BadFile."""
    file = open_dbf(content)
    layout = _layout(file)
    faults = Faults()
    maker = RowMaker(layout, faults)
    deleted = 0
    for number, record in file.records(layout.columns, faults):
        if record is None:
            deleted += 1
        else:
            maker.add(number, {layout.columns[name]: cell for name, cell in record.items()})
    faults.refuse()
    notices = (f"помеченных удалёнными записей пропущено: {deleted}",) if deleted else ()
    return Registry(layout.name, tuple(maker.rows), Totals.of(maker.rows), notices=notices)


def _layout(file: Dbf) -> Layout:
    """The one whose required fields are all there."""
    names = [column.name for column in file.columns]
    for layout in DBF:
        required = {name for name, role in layout.columns.items() if layout.required[role]}
        if required <= set(names):
            used = [column for column in file.columns if column.name in layout.columns]
            if len(used) > len({column.name for column in used}):
                raise BadFile("поле повторяется")
            refuse_types(used)
            return layout
    raise BadFile(f"незнакомые поля DBF: {', '.join(names)[:200]}")
