"""What a reader, a bank's camera and a checker see in a document of ours."""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import zxingcpp


def text_of(pdf: bytes) -> str:
    """All the text, blanks made one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        parts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(parts)).strip()


def codes_in(pdf: bytes, dpi: int = 150) -> list[bytes]:
    """The QR codes of all pages, as a camera reads them from paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = [page.render(scale=dpi / 72).to_pil() for page in document]
    finally:
        document.close()
    return [code.bytes for image in images for code in zxingcpp.read_barcodes(image)]


def fields_of(code: bytes) -> dict[str, str]:
    """The fields of a payment code, read by hand and not by our own reader."""
    head, *fields = code.decode("utf-8").split("|")
    assert head == "ST00012"
    return dict(one.split("=", 1) for one in fields)


def problems_of(pdf: bytes, folder: Path) -> list[str]:
    """What qpdf has to say against the file."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as document:
        return list(document.check_pdf_syntax())
