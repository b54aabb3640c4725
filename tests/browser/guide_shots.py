"""Pictures for the user guide and icons for telephones: parts of our own pages, by `make shots`."""

from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page

from lkcap.kit.pages import STATIC
from tests.browser.camera import enter, shoot, shoot_part, visitor
from tests.browser.letter_shots import register_confirm

GUIDE = STATIC / "img" / "guide"
WIDTH = 640
# of everyone's pages and of a subscriber's: name: (address, the part of the page)
FOR_ALL = {
    "pay": ("/pay", "main"),
    "register": ("/register", "main"),
    "login": ("/", "#login-form"),
    "news": ("/news", "main"),
    "restore": ("/restore", "main"),
}
INSIDE = {
    "account": ("/account", "main"),
    "statement": ("/statement?from=2026-08", "main"),
    "payment": ("/payment", "main"),
    "payments": ("/payments", "main"),
    "house": ("/house", "main"),
    "receipts": ("/settings", "section:has([name=subscribe])"),
    "email": ("/settings", "section:has(form[action='/settings/email'])"),
    "password": ("/settings", "section:has(form[action='/settings/password'])"),
}
CARD = {"number": "2200 7000 0000 0009", "month": "12", "year": "29", "code": "123"}
# A launcher may cut off a fifth of an icon at each side: the mark stays in the middle.
MASKABLE_MARGIN = 0.12
APPLE_MARGIN = 0.06


async def draw_icons(browser: Browser) -> None:
    """From static/img/mark.svg: bare, and on the colour of its own wall where edges are cut."""
    page = await browser.new_page()
    for size in (192, 512):
        await _icon(page, size, 0, f"icon-{size}")
        await _icon(page, size, MASKABLE_MARGIN, f"icon-maskable-{size}")
    await _icon(page, 180, APPLE_MARGIN, "icon-180")
    await page.close()


async def _icon(page: Page, size: int, margin: float, name: str) -> None:
    mark = (STATIC / "img" / "mark.svg").read_text("utf-8")
    around = round(size * margin)
    ground = "#0b5945" if around else "transparent"
    await page.set_viewport_size({"width": size, "height": size})
    await page.set_content(
        f"<style>body{{margin:0;background:{ground}}}"
        f"svg{{display:block;box-sizing:border-box;width:{size}px;padding:{around}px}}</style>{mark}"
    )
    path = STATIC / "img" / f"{name}.png"
    await page.screenshot(path=path, omit_background=True)
    with Image.open(path) as image:
        image.save(path, optimize=True)


async def show_guide(browser: Browser, site: str, folder: Path, post: str) -> None:
    """`post` is where the demo's letters are read."""
    async with visitor(browser, site, WIDTH) as page:
        await _take(page, FOR_ALL)
        await page.goto("/pay")
        await page.fill("#account", "86000000025")
        await page.click("button:has-text('Оплатить услуги')")
        await shoot_part(page.locator("main"), GUIDE / "pay-sums.webp")
        await shoot(page, folder / "pay-sums-desktop.png")
        await page.goto(await register_confirm(page, post))
        await shoot_part(page.locator("main"), GUIDE / "confirm.webp")
    async with visitor(browser, site, 1040) as page:
        await page.goto("/")
        await shoot_part(page.locator("main"), GUIDE / "front.webp")
        _narrow(GUIDE / "front.webp")
    async with visitor(browser, site, WIDTH) as page:
        await enter(page, "one-month@example.com")
        await _take(page, INSIDE)
        await _pay(page, "100,00", cancelled=True)
        await shoot_part(page.locator("main"), GUIDE / "cancelled.webp", 420)
        await _pay(page, "100,00", cancelled=False)
        await shoot_part(page.locator("main"), GUIDE / "paid.webp", 620)
        await shoot(page, folder / "payment-result-desktop.png")


async def _take(page: Page, wanted: dict[str, tuple[str, str]]) -> None:
    for name, (address, part) in wanted.items():
        await page.goto(address)
        await shoot_part(page.locator(part).first, GUIDE / f"{name}.webp")


def _narrow(path: Path) -> None:
    """A wide page in the width of the guide."""
    with Image.open(path) as image:
        small = image.resize((WIDTH, round(image.height * WIDTH / image.width)))
    small.save(path, "WEBP", quality=80, method=6)


async def _pay(page: Page, principal: str, *, cancelled: bool) -> None:
    await page.goto("/payment")
    await page.fill("#principal", principal)
    await page.click("form[action='/payment'] button:not(.second)")
    await page.wait_for_url("**/pay/*")
    if cancelled:
        await page.click("button:has-text('Отмена')")
    else:
        for field, value in CARD.items():
            await page.fill(f"input[name={field}]", value)
        await page.click("button:has-text('Оплатить'):not(:has-text('СБП'))")
    await page.wait_for_url("**/payment/*")
    await page.wait_for_selector("h1:has-text('Оплачено'), h1:has-text('отменили')")
