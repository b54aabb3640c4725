"""SQL lives in files, one query each; the name is the path: `statement/list_rows`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg2

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sql"
SCHEMA = FOLDER / "schema"

# The application's role: every statement of ours is run as it.
ROLE = "lkcap_app"

# SQLAlchemy turns `:name` into psycopg2's `%(name)s` and doubles every other per cent sign, once.
_DIALECT = psycopg2.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready for psycopg2, with the names of its parameters."""

    name: str
    text: str
    parameters: frozenset[str]


@cache
def query(name: str) -> Query:
    """Read `sql/<name>.sql`; done at import, so a missing file stops the start, not a page."""
    compiled = text((FOLDER / f"{name}.sql").read_text("utf-8")).compile(dialect=_DIALECT)
    return Query(name, str(compiled), frozenset(compiled.params))
