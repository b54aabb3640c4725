"""News as readers and as their editor see them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from lkcap.kit.markdown import first_words, to_html

SUMMARY_LETTERS = 220


@dataclass(frozen=True)
class Article:
    """A published one; `town` or `house` is whom it is for, both empty: for all."""

    article_id: int
    title: str
    body: str
    published_at: datetime
    is_pinned: bool
    town: str
    house: str
    total: int

    @cached_property
    def html(self) -> Markup:
        return to_html(self.body)

    @property
    def summary(self) -> str:
        """Its beginning in plain words, for the list."""
        return first_words(self.body, SUMMARY_LETTERS)

    @property
    def readers(self) -> str:
        return self.house or self.town


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the editor's list."""

    article_id: int
    title: str
    published_at: datetime | None
    is_pinned: bool
    town: str
    house: str
    edited_at: datetime
    edited_by_name: str
    total: int

    def state(self, now: datetime) -> str:
        if self.published_at is None:
            return "черновик"
        return "выйдет" if self.published_at > now else "опубликовано"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article in the editor; `version` tells whether somebody else has saved it meanwhile."""

    article_id: int
    title: str
    body: str
    published_at: datetime | None
    is_pinned: bool
    town: str
    house: str
    version: int


@dataclass(frozen=True, slots=True)
class PageText:
    """What the fund wrote for a page of the site."""

    page: str
    body: str
    edited_at: datetime
    edited_by_name: str

    @property
    def html(self) -> Markup:
        return to_html(self.body)
