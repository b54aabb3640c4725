"""Somebody works at the desk."""

import pytest

from lkcap.config import Config
from tests.staff.desk import Desk


@pytest.fixture
def desk(config: Config) -> Desk:
    return Desk(config)
