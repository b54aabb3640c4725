"""QR Code symbols for paper: bytes in, dark modules out. § is ISO/IEC 18004:2015.

Byte mode without ECI, error correction level M, the smallest version that fits.

Why an encoder of our own, though segno is a library: a mass run makes millions of symbols, and
segno goes module by module, thirty times slower. Here a version has its tables, made once around
what segno draws in all its symbols. Tests hold all forty versions equal to segno's symbols.

Why one mask: a reader takes any of the eight, since the symbol names it, and choosing would mean
drawing all eight. Of 300 invented payment strings (266–561 bytes, mostly Cyrillic in UTF-8) mask 2
had the best penalty of §7.8.3 in 264 and was 0.3 % from the best on average; others, 10–18 %.
"""

import io
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import accumulate, chain, pairwise, product, zip_longest
from operator import getitem, itemgetter, xor

import segno.consts
from PIL import Image

# Level M, by version (§7.5.1, tables 7 and 9): data codewords of a symbol, error correction
# codewords of a block, blocks of a symbol.
# fmt: off
_DATA = (
    16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669,
    714, 782, 860, 914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914,
    1992, 2102, 2216, 2334,
)
_CHECKS = (
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, *[26] * 4, *[28] * 19,
)
_BLOCKS = (
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25,
    26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
)
# fmt: on
# Bytes that fit: mode, their number (§7.4.1, table 3) and terminator take 2 codewords or 3.
CAPACITIES = tuple(data - (2 if version < 10 else 3) for version, data in enumerate(_DATA, 1))

