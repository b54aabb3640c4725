"""The user guide: sections of docs/guide/*.md, numbered as the manual's, and their search.

A file is a part and a page of its own: all of them together are longer than a page should be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape, unescape

from aiohttp import web
from markupsafe import Markup
from PIL import Image

from lkcap.kit.markdown import Picture, to_html
from lkcap.kit.pages import STATIC, static_url
from lkcap.kit.sql import ROOT

FOLDER = ROOT / "docs" / "guide"
PICTURES = "img/guide"
# The day the texts were last changed; the paper says it.
EDITION = date(2026, 11, 22)
# The introduction and the preparation.
BEGINNING_PARTS = 2
TITLE = "Руководство пользователя"

_HEADING = re.compile(r"^(#{1,3}) (\d[\d.]*) (.+)$", re.MULTILINE)
_INSIDE = re.compile(r'href="#(s[\d-]+)"')
_TAG = re.compile(r"(<[^>]+>)")
_WORD = re.compile(r"\w+")
# Russian words change at their ends: so many letters of a longer word may differ.
_ENDING, _STEM_MIN = 2, 3


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered piece of the guide; `level` is 1 for «3.3», 2 for «3.3.1», 3 for «3.5.1.1».

    `part`: the number of the first section of its file.
    """

    number: str
    title: str
    level: int
    text: str
    part: str

    @property
    def anchor(self) -> str:
        return f"s{self.number.replace('.', '-')}"

    @property
    def address(self) -> str:
        return f"/guide?part={self.part}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Found:
    """A section with the words that were looked for marked in it."""

    section: Section
    title: Markup
    html: Markup


@cache
def sections() -> Sequence[Section]:
    """All of them, in the order of the manual."""
    files = sorted(FOLDER.glob("*.md"))
    return [one for path in files for one in _split(path.read_text("utf-8"))]


def _split(text: str) -> Sequence[Section]:
    headings = list(_HEADING.finditer(text))
    ends = [one.start() for one in headings[1:]] + [len(text)]
    return [
        Section(one[2], one[3], len(one[1]), text[one.end() : end].strip(), headings[0][2])
        for one, end in zip(headings, ends, strict=True)
    ]


def parts() -> Sequence[Section]:
    """The first section of each part."""
    return [one for one in sections() if one.number == one.part]


def part(number: str) -> Sequence[Section]:
    """All sections of a part; none where there is no such part."""
    return [one for one in sections() if one.part == number]


def beginning() -> Sequence[Section]:
    """What stands under the contents: the parts that a newcomer begins with."""
    return [one for first in parts()[:BEGINNING_PARTS] for one in part(first.number)]


def pictures(app: web.Application) -> Mapping[str, Picture]:
    """By their addresses in the texts; no other picture is shown."""
    return {f"/static/{name}": Picture(static_url(app, name), *size) for name, size in _sizes()}


@cache
def _sizes() -> Sequence[tuple[str, tuple[int, int]]]:
    found = []
    for path in sorted((STATIC / PICTURES).glob("*.webp")):
        with Image.open(path) as image:
            found.append((f"{PICTURES}/{path.name}", image.size))
    return found


@lru_cache(maxsize=64)
def _html(text: str, shown: tuple[tuple[str, Picture], ...]) -> Markup:
    addresses = {one.anchor: one.address for one in sections()}
    html = str(to_html(text, dict(shown), link_rel=None))
    led = _INSIDE.sub(lambda link: f'href="{addresses[link[1]]}"', html)
    return Markup(led)  # noqa: S704 - safe already, the addresses are ours


def html_of(section: Section, shown: Mapping[str, Picture]) -> Markup:
    """Its text; a link to another section leads to that section's part."""
    return _html(section.text, tuple(shown.items()))


def search(asked: str, shown: Mapping[str, Picture]) -> Sequence[Found]:
    """Sections that have every word of the question, whatever their endings, «ё» as «е»."""
    stems = [_stem(word) for word in _WORD.findall(_plain(asked))]
    return [_marked(one, stems, shown) for one in sections() if stems and _has(one, stems)]


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _stem(word: str) -> str:
    return word[: max(_STEM_MIN, len(word) - _ENDING)]


def _has(section: Section, stems: Sequence[str]) -> bool:
    words = _WORD.findall(_plain(f"{section.number} {section.title} {section.text}"))
    return all(any(word.startswith(stem) for word in words) for stem in stems)


def _marked(section: Section, stems: Sequence[str], shown: Mapping[str, Picture]) -> Found:
    html = _TAG.split(str(html_of(section, shown)))
    # every second piece is a tag
    marked = [
        part if place % 2 else _mark(unescape(part), stems) for place, part in enumerate(html)
    ]
    title = _mark(section.title, stems)
    return Found(section, Markup(title), Markup("".join(marked)))  # noqa: S704 - escaped below


def _mark(text: str, stems: Sequence[str]) -> str:
    """The text as HTML with the words marked."""
    pieces, end = [], 0
    for word in _WORD.finditer(text):
        if _plain(word[0]).startswith(tuple(stems)):
            pieces += [escape(text[end : word.start()]), f"<mark>{escape(word[0])}</mark>"]
            end = word.end()
    return "".join((*pieces, escape(text[end:])))
