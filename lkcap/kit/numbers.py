"""Account numbers as people type them."""

import re

_DROPPED = re.compile(r"[\s\-\u2010-\u2015]+")


def number_key(number: str) -> str:
    """An account number as it is looked up: blanks and dashes dropped (contract §3)."""
    return _DROPPED.sub("", number).upper()
