"""What PostgreSQL looks at for a query: rows, not time."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import psycopg2

SEEN = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter")


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _steps(inner)


def rows_seen(url: str, sql: str, parameters: Mapping[str, object] | None = None) -> int:
    """The rows that all steps of the plan had in hand."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", parameters)
        ((found,),) = cursor.fetchall()
    plan = found[0]["Plan"]
    return sum(
        sum(step.get(name, 0) for name in SEEN) * step["Actual Loops"] for step in _steps(plan)
    )
