"""`make shots`: pictures of the pages with the demo's data, so that they never lie.

python -m tests.browser.shots http://127.0.0.1:8080 docs/screenshots [http://127.0.0.1:8082] [--new]

The third is where the demo's letters are read, two ports after the site's where that one was free.
`--new`: only pages that have no picture yet.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.camera import enter, enter_desk, save_paper, shoot, visitor
from tests.browser.conftest import CHROMIUM, FLAGS, WIDTHS
from tests.browser.guide_shots import draw_icons, show_guide
from tests.browser.letter_shots import BEHIND

# name: address
FOR_ALL = {
    "front": "/",
    "pay": "/pay",
    "register": "/register",
    "register-sent": "/register/sent",
    "consent": "/consent",
    "restore": "/restore",
    "restore-sent": "/restore?sent=yes",
    "privacy": "/privacy",
    "guide": "/guide",
    "guide-part": "/guide?part=3.5",
    "guide-search": "/guide?q=квитанция",
    "news": "/news",
    "news-article": "/news/1",
    "fund": "/fund",
    "verify": "/verify",
    "verify-unknown": "/verify/0000-0000-0000-0000",
    "staff-login": "/staff/login",
}
# Whose papers are taken.
OWNER = "one-month@example.com"
# login: name: address
FOR_SUBSCRIBERS = {
    OWNER: {
        "account": "/account",
        "account-why": "/account/why",
        "account-plan": "/account/plan?monthly=1500",
        "payment": "/payment",
        "payments": "/payments",
        "receipts": "/receipts",
        "settings": "/settings",
        "settings-devices": "/settings/devices",
        "settings-code": "/settings/code",
        "settings-accounts": "/settings/accounts",
        "settings-sharing": "/settings/sharing",
        "settings-delete": "/settings/delete",
        "not-found": "/no-such-page",
    },
    "court@example.com": {
        "account-overdue": "/account",
        "statement-penalty": "/statement?debt=penalty",
        "account-why-penalty": "/account/why?kind=penalty",
    },
    "family@example.com": {"payment-all": "/payment/all"},
    "advance@example.com": {"account-advance": "/account", "payment-advance": "/payment"},
    "special@example.com": {
        "account-special": "/account",
        "payment-special": "/payment",
        "house-special": "/house",
    },
    "act@example.com": {"statement": "/statement"},
    "meeting@example.com": {
        "statement-general": "/statement?mode=general",
        "statement-extended": "/statement?mode=extended&from=2026-09",
    },
    "clean@example.com": {"house": "/house"},
}
FOR_STAFF = {
    "operator": {
        "staff": "/staff",
        "staff-applications": "/staff/applications",
        "staff-subscribers": "/staff/subscribers?q=one-month@example.com",
        "staff-subscriber": "/staff/subscribers/1",
        "staff-letters": "/staff/letters",
        "staff-letters-samples": "/staff/letters/samples",
        "staff-letters-sample": "/staff/letters/samples/receipt",
    },
    "accountant": {
        "staff-payments": "/staff/payments",
        "staff-reconciliation": "/staff/reconciliation",
        "staff-messages": "/staff/reconciliation/messages",
        "staff-differences": "/staff/reconciliation/differences",
        "staff-loads": "/staff/loads",
        "staff-load": "/staff/loads/1",
    },
    "editor": {
        "staff-news": "/staff/news",
        "staff-news-edit": "/staff/news/1",
        "staff-news-fund": "/staff/news/fund",
    },
    "admin": {
        "staff-people": "/staff/people",
        "staff-journal": "/staff/journal",
        "staff-password": "/staff/password",
    },
}
PAPERS = {
    "receipt": "/receipts/2026-10.pdf",
    "reference": "/reference.pdf?from=2026-01&to=2026-10",
    "guide-paper": "/guide.pdf",
}
# Twenty pictures of pages inside a picture would be seen by nobody.
LONG = {"guide", "guide-part", "guide-search", "privacy"}


@dataclass(frozen=True, slots=True)
class Album:
    """Where pictures go; `is_new_only`: those that are there already are not taken again."""

    browser: Browser
    site: str
    folder: Path
    is_new_only: bool

    def lacking(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Of the wanted names and addresses those to be taken."""
        there = {path.stem for path in self.folder.glob("*.png")} if self.is_new_only else set()
        return {
            name: address
            for name, address in wanted.items()
            if not {name, f"{name}-desktop"} & there
        }

    async def take(self, page: Page, wanted: Mapping[str, str]) -> None:
        for name, address in self.lacking(wanted).items():
            for screen, width in WIDTHS.items():
                await page.set_viewport_size({"width": width, "height": 800})
                await page.goto(address)
                path = self.folder / f"{name}-{screen}.png"
                await shoot(page, path, whole=name not in LONG)

    async def papers(self, page: Page) -> None:
        for name, address in self.lacking(PAPERS).items():
            answer = await page.request.get(address)
            assert answer.ok, address
            save_paper(await answer.body(), self.folder / f"{name}.png")


async def of_everyone(album: Album) -> None:
    if album.lacking(FOR_ALL):
        async with visitor(album.browser, album.site) as page:
            await album.take(page, FOR_ALL)


async def of_subscribers(album: Album) -> None:
    for login, wanted in FOR_SUBSCRIBERS.items():
        if album.lacking(wanted) or (login == OWNER and album.lacking(PAPERS)):
            async with visitor(album.browser, album.site) as page:
                await enter(page, login)
                await album.take(page, wanted)
                if login == OWNER:
                    await album.papers(page)


async def of_the_desk(album: Album) -> None:
    for role, wanted in FOR_STAFF.items():
        if album.lacking(wanted):
            async with visitor(album.browser, album.site) as page:
                await enter_desk(page, role)
                await album.take(page, wanted)


async def behind_papers_and_letters(album: Album, post: str) -> None:
    """Pages that only a paper or a letter leads to; their names are of `BEHIND`."""
    for name, found in BEHIND.items():
        if album.lacking({name: ""}):
            async with visitor(album.browser, album.site) as page:
                await album.take(page, {name: await found(page, post)})


async def main(site: str, folder: Path, post: str, *, is_new_only: bool) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        album = Album(browser, site, folder, is_new_only)
        await of_everyone(album)
        await of_subscribers(album)
        await of_the_desk(album)
        await behind_papers_and_letters(album, post)
        if not is_new_only:
            await draw_icons(browser)
            await show_guide(browser, site, folder, post)
        await browser.close()


def post_of(site: str) -> str:
    host = urlsplit(site)
    return f"http://{host.hostname}:{(host.port or 80) + 2}"


if __name__ == "__main__":
    words = [one for one in sys.argv[1:] if one != "--new"]
    given = (words[2:] or [post_of(words[0])])[0]
    asyncio.run(main(words[0], Path(words[1]), given, is_new_only="--new" in sys.argv))
