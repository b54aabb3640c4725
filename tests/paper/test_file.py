"""The file around the pages: qpdf's verdict, titles, bookmarks, many pages."""

import pypdfium2
import pytest

from lkcap.paper.column import Column
from lkcap.paper.paper import Paper
from tests.paper.documents import document, everything, lines, opened

MANY = 400


def draw_many(paper: Paper) -> None:
    for number in range(1, MANY + 1):
        Column(paper, paper.sheet(), 12, 10, 60).paragraph(f"Лист {number}")
        paper.bookmark(f"№ {number}, «ёж»")


@pytest.fixture(scope="module")
def many() -> bytes:
    return document(draw_many)


@pytest.mark.parametrize("kind", ["everything", "many", "rare", "spare"])
def test_qpdf_finds_nothing_to_say(kind: str, many: bytes):
    pdf = {"everything": everything(), "many": many, "rare": lines("≈"), "spare": lines("ạ")}[kind]
    with opened(pdf) as file:
        assert file.check_pdf_syntax() == []
        assert not file.is_linearized
        assert not file.is_encrypted


def test_every_page_is_there_in_its_order(many: bytes):
    file = pypdfium2.PdfDocument(many)
    try:
        found = [file[page].get_textpage().get_text_range() for page in (0, 1, MANY - 1)]
        assert len(file) == MANY
        assert [file[0].get_width(), file[0].get_height()] == pytest.approx(
            [595.28, 841.89], abs=0.01
        )
    finally:
        file.close()
    assert found == ["Лист 1", "Лист 2", f"Лист {MANY}"]


def test_a_bookmark_leads_to_the_page_begun_last(many: bytes):
    file = pypdfium2.PdfDocument(many)
    try:
        found = [(one.get_title(), one.get_dest().get_index()) for one in file.get_toc()]
    finally:
        file.close()
    assert found == [(f"№ {number}, «ёж»", number - 1) for number in range(1, MANY + 1)]
    with opened(many) as whole:
        assert whole.Root.PageMode == "/UseOutlines"


def test_pages_share_their_fonts(many: bytes):
    assert len(many) < len(lines("Лист 1")) + MANY * 600
    with opened(many) as file:
        assert len({page.Resources.objgen for page in file.pages}) == 1


def test_a_document_without_bookmarks_shows_no_panel_of_them():
    with opened(everything()) as file:
        assert "/Outlines" not in file.Root
        assert "/PageMode" not in file.Root


def test_a_reader_is_told_the_language_the_title_and_that_there_is_structure():
    with opened(everything()) as file:
        root = file.Root
        assert file.pdf_version == "1.7"
        assert str(root.Lang) == "ru-RU"
        assert root.MarkInfo.Marked
        assert "/Suspects" not in root.MarkInfo
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(file.docinfo.Title) == "Проверка <1>"
        assert str(file.docinfo.Author) == "Фонд & Ко"
        assert str(file.docinfo.CreationDate) == "D:20261001000000Z"


def test_the_metadata_say_the_same():
    with opened(everything()) as file, file.open_metadata() as told:
        assert told["dc:title"] == "Проверка <1>"
        assert told["dc:creator"] == ["Фонд & Ко"]
        assert told["dc:language"] == {"ru-RU"}
        assert told["xmp:CreateDate"] == "2026-10-01"


def test_a_page_can_be_gone_through_in_the_order_of_its_structure():
    with opened(everything()) as file:
        assert file.pages[0].obj.Tabs == "/S"


def test_more_elements_than_two_bytes_can_count_are_all_there():
    def draw(paper: Paper) -> None:
        sheet = paper.sheet()
        for _ in range(66_000):
            with paper.element("P"):
                sheet.text(10, 10, "я")

    with opened(document(draw)) as file:
        found = file.Root.StructTreeRoot.K.K
        assert len(found) == 66_000
        assert found[-1].S == "/P"
        assert found[-1].K[0] == 65_999
