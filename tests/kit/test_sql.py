"""Queries live in files; the name is the path."""

import pytest

from lkcap.kit.sql import query


def test_a_query_knows_its_parameters():
    found = query("auth/touch_session")
    assert found.parameters == {"now", "token_hash"}
    assert "%(now)s" in found.text


def test_a_query_is_read_once():
    assert query("auth/touch_session") is query("auth/touch_session")


def test_a_missing_file_stops_the_start():
    with pytest.raises(FileNotFoundError):
        query("auth/no_such_query")


def test_a_colon_inside_a_comment_or_a_cast_is_no_parameter():
    found = query("statement/list_rows")
    assert found.parameters == {"account_id", "kind", "first", "last", "hidden_before"}
