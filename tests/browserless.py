"""A browser without a screen: opens pages, fills forms, and checks every page it opens."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path"}


class Page(HTMLParser):
    """The parts of a page that tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.headings: list[str] = []
        self.title = ""
        self.ids: list[str] = []
        self.amounts: list[int] = []
        self.links: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.forms: list[dict[str, str | None]] = []
        self.csrf: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.styles_inline = 0
        self.lang: str | None = None
        self._open: list[str] = []
        self._table: str | None = None
        self._by_id: dict[str, str] = {}
        self._inside: list[tuple[int, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if "id" in found:
            self.ids.append(found["id"] or "")
            self._inside.append((len(self._open), found["id"] or ""))
        self.styles_inline += "style" in found or tag == "style"
        self.styles_inline += tag == "script" and "src" not in found
        if tag == "html":
            self.lang = found.get("lang")
        elif tag == "h1":
            self.headings.append("")
        elif tag == "a":
            self.links.append(found.get("href") or "")
        elif tag == "label":
            self.labels.add(found.get("for") or "")
        elif tag == "form":
            self.forms.append(found)
        elif tag == "data":
            self.amounts.append(int(found["value"] or ""))
        elif tag in ("input", "select", "textarea"):
            if found.get("name") == "csrf":
                self.csrf.append(found.get("value") or "")
            elif found.get("type") != "hidden":
                self.fields.append(found)
        elif tag == "table":
            self._table = found.get("id") or found.get("class") or ""
            self.tables[self._table] = []
        elif tag == "tr" and self._table is not None:
            self.tables[self._table].append([])
        elif tag in ("td", "th") and self._table is not None:
            self.tables[self._table][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        self._inside = [one for one in self._inside if one[0] <= len(self._open)]

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.headings[-1] += data
        if self._table is not None and {"td", "th"} & set(self._open):
            self.tables[self._table][-1][-1] += data
        for _, name in self._inside:
            self._by_id[name] = self._by_id.get(name, "") + data

    @property
    def h1(self) -> str:
        return plain(self.headings[0])

    @property
    def text(self) -> str:
        return plain(re.sub(r"<[^>]+>", " ", self.html))

    def by_id(self, name: str) -> str:
        """The text inside an element, blanks made one."""
        return plain(self._by_id[name])

    def table(self, name: str) -> list[list[str]]:
        return [[plain(cell) for cell in row] for row in self.tables[name]]

    def check(self) -> None:
        """What every page of the site promises."""
        assert self.lang == "ru"
        assert len(self.headings) == 1, "one h1"
        assert self.title.strip(), "a title"
        assert self.styles_inline == 0, "no inline style or script"
        assert len(self.ids) == len(set(self.ids)), "ids are unique"
        for one in self.fields:
            assert one.get("id") in self.labels, f"a label for {one}"
            for name in (one.get("aria-describedby") or "").split():
                assert name in self.ids, name
        posting = [form for form in self.forms if (form.get("method") or "").lower() == "post"]
        assert len(posting) == len(self.csrf), "every form that posts carries the token"
        assert not [link for link in self.links if "://" in link], "no foreign links"


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
