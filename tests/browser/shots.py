"""`make shots`: pictures of the pages with the demo's data, so that they never lie.

python -m tests.browser.shots http://127.0.0.1:8080 docs/screenshots
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from lkcap.demo.command import PASSWORD
from tests.browser.conftest import CHROMIUM, FLAGS, WIDTHS

# name: (login, address)
SHOTS = {
    "account": ("one-month@example.com", "/account"),
    "account-overdue": ("court@example.com", "/account"),
    "account-advance": ("advance@example.com", "/account"),
    "account-special": ("special@example.com", "/account"),
    "statement": ("act@example.com", "/statement"),
    "statement-general": ("meeting@example.com", "/statement?mode=general"),
    "statement-extended": ("meeting@example.com", "/statement?mode=extended&from=2026-09"),
    "statement-penalty": ("court@example.com", "/statement?debt=penalty"),
    "payment": ("one-month@example.com", "/payment"),
    "payment-advance": ("advance@example.com", "/payment"),
    "payment-special": ("special@example.com", "/payment"),
    "payments": ("one-month@example.com", "/payments"),
    "house": ("clean@example.com", "/house"),
    "house-special": ("special@example.com", "/house"),
    "fund": ("clean@example.com", "/fund"),
    "not-found": ("clean@example.com", "/no-such-page"),
}


async def shoot(site: str, folder: Path) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for screen, width in WIDTHS.items():
            page = await browser.new_page(viewport={"width": width, "height": 800}, base_url=site)
            await page.goto("/")
            await page.screenshot(path=folder / f"front-{screen}.png", full_page=True)
            for name, (login, address) in SHOTS.items():
                await page.context.clear_cookies()
                await page.goto("/")
                await page.fill("#login", login)
                await page.fill("#password", PASSWORD)
                await page.click("text=Войти")
                await page.goto(address)
                await page.screenshot(path=folder / f"{name}-{screen}.png", full_page=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(shoot(sys.argv[1], Path(sys.argv[2])))
