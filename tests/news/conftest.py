"""An editor at work, and articles in the database."""

from datetime import UTC, datetime, timedelta

import pytest

from lkcap.config import Config
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import Desk


@pytest.fixture
def desk(config: Config) -> Desk:
    return Desk(config)


@pytest.fixture
async def editor(neighbour: Browser, desk: Desk) -> Browser:
    """In a browser of his own."""
    await desk.enter(neighbour, "editor")
    return neighbour


@pytest.fixture
def write(books: Books, desk: Desk):
    """`write("Заголовок", hours=-1, town="…")`: published an hour ago; hours=None is a draft."""
    login = desk.employ("editor", "writer")

    def add(title: str, *, hours: int | None = -1, body: str = "Текст.", **columns: object) -> int:
        at = None if hours is None else datetime.now(UTC) + timedelta(hours=hours)
        names = "".join(f", {name}" for name in columns)
        ((article_id,),) = books.rows(
            f"INSERT INTO article (title, body, published_at, edited_at, edited_by{names})"
            f" SELECT %s, %s, %s, now(), staff_id{', %s' * len(columns)}"
            " FROM staff WHERE login = %s RETURNING article_id",
            title, body, at, *columns.values(), login,
        )  # fmt: skip
        return int(article_id)

    return add
