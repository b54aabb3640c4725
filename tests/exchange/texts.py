"""Files as bytes, for what a table of rows cannot say."""

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
