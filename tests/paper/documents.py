"""Documents of tests, and two readers of them that know nothing of ours: PDFium and qpdf."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from lkcap.paper.column import Column
from lkcap.paper.fonts import SANS
from lkcap.paper.paper import Paper, write
from lkcap.paper.symbol import encode

MADE_ON = date(2026, 10, 1)
_CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
LONG = (
    "Взнос начислен по минимальному размеру, установленному правительством округа, за каждый "
    "квадратный метр общей площади помещения"
)


def document(draw: Callable[[Paper], None]) -> bytes:
    return write(draw, "Проверка <1>", "Фонд & Ко", MADE_ON)


def lines(*texts: str, face: str = SANS, size: float = 9) -> bytes:
    """A page with each text on a line and in a paragraph of its own."""

    def draw(paper: Paper) -> None:
        sheet = paper.sheet()
        for place, text in enumerate(texts):
            with paper.element("P"):
                sheet.text(10, 20 + 6 * place, text, face, size)

    return document(draw)


def draw_everything(paper: Paper) -> None:
    """Each kind of thing once."""
    column = Column(paper, paper.sheet(), 12, 10, 60)
    column.paragraph("Фонд", role="H1")
    column.paragraph(LONG)
    column.heading("Реквизиты")
    column.pairs([("Получатель", LONG), ("БИК", "049999999")], 25, most=2)
    column.sheet.symbol(130, 10, 48, encode(b"ST00012|Name=x"), "QR-код для оплаты")
    column.sheet.line(10, 100, 90, 100)
    column.sheet.double_line(10, 110, 90)
    column.sheet.dashed_line(0, 120, 210)
    column.sheet.box(10, 130, 50, 20)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def fonts(page: pikepdf.Page) -> dict[str, Any]:
    return dict(page.Resources.Font.items())


def characters(font: Any) -> dict[bytes, str]:
    """What a font says its codes mean."""
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(meant.decode()).decode("utf-16-be")
        for code, meant in _CHARACTER.findall(font.ToUnicode.read_bytes())
    }


def shown(page: pikepdf.Page) -> Iterator[tuple[str, bytes]]:
    """(font, codes) of every text, in the order of the page."""
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = str(operands[0])
        if str(operator) == "Tj":
            yield font, bytes(operands[0])


def texts(pdf: bytes) -> list[str]:
    """Every text of the first page to the character, by its font's own table."""
    with opened(pdf) as file:
        page = file.pages[0]
        tables = {name: characters(font) for name, font in fonts(page).items()}
        return ["".join(tables[font][one] for one in pairs(codes)) for font, codes in shown(page)]


def pairs(codes: bytes) -> list[bytes]:
    return [codes[place : place + 2] for place in range(0, len(codes), 2)]


def read(pdf: bytes) -> str:
    """The first page as PDFium copies it; it has ideas of its own about blanks."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return file[0].get_textpage().get_text_range()
    finally:
        file.close()


def picture(pdf: bytes, scale: float = 2) -> Any:
    """The first page in grey, by PDFium."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return np.asarray(file[0].render(scale=scale, grayscale=True).to_numpy()).squeeze()
    finally:
        file.close()


@cache
def everything() -> bytes:
    return document(draw_everything)
