"""What stands on a receipt and where, noted while ours is drawn: others draw it again from that."""

from dataclasses import dataclass, field
from functools import partial

from lkcap.paper.fonts import SANS, prepared
from lkcap.paper.paper import Paper, write
from lkcap.paper.sheet import QUIET, Sheet
from lkcap.paper.symbol import Symbol
from lkcap.receipts.model import Receipt
from lkcap.receipts.sheet import draw, title


@dataclass(slots=True)
class Drawing:
    """What stands on a receipt: millimetres from the top left corner, as `Sheet` was told."""

    texts: list[tuple[float, float, str, str, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    symbols: list[tuple[float, float, float, Symbol]] = field(default_factory=list)


class _NotedSheet(Sheet):
    def __init__(self, *args):
        super().__init__(*args)
        self.drawing = Drawing()

    def text(self, x, y, text, face=SANS, size=9):
        self.drawing.texts.append((x, y, text, face, size))
        super().text(x, y, text, face, size)

    def line(self, x1, y1, x2, y2, width=0.2, grey=0.0):
        self.drawing.rules.append((x1, y1, x2, y2, width, grey))

    def dashed_line(self, x1, y, x2):
        self.line(x1, y, x2, y)

    def box(self, x, y, width, height, line=0.3):
        self.drawing.boxes.append((x, y, width, height, line))

    def symbol(self, x, y, side, symbol, alt):
        """The quiet zone is only a place."""
        inner = side * symbol.size / (symbol.size + 2 * QUIET)
        quiet = (side - inner) / 2
        self.drawing.symbols.append((x + quiet, y + quiet, inner, symbol))


class _NotedPaper(Paper):
    def sheet(self):
        self.sheets.append(_NotedSheet(self.typefaces.faces, self.tags, self.objects.take()))
        return self.sheets[-1]


def drawing_of(receipt: Receipt) -> Drawing:
    paper = _NotedPaper(prepared())
    draw(receipt, paper)
    assert not paper.missing, paper.missing
    (sheet,) = paper.sheets
    return sheet.drawing


def redraw(drawing: Drawing, receipt: Receipt) -> bytes:
    """The file once more, from the drawing: what others are given, by our own engine."""
    by_fund = receipt.sender.name
    return write(partial(_redraw, drawing), title(receipt), by_fund, receipt.made_on)


def _redraw(drawing: Drawing, paper: Paper) -> None:
    sheet = paper.sheet()
    with paper.element("P"):
        for one in drawing.texts:
            sheet.text(*one)
        for x, y, inner, symbol in drawing.symbols:
            quiet = inner / symbol.size * QUIET
            sheet.symbol(x - quiet, y - quiet, inner + 2 * quiet, symbol, "")
    for rule in drawing.rules:
        sheet.line(*rule)
    for box in drawing.boxes:
        sheet.box(*box)
