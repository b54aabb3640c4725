"""The objects of a PDF file, as far as taking fonts from one and writing our own needs them."""

import re
import zlib
from collections.abc import Iterable
from itertools import pairwise

_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FONTS = re.compile(rb"/Font\s*<<(.*?)>>", re.DOTALL)


def split(file: bytes) -> tuple[dict[int, bytes], bytes]:
    """(objects by number, the page's font dictionary) of a file whose table is a plain one."""
    start = int(file[file.rindex(b"startxref") + len(b"startxref") :].split()[0])
    table = file[start : file.index(b"trailer", start)].split(b"\n")[2:]
    offsets = [int(line[:10]) for line in table if line[17:18] == b"n"]
    ends = [*sorted(offsets), start]
    end_of = dict(pairwise(ends))
    objects = {
        number: file[offset : end_of[offset]].split(b" obj\n", 1)[1].rsplit(b"endobj", 1)[0]
        for number, offset in enumerate(offsets, start=1)
    }
    (fonts,) = (found for body in objects.values() if (found := _FONTS.search(body)))
    return objects, fonts[1].replace(b"\n", b" ")


def renumbered(objects: dict[int, bytes], fonts: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The fonts' objects alone, numbered from 1, and the font dictionary in those numbers."""
    numbers: dict[int, int] = {}
    waiting = _references(fonts)
    while waiting:
        number = waiting.pop()
        if number not in numbers:
            numbers[number] = len(numbers) + 1
            waiting += _references(_head(objects[number]))
    bodies = tuple(_compressed(_renumber(objects[number], numbers)) for number in numbers)
    return bodies, _renumber(fonts, numbers)


def beginning(objects: tuple[bytes, ...]) -> tuple[bytes, tuple[int, ...]]:
    """(how a file with these objects begins, where in it each of them stands)."""
    head, places = _HEADER, []
    for number, body in enumerate(objects, start=1):
        places.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return head, tuple(places)


class Objects:
    """The objects of a file being written: numbered as they are taken, `first` is the first number.

    A body of bytes is a stream, any other is text.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self.bodies: list[str | bytes] = []

    def take(self) -> int:
        """The number of an object that is written later."""
        self.bodies.append("")
        return self.first + len(self.bodies) - 1

    def put(self, number: int, body: str | bytes) -> None:
        self.bodies[number - self.first] = body

    def add(self, body: str | bytes) -> int:
        self.bodies.append(body)
        return self.first + len(self.bodies) - 1


def references(numbers: Iterable[int]) -> str:
    return " ".join([f"{number} 0 R" for number in numbers])


def stream(data: bytes, level: int = 9, more: str = "") -> bytes:
    """A compressed stream; `more` are other entries of its dictionary."""
    packed = zlib.compress(data, level)
    head = f"<<{more}/Length {len(packed)}/Filter/FlateDecode>>stream\n".encode("ascii")
    return head + packed + b"\nendstream"


def text_string(text: str) -> str:
    """A text of a dictionary: title, alternative text."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def _head(body: bytes) -> bytes:
    """Before the stream: only there are references."""
    return body.split(b"stream\n", 1)[0]


def _references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text)]


def _renumber(body: bytes, numbers: dict[int, int]) -> bytes:
    head = _head(body)
    moved = _REFERENCE.sub(lambda one: b"%d 0 R" % numbers[int(one[1])], head)
    return moved + body[len(head) :]


def _compressed(body: bytes) -> bytes:
    """fpdf2 leaves the tables of character codes as they are."""
    head, mark, rest = body.partition(b"stream\n")
    if not mark or b"/Filter" in head:
        return body
    return stream(rest.rsplit(b"\nendstream", 1)[0])
