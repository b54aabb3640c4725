"""The kinds of files (contract §6): their columns, how a row is staged, what stores it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import call, itemgetter
from typing import Any

from lkcap.exchange import fields
from lkcap.exchange.fields import BadCell, Parser
from lkcap.kit.sql import Query, query

# A row as parsed, in the order of its kind's columns; an empty cell is an empty text.
Values = Sequence[str]


class BadRow(Exception):
    """The row is set aside: `field` is the column, the message the reason, in Russian."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: a cell must not be empty."""

    name: str
    parse: Parser = fields.text
    required: bool = False


def _as_is(values: Values, _today: str) -> Values:
    return values


@dataclass(frozen=True, slots=True)
class Format:
    """Somebody else's file of this kind: its names of our columns, and how it fills them."""

    spelling: Mapping[str, str]
    parsers: Mapping[str, Parser]

    def columns(self, ours: Sequence[Column]) -> tuple[Column, ...]:
        return tuple(
            replace(column, parse=self.parsers.get(column.name, column.parse)) for column in ours
        )


@dataclass(frozen=True, slots=True)
class Registry:
    """Rows that describe things and may change them.

    `problems` finds staged rows that cannot be stored (line, field, reason); `store` are the
    statements that store the rest, those in `counts` say how many rows were new or changed.
    """

    problems: Query | None
    store: tuple[Query, ...]
    counts: frozenset[Query]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows that are booked once and for ever.

    `table` makes the place where openings wait until all others are in, `defer` moves them there
    from a batch, `recall` brings the next of them back and `problems` finds what could not be found
    before. `judge` books what it can of a batch and lists the rest (line, field, reason), its last
    row being the count. The rows of which nothing is known need no judge: `find_accounts` and
    `find_known` tell them, and they go to the ledger by COPY.
    """

    table: Query
    defer: Query
    recall: Query
    problems: Query
    judge: Query
    add_services: Query
    list_services: Query
    find_accounts: Query
    find_known: Query


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows that change nothing of ours: `compare` keeps and tells where they differ from us."""

    problems: Query
    compare: Query


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `row` makes the staged row of the parsed one and of today (ISO), or raises BadRow.
    `key` are the staged columns no two rows of a file may share, unless the rows are equal.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    storing: Registry | Ledger | Comparison
    staged: tuple[str, ...]
    stage: Query
    row: Callable[[Values, str], Values] = _as_is
    formats: Mapping[str, Format] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return f"stage_{self.name}"

    @property
    def copied(self) -> tuple[str, ...]:
        """Staged columns that go to the database as they are; a ledger's are resolved by name."""
        resolved = ("account", "service") if isinstance(self.storing, Ledger) else ()
        return tuple(name for name in self.staged if name not in resolved)


def kind(
    name: str,
    columns: tuple[Column, ...],
    key: str,
    storing: Registry | Ledger | Comparison,
    *,
    staged: tuple[str, ...] | None = None,
    **more: Any,
) -> Kind:
    """A kind staged in the table that `sql/exchange/<name>/stage.sql` makes."""
    return Kind(
        name=name,
        columns=columns,
        key=tuple(key.split()),
        storing=storing,
        staged=staged or tuple(column.name for column in columns),
        stage=query(f"exchange/{name}/stage"),
        **more,
    )


def registry(name: str, store: str, *, counts: str = "store", checked: bool = True) -> Registry:
    """The steps of a registry, files of `sql/exchange/<name>/` in their order."""

    def steps(names: str) -> tuple[Query, ...]:
        return tuple(query(f"exchange/{name}/{one}") for one in names.split())

    problems = steps("problems")[0] if checked else None
    return Registry(problems, steps(store), frozenset(steps(counts)))


class RowParser:
    """Reads the cells of a kind's rows, where its columns stand in one file.

    A good row takes the short way: a million of them are a matter of seconds.
    """

    def __init__(self, columns: Sequence[Column], places: Mapping[str, int]) -> None:
        self._columns = columns
        self._parsers = [column.parse for column in columns]
        # a column the file lacks is read as an empty cell put after the last one
        in_file = [places.get(column.name, -1) for column in columns]
        self._lacks = -1 in in_file
        self._pick = itemgetter(*in_file)
        required = [place for place, column in enumerate(columns) if column.required]
        self._required = itemgetter(*required, required[0])

    def parse(self, cells: list[str]) -> list[str]:
        """Values in the order of the columns; raises BadRow."""
        if self._lacks:
            cells = [*cells, ""]
        try:
            values = list(map(call, self._parsers, self._pick(cells)))
        except BadCell:
            values = []
        if not values or not all(self._required(values)):
            raise self._problem(cells)
        return values

    def _problem(self, cells: list[str]) -> BadRow:
        for column, cell in zip(self._columns, self._pick(cells), strict=True):
            try:
                value = column.parse(cell)
            except BadCell as error:
                return BadRow(column.name, str(error))
            if not value and column.required:
                return BadRow(column.name, "пусто, а должно быть заполнено")
        raise AssertionError("a row without a problem was refused")
