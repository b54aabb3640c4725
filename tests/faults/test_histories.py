"""Any short history of one or two accounts, and after each step what must be true of them.

The site and the bank are real servers of this process over a real PostgreSQL; what must be true is
told by a model that knows nothing of how it is done.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import psycopg2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from lkcap.kit.workers import Workers
from tests.factory import Books
from tests.faults.history import History
from tests.faults.truths import Stage
from tests.payments.cards import open_shop

EXAMPLES = int(os.environ.get("LKCAP_TEST_HISTORIES", "15"))
STEPS = 30


@pytest.fixture
def stage(books: Books, workers: Workers, tmp_path: Path) -> Iterator[Stage]:
    books.house().account("1").entry("2026-09", account="1").load()
    loop, stack = asyncio.new_event_loop(), AsyncExitStack()
    shop = loop.run_until_complete(stack.enter_async_context(open_shop(books, workers, tmp_path)))
    with closing(psycopg2.connect(books.database)) as reader:
        reader.autocommit = True
        yield Stage(shop, loop, reader)
    loop.run_until_complete(stack.aclose())
    loop.close()


def test_any_history_leaves_the_books_true(stage: Stage):
    run_state_machine_as_test(
        lambda: History(stage),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
