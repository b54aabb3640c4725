"""The kinds of files (contract §6): their columns, how a row is staged, what stores it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

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
class Waiting:
    """Rows that are judged only when every other row of the load is in.

    `table` makes the place where they wait, `defer` moves them there from a batch, `recall` brings
    the next ones back, `problems` are what only then can be found; `holds` tells them by the staged
    row, whose raw line is kept along.
    """

    table: Query
    defer: Query
    recall: Query
    problems: Query
    holds: Callable[[Values], bool]


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
class Dictionary:
    """A column of few words that have a table of their own; `grow` adds those of a batch."""

    column: str
    grow: Query


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `row` makes the staged row of the parsed one and of today (ISO), or raises BadRow.
    `key` are the staged columns no two rows of a file may share, unless the rows are equal.
    `problems` finds staged rows that cannot be stored (line, field, reason); `store` are the
    statements that store the rest, those in `counts` say how many rows were new or changed.
    `judge` does both in one pass, its last row being the count; `listing` stores nothing and lists
    what differs.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    staged: tuple[str, ...]
    stage: Query
    problems: Query | None
    store: tuple[Query, ...]
    counts: frozenset[Query]
    row: Callable[[Values, str], Values]
    formats: Mapping[str, Format]
    waiting: Waiting | None
    judge: Query | None
    listing: Query | None
    dictionary: Dictionary | None

    @property
    def table(self) -> str:
        return f"stage_{self.name}"


def kind(
    name: str,
    columns: tuple[Column, ...],
    store: str,
    *,
    key: str,
    has_problems: bool = True,
    counts: str = "store",
    row: Callable[[Values, str], Values] = _as_is,
    staged: tuple[str, ...] | None = None,
    formats: Mapping[str, Format] | None = None,
    waiting: Waiting | None = None,
    judge: str | None = None,
    listing: str | None = None,
    dictionary: Dictionary | None = None,
) -> Kind:
    """A kind whose SQL stands in `sql/exchange/<name>/`; `store` names its steps in order."""

    def step(one: str) -> Query:
        return query(f"exchange/{name}/{one}")

    return Kind(
        name=name,
        columns=columns,
        key=tuple(key.split()),
        staged=staged or tuple(column.name for column in columns),
        stage=step("stage"),
        problems=step("problems") if has_problems else None,
        store=tuple(map(step, store.split())),
        counts=frozenset(map(step, counts.split())) if store else frozenset(),
        row=row,
        formats=formats or {},
        waiting=waiting,
        judge=step(judge) if judge else None,
        listing=step(listing) if listing else None,
        dictionary=dictionary,
    )


class RowParser:
    """Reads the cells of a kind's rows, where its columns stand in one file.

    A good row takes the short way: a million of them are a matter of seconds.
    """

    def __init__(self, columns: Sequence[Column], places: Mapping[str, int]) -> None:
        self._columns = columns
        # a column the file lacks is read as the empty cell put after the last one
        self._plan = [(column.parse, places.get(column.name, -1)) for column in columns]
        required = [place for place, column in enumerate(columns) if column.required]
        self._required = itemgetter(*required, required[0])

    def parse(self, cells: list[str]) -> list[str]:
        """Values in the order of the columns; raises BadRow."""
        with_empty = [*cells, ""]
        try:
            values = [parse(with_empty[place]) for parse, place in self._plan]
        except BadCell:
            values = []
        if not values or not all(self._required(values)):
            raise self._problem(with_empty)
        return values

    def _problem(self, cells: Sequence[str]) -> BadRow:
        for column, (parse, place) in zip(self._columns, self._plan, strict=True):
            try:
                value = parse(cells[place])
            except BadCell as error:
                return BadRow(column.name, str(error))
            if not value and column.required:
                return BadRow(column.name, "пусто, а должно быть заполнено")
        raise AssertionError("a row without a problem was refused")


_YEAR = fields.whole(1600, 2200)

TARIFFS = kind(
    "tariffs",
    (
        Column("house_id", required=True),
        Column("valid_from", fields.day, required=True),
        Column("rate", fields.sum_not_negative, required=True),
    ),
    "store",
    key="house_id valid_from",
)

REQUISITES = kind(
    "requisites",
    (
        Column("house_id", required=True),
        Column("valid_from", fields.day, required=True),
        Column("name", required=True),
        Column("inn", required=True),
        Column("kpp"),
        Column("account", required=True),
        Column("penalty_account"),
        Column("bank_name", required=True),
        Column("bic", required=True),
        Column("corr_account"),
        Column("gpb_account_id"),
    ),
    "store",
    key="house_id valid_from",
)

WORKS = kind(
    "works",
    (
        Column("house_id", required=True),
        Column("position", fields.whole(1, 100_000), required=True),
        Column("kind", required=True),
        Column("last_year", _YEAR),
        Column("planned_year", _YEAR),
        Column("planned_cost", fields.sum_not_negative),
        Column("status", fields.one_of(("planned", "in_progress", "done", "moved")), required=True),
        Column("contractor"),
        Column("finished_on", fields.day),
        Column("actual_cost", fields.sum_not_negative),
    ),
    "store",
    key="house_id position",
)

BALANCES = kind(
    "balances",
    (
        Column("account", required=True),
        Column("period", fields.month, required=True),
        Column("kind", fields.one_of(("principal", "penalty")), required=True),
        Column("closing", fields.amount, required=True),
    ),
    store="",
    key="account period kind",
    listing="compare",
)
