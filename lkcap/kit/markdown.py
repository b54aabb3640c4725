"""Markdown of the fund's employees as safe HTML: one library renders, another cleans."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# HTML in the text is text; a bare address becomes a link.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
# A page has one heading of its own: those of the text begin a step below it.
_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_PICTURE = {"img": {"src", "alt", "width", "height", "loading"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of ours that a text may show: its address on a page, its size in CSS pixels."""

    address: str
    width: int
    height: int


_NONE: Mapping[str, Picture] = MappingProxyType({})


def to_html(
    text: str,
    pictures: Mapping[str, Picture] = _NONE,
    *,
    link_rel: str | None = "noopener noreferrer",
) -> Markup:
    """Paragraphs, lists, links, tables and headings of the second step on; nothing that runs.

    Of pictures only those of `pictures`, by the address in the text; another is its words.
    `link_rel` None: all links are to pages of ours.
    """
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _show(child, pictures.get(str(child.attrs["src"])))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    html = re.sub(r"<(/?)h1>", r"<\1h2>", html)
    return Markup(  # noqa: S704 - cleaned on this very line
        nh3.clean(
            html,
            tags=_TAGS | _PICTURE.keys() if pictures else _TAGS,
            attributes=_ATTRIBUTES | _PICTURE if pictures else _ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel=link_rel,
        )
    )


def _show(image: Token, picture: Picture | None) -> None:
    if picture is None:
        image.type, image.tag, image.children = "text", "", None
    else:
        size = {"width": picture.width, "height": picture.height}
        image.attrs |= {"src": picture.address, **size, "loading": "lazy"}


def first_words(text: str, letters: int) -> str:
    """The beginning in plain words, cut between words with «…»."""
    # blocks do not run together
    spaced = re.sub(r"</(p|h2|h3|h4|li|tr|td|th)>|<br>", " ", str(to_html(text)))
    plain = re.sub(r"\s+", " ", unescape(nh3.clean(spaced, tags=set()))).strip()
    if len(plain) <= letters:
        return plain
    return plain[:letters].rsplit(" ", 1)[0].rstrip(".,:;–- ") + "…"
