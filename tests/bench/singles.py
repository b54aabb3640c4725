"""Single receipts, a file each, on one core: ours beside typst and reportlab.

`ours` makes words, places and symbols from the figures; `redrawn` is our engine given what the
others are given, a finished drawing.
"""

import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pypdfium2
import zxingcpp
from reportlab.lib import rl_accel

from lkcap.receipts.model import Receipt
from lkcap.receipts.sheet import render
from tests.bench.drawings import drawing_of, redraw
from tests.bench.rivals import ByReportlab, ByTypst, cut_fonts

Writer = Callable[[int], bytes]


def compare(receipts: Sequence[Receipt], folder: Path, rounds: int) -> None:
    """Prints a row each; raises AssertionError where they do not say the same."""
    drawings = [drawing_of(one) for one in receipts]
    fonts = cut_fonts(drawings, folder)
    writers: dict[str, Writer] = {
        "ours": lambda place: render(receipts[place]),
        "redrawn": lambda place: redraw(drawings[place], receipts[place]),
        "typst": ByTypst(drawings, folder).render,
        "reportlab": ByReportlab(drawings, fonts).render,
    }
    sizes = {name: 0 for name in writers}
    for place in range(len(receipts)):
        files = {name: write(place) for name, write in writers.items()}
        _same(files, len(drawings[place].symbols))
        for name, file in files.items():
            sizes[name] += len(file)
    speeds = _speeds(writers, len(receipts), rounds)
    coded = sum(bool(one.symbols) for one in drawings)
    accelerated = "with" if rl_accel._c_funcs else "without"
    print(  # noqa: T201
        f"Single receipts: {len(receipts)}, {coded} with a QR code; one core, {rounds} rounds; "
        f"reportlab {accelerated} its C accelerator"
    )
    for name, rates in speeds.items():
        print(  # noqa: T201
            f"  {name:10} {statistics.median(rates):5,.0f} receipts/s "
            f"({min(rates):,.0f}–{max(rates):,.0f})   {sizes[name] // len(receipts):6,} bytes   "
            f"ours / it {_ratio(speeds['ours'], rates)}   "
            f"redrawn / it {_ratio(speeds['redrawn'], rates)}"
        )


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    pairs = [one / other for one, other in zip(ours, theirs, strict=True)]
    return f"{statistics.median(pairs):.2f} ({min(pairs):.2f}–{max(pairs):.2f})"


def _same(files: Mapping[str, bytes], codes_expected: int) -> None:
    seen = {name: _seen(file) for name, file in files.items()}
    for name, (text, codes) in seen.items():
        assert text == seen["ours"][0], name
        assert codes == seen["ours"][1], name
        assert len(codes) == codes_expected, name


def _seen(file: bytes) -> tuple[str, list[bytes]]:
    """The text, blanks made one, and what the QR codes say."""
    with pypdfium2.PdfDocument(file) as document:
        (page,) = document
        text = page.get_textpage().get_text_bounded()
        image = page.render(scale=100 / 72, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return re.sub(r"\s+", " ", text).strip(), [one.bytes for one in codes]


def _speeds(writers: Mapping[str, Writer], count: int, rounds: int) -> dict[str, list[float]]:
    """Receipts a second of the processor, by writer and round; they take turns."""
    speeds: dict[str, list[float]] = {name: [] for name in writers}
    for _ in range(rounds):
        for name, write in writers.items():
            started = time.process_time()
            for place in range(count):
                write(place)
            speeds[name].append(count / (time.process_time() - started))
    return speeds
