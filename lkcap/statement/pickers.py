"""The months a reader may choose from.

Twelve years are 150 options, twice on the page: more than all the rest of it. They are the same for
all accounts that began together, so they are put together once.
"""

from functools import lru_cache

from markupsafe import Markup

from lkcap.kit.month import Month, months

# Accounts begin in some two hundred months; the last one changes once a month.
KEPT = 1024


@lru_cache(KEPT)
def _options(first: Month, last: Month) -> str:
    """The newest year first; nothing here comes from outside."""
    by_year: dict[int, list[str]] = {}
    for month in months(first, last):
        option = f'<option value="{month}">{month.name}</option>'
        by_year.setdefault(month.year, []).append(option)
    return "".join(
        f'<optgroup label="{year}">{"".join(options)}</optgroup>'
        for year, options in sorted(by_year.items(), reverse=True)
    )


def month_options(since: Month | None, last: Month, chosen: Month) -> Markup:
    """`<option>` of every month from the account's first to the open one, one of them chosen."""
    options = _options(since or last, last)
    return Markup(  # noqa: S704 - months and markup of our own
        options.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1)
    )
