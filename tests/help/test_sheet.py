"""The guide on paper: the same words, tagged, with bookmarks."""

import re
from pathlib import Path

import pdfua
import pikepdf

from lkcap.config import Config
from lkcap.help.guide import TITLE, sections
from lkcap.help.sheet import render
from lkcap.paper.letterhead import Letterhead
from tests.browserless import Browser
from tests.pdf import problems_of, text_of


async def test_a_stranger_gets_the_guide_as_a_paper(browser: Browser):
    answer = await browser.get("/guide.pdf")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.body.startswith(b"%PDF-1.7")


def test_every_section_and_step_is_on_it(config: Config):
    text = text_of(render(Letterhead.of(config)))
    for section in sections():
        assert f"{section.number} {section.title}" in text, section.number
        for step in re.findall(r"^\d+\. (.+)$", section.text, re.MULTILINE):
            words = re.sub(r"\*\*|\[([^\]]*)\]\([^)]*\)", r"\1", step)
            assert words in text, words


def test_nothing_of_the_marks_of_the_source_is_left(config: Config):
    text = text_of(render(Letterhead.of(config)))
    assert not re.search(r"\*\*|\]\(|webp|#s3|Рисунок", text)


def test_the_paper_is_sound_and_its_sections_are_bookmarks(config: Config, tmp_path: Path):
    body = render(Letterhead.of(config))
    assert problems_of(body, tmp_path) == []
    (tmp_path / "guide.pdf").write_bytes(body)
    with pikepdf.open(tmp_path / "guide.pdf") as document:
        assert str(document.docinfo.Title) == TITLE
        with document.open_outline() as outline:
            marks = [str(one.title) for one in outline.root]
    assert marks == [f"{one.number} {one.title}" for one in sections()]


def test_its_structure_is_that_of_an_accessible_paper(config: Config, tmp_path: Path):
    """As of the receipts; why nothing is declared: docs/adr/0006-papers.md."""
    path = tmp_path / "guide.pdf"
    path.write_bytes(render(Letterhead.of(config)))
    assert [one.rule_id for one in pdfua.validate(path).findings] == ["UA-28-004"]
