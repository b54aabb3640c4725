"""Registries as files of `data/` (invented), and what becomes of one that is spoilt."""

from pathlib import Path

import pytest

from lkcap.exchange.registries.model import BadRegistry, Registry
from lkcap.exchange.registries.reading import read_registry

DATA = Path(__file__).parent / "data"


def data(name: str) -> bytes:
    return (DATA / name).read_bytes()


def read(name: str, format_: str) -> Registry:
    return read_registry(data(name), format_)


def faults(content: bytes, format_: str) -> list[str]:
    """Every reason for refusing the file, as a person is told."""
    with pytest.raises(BadRegistry) as refused:
        read_registry(content, format_)
    assert refused.value.count == len(refused.value.faults)
    return list(map(str, refused.value.faults))


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """Exactly one place changed."""
    assert content.count(old) == 1, (old, content.count(old))
    return content.replace(old, new)
