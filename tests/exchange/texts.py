"""Files as bytes, and rows with any column said otherwise."""

import gzip
from pathlib import Path

from tests.factory import Books

HOUSES = """\
house_id;address;total_area;in_programme_since
H-1;г. Северореченск, ул. Кедровая, д. 14;3412,60;2014-09-01
H-2;г. Северореченск, ул. Речная, д. 3;5210;01.12.2015
"""


def put(books: Books, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = books.folder / name
    body = content.encode(encoding) if isinstance(content, str) else content
    path.write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    return path


def entry(books: Books, month: str, **said: object) -> Books:
    """A usual entry of the month, whichever of its columns is said otherwise, `kind` too."""
    books.entry(month)
    books.files["entries"][-1] = dict(books.files["entries"][-1]) | said
    return books
