"""`make shots`: pictures of the pages with the demo's data, so that they never lie.

python -m tests.browser.shots http://127.0.0.1:8080 docs/screenshots [http://127.0.0.1:8082]

The last is where the demo's letters are read, two ports after the site's where that one was free.
"""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.camera import enter, enter_desk, save_paper, shoot, visitor
from tests.browser.conftest import CHROMIUM, FLAGS, WIDTHS
from tests.browser.guide_shots import draw_icons, show_guide

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
    "guide-search": "/guide?q=квитанция",
    "news": "/news",
    "news-article": "/news/1",
    "fund": "/fund",
    "verify": "/verify",
    "verify-unknown": "/verify/0000-0000-0000-0000",
    "staff-login": "/staff/login",
}
# login: name: address
FOR_SUBSCRIBERS = {
    "one-month@example.com": {
        "account": "/account",
        "payment": "/payment",
        "payments": "/payments",
        "receipts": "/receipts",
        "settings": "/settings",
        "settings-devices": "/settings/devices",
        "settings-code": "/settings/code",
        "settings-accounts": "/settings/accounts",
        "settings-delete": "/settings/delete",
        "not-found": "/no-such-page",
    },
    "court@example.com": {
        "account-overdue": "/account",
        "statement-penalty": "/statement?debt=penalty",
    },
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
    },
    "accountant": {
        "staff-payments": "/staff/payments",
        "staff-reconciliation": "/staff/reconciliation",
        "staff-loads": "/staff/loads",
    },
    "editor": {"staff-news": "/staff/news", "staff-news-edit": "/staff/news/1"},
    "admin": {"staff-people": "/staff/people", "staff-journal": "/staff/journal"},
}
PAPERS = {
    "receipt": "/receipts/2026-10.pdf",
    "reference": "/reference.pdf?from=2026-01&to=2026-10",
    "guide-paper": "/guide.pdf",
}
# Twenty pictures of pages inside a picture would be seen by nobody.
LONG = {"guide", "guide-search", "privacy"}


async def take(page: Page, folder: Path, wanted: Mapping[str, str]) -> None:
    for name, address in wanted.items():
        for screen, width in WIDTHS.items():
            await page.set_viewport_size({"width": width, "height": 800})
            await page.goto(address)
            await shoot(page, folder / f"{name}-{screen}.png", whole=name not in LONG)


async def papers(page: Page, folder: Path) -> None:
    for name, address in PAPERS.items():
        answer = await page.request.get(address)
        assert answer.ok, address
        save_paper(await answer.body(), folder / f"{name}.png")


async def everything(browser: Browser, site: str, folder: Path) -> None:
    async with visitor(browser, site) as page:
        await take(page, folder, FOR_ALL)
    for login, wanted in FOR_SUBSCRIBERS.items():
        async with visitor(browser, site) as page:
            await enter(page, login)
            await take(page, folder, wanted)
            if "account" in wanted:
                await papers(page, folder)
    for role, wanted in FOR_STAFF.items():
        async with visitor(browser, site) as page:
            await enter_desk(page, role)
            await take(page, folder, wanted)


async def main(site: str, folder: Path, post: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        await draw_icons(browser)
        await everything(browser, site, folder)
        await show_guide(browser, site, folder, post)
        await browser.close()


def post_of(site: str) -> str:
    host = urlsplit(site)
    return f"http://{host.hostname}:{(host.port or 80) + 2}"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), (sys.argv[3:] or [post_of(sys.argv[1])])[0]))
