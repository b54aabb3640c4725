"""The months a reader may choose from.

Twelve years are 150 options, more than all the rest of a page. They are the same for all accounts
that began together, so they are put together once. The statement has two lists of them: there the
years far from the chosen ones come with one month each, and static/js/months.js adds the rest.
Without scripts two steps lead to any month: a year, then its month.
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from lkcap.kit.month import Month, months
from lkcap.statement.forms import Wish

# Accounts begin in some two hundred months; the last one changes once a month.
KEPT = 1024
# This year and the one before are whole.
WHOLE_YEARS = 2


@lru_cache(KEPT)
def _all(first: Month, last: Month) -> str:
    return _options(months(first, last))


@lru_cache(KEPT)
def _few(first: Month, last: Month, whole: frozenset[int], edge: int) -> str:
    """Of other years than the whole ones the first month (`edge` 0) or the last (-1)."""
    years: dict[int, list[Month]] = {}
    for month in months(first, last):
        years.setdefault(month.year, []).append(month)
    shown = ((its if year in whole else [its[edge]]) for year, its in years.items())
    return _options(month for its in shown for month in its)


def _options(shown: Iterable[Month]) -> str:
    """The newest year first; nothing here comes from outside."""
    by_year: dict[int, list[str]] = {}
    for month in shown:
        option = f'<option value="{month}">{month.name}</option>'
        by_year.setdefault(month.year, []).append(option)
    return "".join(
        f'<optgroup label="{year}">{"".join(options)}</optgroup>'
        for year, options in sorted(by_year.items(), reverse=True)
    )


def _chosen(options: str, chosen: Month) -> Markup:
    return Markup(  # noqa: S704 - months and markup of our own
        options.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1)
    )


def month_options(since: Month | None, last: Month, chosen: Month) -> Markup:
    """`<option>` of every month from the account's first to the open one, one of them chosen."""
    return _chosen(_all(since or last, last), chosen)


def range_options(since: Month | None, last: Month, wish: Wish) -> dict[str, Markup]:
    """The lists «с месяца» and «по месяц», by the names of their fields.

    A wish that begins before the account, or ends before it, is shown as its first month.
    """
    first = since or last
    start, end = max(first, wish.first), max(first, wish.last)
    years = {start.year, end.year, *range(last.year, last.year - WHOLE_YEARS, -1)}
    whole = frozenset(years)
    return {
        "from": _chosen(_few(first, last, whole, 0), start),
        "to": _chosen(_few(first, last, whole, -1), end),
    }