_PADDING = bytes((0xEC, 0x11)) * (_DATA[-1] // 2)
# Darkens what is light, and the reverse, in every third column from the left one (§7.8.2).
_MASK = 2


class TooLong(ValueError):
    """More bytes than version 40 holds."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """`size` modules a side, without the quiet zone.

    `packed` is rows from the top, each filled up to whole bytes with light modules, the most
    significant bit first; 1 is dark.
    """

    version: int
    size: int
    packed: bytes


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all symbols of a version have in common.

    `blocks` are data codewords of each block and a table for each of them; `place` takes bits of
    the whole stream and a light one to all modules, `pattern` is to be added to them.
    """

    size: int
    blocks: tuple[tuple[slice, tuple[list[int], ...]], ...]
    place: Callable[[str], tuple[str, ...]]
    pattern: int


def encode(data: bytes) -> Symbol:
    """Raises TooLong beyond the 2331 bytes of version 40."""
    if len(data) > CAPACITIES[-1]:
        raise TooLong(f"{len(data)} bytes, at most {CAPACITIES[-1]} fit")
    version = bisect_left(CAPACITIES, len(data)) + 1
    plan, checks = _plan(version), _CHECKS[version - 1]
    codewords = _codewords(data, version)
    stream = codewords + b"".join(
        reduce(xor, map(getitem, tables, codewords[block])).to_bytes(checks)
        for block, tables in plan.blocks
    )
    # the last, light bit is for modules without data: the pattern draws them
    bits = f"{int.from_bytes(stream):0{len(stream) * 8}b}0"
    modules = int("".join(plan.place(bits)), 2) ^ plan.pattern
    return Symbol(version, plan.size, modules.to_bytes(plan.size * ((plan.size + 7) // 8)))


def png(symbol: Symbol, scale: int = 6, quiet: int = 4) -> bytes:
    """Black on white, a bit a pixel; `scale` is pixels a module, `quiet` modules of margin."""
    side = symbol.size + 2 * quiet
    dark = Image.frombytes("1", (symbol.size, symbol.size), symbol.packed, "raw", "1;I")
    picture = Image.new("1", (side, side), "white")
    picture.paste(dark, (quiet, quiet))
    file = io.BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _codewords(data: bytes, version: int) -> bytes:
    """Byte mode, number of bytes, the bytes, terminator, padding (§7.4)."""
    room = _DATA[version - 1]
    used = len(data) + room - CAPACITIES[version - 1]
    head = 0b0100 << (8 if version < 10 else 16) | len(data)
    message = (head << 8 * len(data) | int.from_bytes(data)) << 4
    return message.to_bytes(used) + _PADDING[: room - used]


@cache
def _plan(version: int) -> _Plan:
    size, checks = 17 + 4 * version, _CHECKS[version - 1]
    blocks, fixed = _blocks(version), _without_data(version)
    cells = [cell for cell in _zigzag(size) if cell not in fixed]
    order = _order(blocks, checks)
    assert len(cells) // 8 == len(order), version
    # up to seven cells are left over: remainder bits are light
    sources = dict(zip(cells, (8 * at + bit for at in order for bit in range(8)), strict=False))
    grid = list(product(range(size), range((size + 7) // 8 * 8)))
    tables = _tables(checks, len(blocks[-1]))
    return _Plan(
        size=size,
        blocks=tuple((slice(one.start, one.stop), tables[-len(one) :]) for one in blocks),
        place=itemgetter(*(sources.get(cell, 8 * len(order)) for cell in grid)),
        pattern=int("".join("01"[fixed.get(cell, cell[1] % 3 == 0)] for cell in grid), 2),
    )


def _blocks(version: int) -> list[range]:
    """Data codewords of each block; the last blocks may be longer by one (§7.5.1)."""
    short, longer = divmod(_DATA[version - 1], _BLOCKS[version - 1])
    lengths = [short] * (_BLOCKS[version - 1] - longer) + [short + 1] * longer
    return [range(*ends) for ends in pairwise(accumulate(lengths, initial=0))]


def _order(blocks: list[range], checks: int) -> list[int]:
    """The final message (§7.6) as places in the stream: data of all blocks, then all checks."""
    data = [one for one in chain.from_iterable(zip_longest(*blocks)) if one is not None]
    rest = (block * checks + at for at in range(checks) for block in range(len(blocks)))
    return data + [len(data) + one for one in rest]


def _without_data(version: int) -> dict[tuple[int, int], bool]:
    """By (row, column), is it dark: function, format and version modules, and the ends of rows."""
    symbol = segno.make_qr(b"", "m", version, mode="byte", mask=_MASK, boost_error=False)
    size = len(symbol.matrix)
    found = dict.fromkeys(product(range(size), range(size, size + 7)), False)
    for row, kinds in enumerate(symbol.matrix_iter(border=0, verbose=True)):
        for column, kind in enumerate(kinds):
            if kind not in (segno.consts.TYPE_DATA_LIGHT, segno.consts.TYPE_DATA_DARK):
                found[row, column] = bool(symbol.matrix[row][column])
    # segno 1.6.6 takes this one, beside the format modules, for one of them
    found.pop((8, size - 9), None)
    return found


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """Modules in the order of placement (§7.7.3): pairs of columns but for 6, which is timing."""
    for pair, right in enumerate(chain(range(size - 1, 6, -2), range(5, 0, -2))):
        for row in range(size) if pair % 2 else reversed(range(size)):
            yield from ((row, right), (row, right - 1))


@cache
def _tables(checks: int, length: int) -> tuple[list[int], ...]:
    """What each codeword of a block adds to its checks, by value; a short block has the last."""
    generator, top = _generator(checks), 8 * (checks - 1)
    tables = [[int.from_bytes(_times(value, one) for one in generator) for value in range(256)]]
    for _ in range(length - 1):
        # one place further from the end is one more division by the generator
        rests = ((one % (1 << top) << 8, one >> top) for one in tables[-1])
        tables.append([rest ^ tables[0][out] for rest, out in rests])
    return tuple(reversed(tables))


def _generator(checks: int) -> list[int]:
    """Coefficients of (x - 1)(x - 2)...(x - 2**(checks - 1)) after the first, which is 1."""
    polynomial, root = [1], 1
    for _ in range(checks):
        shifted = zip([*polynomial, 0], [0, *polynomial], strict=True)
        polynomial = [one ^ _times(other, root) for one, other in shifted]
        root = _times(root, 2)
    return polynomial[1:]


def _times(one: int, other: int) -> int:
    """The product in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1 (§7.5.2)."""
    result = 0
    while other:
        result ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return result
