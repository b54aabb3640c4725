"""The structure for those who hear a document: ISO 14289-1 by qpdf's reader and by PDFium's own."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from lkcap.paper.column import Column
from lkcap.paper.paper import Paper
from tests.paper.documents import (
    LONG,
    characters,
    document,
    draw_everything,
    everything,
    fonts,
    opened,
    pairs,
)

# ISO 32000-1, 14.8.4: those that papers use.
STANDARD = {"Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"}
SHOWING = {"Tj", "TJ", "'", '"', "Do", "INLINE IMAGE", "S", "s", "f", "F", "f*", "B", "b", "sh"}
ARTIFACT = "Artifact"
# (role, number of the mark) where a mark is, and (role, children) where an element is
Node = tuple[str, Any]


@pytest.fixture(scope="module")
def file() -> Iterator[pikepdf.Pdf]:
    with opened(document(draw_two_pages)) as one:
        yield one


def draw_two_pages(paper: Paper) -> None:
    """All the kinds of things, and a paragraph that goes on overleaf."""
    draw_everything(paper)
    with paper.element("P"):
        paper.sheets[-1].text(10, 280, "Начало на одной странице, ")
        paper.sheet().text(10, 20, "конец на другой. ")
        paper.sheets[-1].text(10, 30, "И ещё строка.")


def elements(parent: Any) -> Iterator[Any]:
    """Itself and all below it, in the order they are read."""
    yield parent
    for kid in kids(parent):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def marks_of(element: Any) -> set[tuple[int, int]]:
    """(page object, mark) of what it holds itself."""
    found = set()
    for kid in kids(element):
        if isinstance(kid, int):
            found.add((element.Pg.objgen[0], int(kid)))
        elif kid.get("/Type") == "/MCR":
            found.add((kid.Pg.objgen[0], int(kid.MCID)))
    return found


def sequences(page: pikepdf.Page) -> Iterator[tuple[str, int | None, list[Any]]]:
    """(role, mark, instructions) of marked content; what is outside has no role."""
    begun: tuple[str, int | None, list[Any]] | None = None
    for one in pikepdf.parse_content_stream(page):
        name = str(one.operator)
        if name in ("BDC", "BMC"):
            assert begun is None, "marked content inside marked content"
            entries = one.operands[1] if name == "BDC" else {}
            mark = int(entries["/MCID"]) if "/MCID" in entries else None
            begun = (str(one.operands[0])[1:], mark, [])
        elif name == "EMC":
            assert begun is not None
            yield begun
            begun = None
        elif begun is not None:
            begun[2].append(one)
        else:
            yield "", None, [one]
    assert begun is None


def spoken(file: pikepdf.Pdf) -> list[str]:
    """The text of each element that holds any, in the order of the structure."""
    said: dict[tuple[int, int], str] = {}
    for page in file.pages:
        tables = {name: characters(font) for name, font in fonts(page).items()}
        for _, mark, instructions in sequences(page):
            font = ""
            for one in instructions:
                if str(one.operator) == "Tf":
                    font = str(one.operands[0])
                if str(one.operator) == "Tj" and mark is not None:
                    text = "".join(tables[font][code] for code in pairs(bytes(one.operands[0])))
                    said[page.obj.objgen[0], mark] = text
    found = []
    for element in elements(file.Root.StructTreeRoot.K):
        if held := [said[one] for one in sorted(marks_of(element)) if one in said]:
            found.append("".join(held))
    return found


def test_all_that_is_shown_is_marked_as_content_or_as_decoration(file: pikepdf.Pdf):
    for page in file.pages:
        for role, mark, instructions in sequences(page):
            shows = SHOWING & {str(one.operator) for one in instructions}
            assert role or not shows
            assert (mark is None) == (role in ("", ARTIFACT))


def test_every_mark_is_in_the_element_that_its_page_says_and_in_no_other(file: pikepdf.Pdf):
    parents = dict(zip(*[iter(file.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    held = [one for element in elements(file.Root.StructTreeRoot.K) for one in marks_of(element)]
    assert len(parents) == len(file.pages) == 2
    assert len(held) == len(set(held)) > 10
    for page in file.pages:
        owners = parents[page.obj.StructParents]
        found = [(role, mark) for role, mark, _ in sequences(page) if mark is not None]
        assert [mark for _, mark in found] == list(range(len(owners)))
        for role, mark in found:
            assert (page.obj.objgen[0], mark) in marks_of(owners[mark])
            assert f"/{role}" == owners[mark].S
        held = [one for one in held if one[0] != page.obj.objgen[0] or one[1] >= len(owners)]
    assert held == []


def test_every_element_knows_its_parent_and_has_a_standard_role(file: pikepdf.Pdf):
    root = file.Root.StructTreeRoot
    assert root.Type == "/StructTreeRoot"
    assert "/RoleMap" not in root
    assert root.K.P.objgen == root.objgen
    for element in elements(root.K):
        assert str(element.S)[1:] in STANDARD
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_tables_are_rows_of_a_heading_cell_with_its_scope_and_a_cell(file: pikepdf.Pdf):
    tables = [one for one in elements(file.Root.StructTreeRoot.K) if one.S == "/Table"]
    assert len(tables) == 1
    for row in kids(tables[0]):
        heading, cell = kids(row)
        assert (row.S, heading.S, cell.S) == ("/TR", "/TH", "/TD")
        assert (heading.A.O, heading.A.Scope) == ("/Table", "/Row")


def test_a_figure_says_what_it_is_and_where(file: pikepdf.Pdf):
    (figure,) = [one for one in elements(file.Root.StructTreeRoot.K) if one.S == "/Figure"]
    assert str(figure.Alt) == "QR-код для оплаты"
    left, low, right, high = [float(one) for one in figure.A.BBox]
    (image,) = [
        one
        for _, mark, instructions in sequences(file.pages[0])
        for one in instructions
        if str(one.operator) == "cm"
    ]
    side, _, _, _, x, y = map(float, image.operands)
    assert (left, low, right, high) == pytest.approx((x, y, x + side, y + side), abs=0.01)


def test_headings_begin_at_the_first_level_and_skip_none(file: pikepdf.Pdf):
    levels = [
        int(str(one.S)[2:])
        for one in elements(file.Root.StructTreeRoot.K)
        if str(one.S).startswith("/H")
    ]
    assert levels == [1, 2]


def test_the_document_is_heard_as_it_was_written(file: pikepdf.Pdf):
    heading, text, second, *table, _, _, last = spoken(file)
    assert (heading, text, second) == ("Фонд", LONG, "Реквизиты")
    assert table == ["Получатель", table[1]]
    assert LONG.startswith(table[1].removesuffix("…"))
    assert last == "Начало на одной странице, конец на другой. И ещё строка."


# --- PDFium's own reader of structure


def name_of(element: Any, ask: Callable[..., int]) -> str:
    length = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")


def tree_of(element: Any) -> Node:
    role = name_of(element, raw.FPDF_StructElement_GetType)
    found: list[Any] = []
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        if mark >= 0:
            found.append(mark)
        elif child:
            found.append(tree_of(child))
    return role, found


def tree_by_pdfium(pdf: bytes, page: int) -> Node:
    file = pypdfium2.PdfDocument(pdf)
    sheet = file[page]  # the tree is the page's: it must not go first
    tree = raw.FPDF_StructTree_GetForPage(sheet.raw)
    try:
        assert raw.FPDF_StructTree_CountChildren(tree) == 1
        return tree_of(raw.FPDF_StructTree_GetChildAtIndex(tree, 0))
    finally:
        raw.FPDF_StructTree_Close(tree)
        file.close()


def tree_by_qpdf(element: Any) -> Node:
    found = [int(kid) if isinstance(kid, int) else tree_by_qpdf(kid) for kid in kids(element)]
    return str(element.S)[1:], found


def test_pdfium_sees_the_same_tree():
    with opened(everything()) as file:
        expected = tree_by_qpdf(file.Root.StructTreeRoot.K)
    assert tree_by_pdfium(everything(), 0) == expected
    assert expected[0] == "Document"
    assert [role for role, _ in expected[1]] == ["H1", "P", "H2", "Table", "Figure"]


def test_pdfium_sees_a_paragraph_on_both_of_its_pages():
    pdf = document(draw_two_pages)
    for page in (0, 1):
        assert tree_by_pdfium(pdf, page)[1][-1][0] == "P"


def test_each_receipt_of_several_keeps_its_own_marks():
    def draw(paper: Paper) -> None:
        for number in range(3):
            Column(paper, paper.sheet(), 12, 10, 60).paragraph(f"Лист {number}")

    with opened(document(draw)) as file:
        assert spoken(file) == ["Лист 0", "Лист 1", "Лист 2"]
