"""A browser without a screen: opens pages, fills forms, and checks every page it opens."""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import lxml.html
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer
from lxml.html import HtmlElement


class Page:
    """The parts of a page that tests ask about."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tree = lxml.html.document_fromstring(html)

    def all(self, css: str) -> list[HtmlElement]:
        """Elements by a CSS selector."""
        return self.tree.cssselect(css)

    @property
    def headings(self) -> list[str]:
        return [text_of(one) for one in self.all("h1")]

    @property
    def h1(self) -> str:
        return self.headings[0]

    @property
    def title(self) -> str:
        return text_of(self.all("head title")[0])

    @property
    def text(self) -> str:
        """All of it, a blank between elements."""
        return plain(" ".join(self.tree.itertext()))

    @property
    def ids(self) -> list[str]:
        return [one.get("id") for one in self.all("[id]")]

    @property
    def amounts(self) -> list[int]:
        """Every amount of the page, kopecks."""
        return [int(one.get("value")) for one in self.all("data")]

    @property
    def links(self) -> list[str]:
        return [one.get("href", "") for one in self.all("a")]

    @property
    def csrf(self) -> list[str]:
        return [one.get("value", "") for one in self.all("form input[name=csrf]")]

    def by_id(self, name: str) -> str:
        """The text inside an element, blanks made one."""
        return text_of(self.tree.get_element_by_id(name))

    @property
    def fields(self) -> list[dict[str, str]]:
        """What the reader may fill in."""
        found = self.all("input:not([type=hidden]), select, textarea")
        return [dict(one.attrib) for one in found]

    @property
    def tables(self) -> dict[str, list[list[str]]]:
        """The cells of every table, by its id or class."""
        return {
            one.get("id") or one.get("class") or "": [
                [text_of(cell) for cell in row.cssselect("th, td")] for row in one.cssselect("tr")
            ]
            for one in self.all("table")
        }

    def table(self, name: str) -> list[list[str]]:
        return self.tables[name]

    def check(self) -> None:
        """What every page of the site promises."""
        assert self.tree.get("lang") == "ru"
        assert len(self.headings) == 1, "one h1"
        assert self.title, "a title"
        assert not self.all("[style], style, script:not([src])"), "no inline style or script"
        assert len(self.ids) == len(set(self.ids)), "ids are unique"
        labels = {one.get("for") for one in self.all("label")}
        for one in self.fields:
            assert one.get("id") in labels, f"a label for {one.get('name')}"
            assert set(one.get("aria-describedby", "").split()) <= set(self.ids)
        assert len(self.all("form[method=post]")) == len(self.csrf), "forms carry the token"
        assert not [link for link in self.links if "://" in link], "no foreign links"


def text_of(element: HtmlElement) -> str:
    """What a reader reads, blanks made one."""
    return plain(element.text_content())


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


class Answer:
    """A response that has been read."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def location(self) -> str:
        return self.headers["Location"]

    @property
    def page(self) -> Page:
        return Page(self.body.decode())


class Browser:
    """Keeps cookies, does not follow redirects by itself."""

    def __init__(self, server: TestServer, password: str) -> None:
        self.server = server
        self.password = password

    async def __aenter__(self) -> Self:
        self.http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.close()

    async def get(self, path: str, **headers: str) -> Answer:
        url = self.server.make_url("/").join(self.server.make_url(path))
        async with self.http.get(url, headers=headers, allow_redirects=False) as response:
            return Answer(response.status, response.headers, await response.read())

    async def page(self, path: str, status: int = 200) -> Page:
        """Open a page, expect the status, check the house rules."""
        answer = await self.get(path)
        assert answer.status == status, (path, answer.status, answer.headers.get("Location"))
        answer.page.check()
        return answer.page

    async def post(self, path: str, *, csrf: str | None = None, **fields: str) -> Answer:
        """Send a form; without a token given, one is taken from the front or account page."""
        token = csrf if csrf is not None else await self.token()
        data = {"csrf": token, **fields}
        url = self.server.make_url(path)
        async with self.http.post(url, data=data, allow_redirects=False) as response:
            return Answer(response.status, response.headers, await response.read())

    async def token(self) -> str:
        answer = await self.get("/")
        if answer.status == 303:
            answer = await self.get(answer.location)
        return answer.page.csrf[0]

    async def login(self, login: str, password: str | None = None) -> Answer:
        return await self.post("/login", login=login, password=password or self.password)
