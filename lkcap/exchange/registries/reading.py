"""Bytes of a file from a bank to a registry: by the name of the format (contract §6.8)."""

import gzip
import io
import zlib

from lkcap.exchange.registries.dbf_registry import read_dbf
from lkcap.exchange.registries.layouts import CSV, SBER
from lkcap.exchange.registries.model import FILE_BYTES_MAX, BadRegistry, Fault, Registry
from lkcap.exchange.registries.statement import read_statement
from lkcap.exchange.registries.text import read_text
from lkcap.exchange.table import BadFile

FORMATS = ("sber", "1c", "dbf", "csv")
_GZIP = b"\x1f\x8b"


def read_registry(content: bytes, format_: str, name: str = "файл") -> Registry:
    """`content` may be gzipped; `name` is what messages call it. Raises BadRegistry."""
    try:
        content = _unpacked(content)
        if format_ == "dbf":
            return read_dbf(content)
        if format_ == "1c":
            return read_statement(content, name)
        return read_text(content, {"sber": SBER, "csv": CSV}[format_], name)
    except BadFile as error:
        raise BadRegistry([Fault(0, "", str(error))]) from error


def _unpacked(content: bytes) -> bytes:
    try:
        if content.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(FILE_BYTES_MAX + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise BadFile(f"архив оборван или испорчен: {error}") from error
    if len(content) > FILE_BYTES_MAX:
        raise BadFile(f"файл больше {FILE_BYTES_MAX >> 20} МБ: это не реестр")
    return content
