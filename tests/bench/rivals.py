"""A receipt by typst 0.15 and by reportlab 5, as fast as each of them can by what it documents.

They are spared all that is not theirs: the words, the wrapping, the places, the encoding of the QR
code and its image are made before the clock starts, and their fonts are cut beforehand to the very
characters of these receipts, without hinting (whole fonts make typst 1.4 times slower; reportlab
does not mind). Ours starts from the figures and makes all of it within its time.

typst: one `Compiler` reused, values by `sys_inputs`, one `place` a line (columns of paragraphs and
stacks were slower), no tags. reportlab: fonts registered once, one text object a page, no ASCII85;
the symbol as an image of one bit a module (a path of rectangles halves its speed).
Its C accelerator, `reportlab[accel]`, adds a quarter and is used where it is installed.
"""

import io
import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import typst
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as RegisteredFont
from reportlab.pdfgen.canvas import Canvas

from lkcap.paper.fonts import BOLD, SANS, SERIF, SERIF_BOLD, WHOLE
from lkcap.paper.sheet import A4, PT
from lkcap.paper.symbol import Symbol, png
from tests.bench.drawings import Drawing

WIDTH, HEIGHT = (side * PT for side in A4)
FAMILIES = {
    SANS: ("PT Sans", 400),
    BOLD: ("PT Sans", 700),
    SERIF: ("PT Serif", 400),
    SERIF_BOLD: ("PT Serif", 700),
}


def cut_fonts(drawings: Sequence[Drawing], folder: Path) -> dict[str, Path]:
    """Font files with the characters of these drawings."""
    files = {}
    for face in FAMILIES:
        chars = {char for one in drawings for _, _, text, of, _ in one.texts if of == face
                 for char in text}  # fmt: skip
        cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=[]))
        cutter.populate(text="".join(chars))
        files[face] = folder / f"{face}.ttf"
        with TTFont(WHOLE[face]) as font:
            cutter.subset(font)
            font.save(files[face])
    return files


_TEMPLATE = """
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(top-edge: "baseline", bottom-edge: "baseline", hyphenate: false, fallback: false)
#let drawing = json(bytes(sys.inputs.drawing))
#for (family, weight, size, items) in drawing.texts {
  set text(font: family, weight: weight, size: size * 1pt)
  for (x, y, it) in items { place(dx: x * 1mm, dy: y * 1mm, it) }
}
#for (x1, y1, x2, y2, width, grey) in drawing.rules {
  place(line(
    start: (x1 * 1mm, y1 * 1mm), end: (x2 * 1mm, y2 * 1mm),
    stroke: width * 1mm + luma(grey * 100%),
  ))
}
#for (x, y, width, height, line) in drawing.boxes {
  let frame = rect(width: width * 1mm, height: height * 1mm, stroke: line * 1mm)
  place(dx: x * 1mm, dy: y * 1mm, frame)
}
#for (x, y, side, name) in drawing.symbols {
  place(dx: x * 1mm, dy: y * 1mm, image(name, width: side * 1mm, scaling: "pixelated"))
}
"""


class ByTypst:
    """`folder` holds the template, the fonts and the pictures of symbols."""

    def __init__(self, drawings: Sequence[Drawing], folder: Path) -> None:
        template = folder / "receipt.typ"
        template.write_text(_TEMPLATE)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        self._compiler = typst.Compiler(template, root=folder, font_paths=fonts)
        self._inputs = [
            {"drawing": _typst_input(one, folder, place)} for place, one in enumerate(drawings)
        ]

    def render(self, place: int) -> bytes:
        return self._compiler.compile(format="pdf", sys_inputs=self._inputs[place], pdf_tags=False)


def _typst_input(drawing: Drawing, folder: Path, place: int) -> str:
    texts = [
        (*FAMILIES[face], size, [text[:3] for text in items])
        for (face, size), items in groupby(drawing.texts, key=lambda text: text[3:])
    ]
    symbols = []
    for number, (x, y, side, symbol) in enumerate(drawing.symbols):
        name = f"symbol-{place}-{number}.png"
        (folder / name).write_bytes(png(symbol, scale=1, quiet=0))
        symbols.append((x, y, side, name))
    return json.dumps(
        {"texts": texts, "rules": drawing.rules, "boxes": drawing.boxes, "symbols": symbols}
    )


class ByReportlab:
    """Registers the fonts for the whole process."""

    def __init__(self, drawings: Sequence[Drawing], fonts: dict[str, Path]) -> None:
        rl_config.useA85 = 0
        for face, path in fonts.items():
            pdfmetrics.registerFont(RegisteredFont(face, path))
        self._drawings = drawings
        self._images = [[_image(symbol) for *_, symbol in one.symbols] for one in drawings]

    def render(self, place: int) -> bytes:
        drawing, file = self._drawings[place], io.BytesIO()
        canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1)
        _texts(canvas, drawing)
        _lines(canvas, drawing)
        for (x, y, side, _), image in zip(drawing.symbols, self._images[place], strict=True):
            canvas.drawImage(image, x * PT, HEIGHT - (y + side) * PT, side * PT, side * PT)
        canvas.save()
        return file.getvalue()


def _image(symbol: Symbol) -> ImageReader:
    size = (symbol.size, symbol.size)
    return ImageReader(Image.frombytes("1", size, symbol.packed, "raw", "1;I"))


def _texts(canvas: Canvas, drawing: Drawing) -> None:
    page, before = canvas.beginText(), None
    for x, y, text, face, size in drawing.texts:
        if (face, size) != before:
            page.setFont(face, size)
            before = face, size
        page.setTextOrigin(x * PT, HEIGHT - y * PT)
        page.textOut(text)
    canvas.drawText(page)


def _lines(canvas: Canvas, drawing: Drawing) -> None:
    for x1, y1, x2, y2, width, grey in drawing.rules:
        canvas.setStrokeGray(grey)
        canvas.setLineWidth(width * PT)
        canvas.line(x1 * PT, HEIGHT - y1 * PT, x2 * PT, HEIGHT - y2 * PT)
    canvas.setStrokeGray(0)
    for x, y, width, height, line in drawing.boxes:
        canvas.setLineWidth(line * PT)
        canvas.rect(x * PT, HEIGHT - (y + height) * PT, width * PT, height * PT)
