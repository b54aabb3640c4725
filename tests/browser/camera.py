"""What `make shots` takes pictures with: who is logged in, and files that stay small."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pyotp
import pypdfium2
from PIL import Image, ImageOps
from playwright.async_api import Browser, Locator, Page

from lkcap.demo.settling import PASSWORD
from lkcap.demo.staff import secret_of
from lkcap.staff.role import Role

# A screenshot in a repository: few colours are enough for text.
BYTES_MAX = 120_000
COLOURS = (256, 64, 32, 16, 8)
HEIGHT_MAX = 3200
FOOT, MARGIN = 40, 16


@asynccontextmanager
async def visitor(browser: Browser, site: str, width: int = 1280) -> AsyncIterator[Page]:
    """Somebody at the site in a browser of his own, logged in nowhere."""
    # the worker would answer some requests itself, and there is nothing for it to do here
    context = await browser.new_context(
        base_url=site, viewport={"width": width, "height": 800}, service_workers="block"
    )
    page = await context.new_page()
    # fonts of the first page come after it is drawn; the next ones have them
    await page.goto("/")
    await page.wait_for_load_state("networkidle")
    yield page
    await context.close()


async def enter(page: Page, login: str) -> None:
    await page.goto("/")
    await page.fill("#login", login)
    await page.fill("#password", PASSWORD)
    await page.click("button:has-text('Войти')")
    await page.wait_for_url("**/account")


async def enter_desk(page: Page, role: str) -> None:
    """A code opens once: the one of the next half a minute is taken where this one was used."""
    code = pyotp.TOTP(secret_of(Role(role)))
    for _ in range(3):
        await page.goto("/staff/login")
        await page.fill("#login", role)
        await page.fill("#password", PASSWORD)
        await page.fill("#code", code.at(datetime.now(UTC)))
        await page.click("button:has-text('Войти')")
        if not page.url.endswith("/staff/login"):
            return
        await page.wait_for_timeout(31_000)
    raise AssertionError(f"the desk does not open for {role}")


async def in_letters(page: Page, post: str, wanted: str) -> str:
    """What fits the pattern, in the newest letter that has it; waits half a minute for one."""
    for _ in range(30):
        letters = await (await page.request.get(post)).text()
        for name in re.findall(r'<li><a href="/([^"/]+)"', letters):
            source = unescape(await (await page.request.get(f"{post}/{name}")).text())
            if found := re.search(wanted, source):
                return found[found.lastindex or 0]
        await page.wait_for_timeout(1000)
    raise AssertionError(f"no letter with {wanted} came")


async def shoot(page: Page, path: Path, *, whole: bool = True) -> None:
    """The page as PNG, in as few colours as its size asks for; `whole` or the window alone."""
    await page.evaluate("document.fonts.ready")
    image = _read(await page.screenshot(full_page=whole, animations="disabled"))
    save(image, path)


async def shoot_part(part: Locator, path: Path, height_max: int = 760) -> None:
    """One part of a page as WebP for the guide, CSS pixels."""
    image = _read(await part.screenshot(animations="disabled"))
    is_main = await part.evaluate("one => one.matches('main')")
    # a page has margins of its own, and under them begins the footer's rule
    cut = image.crop((0, 0, image.width, min(image.height - FOOT * is_main, height_max)))
    shown = cut if is_main else ImageOps.expand(cut, MARGIN, "white")
    shown.save(path, "WEBP", quality=72, method=6)


def save_paper(pdf: bytes, path: Path) -> None:
    """The first sheet of a document."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        save(document[0].render(scale=1.4).to_pil(), path)
    finally:
        document.close()


def save(image: Image.Image, path: Path) -> None:
    image = image.crop((0, 0, image.width, min(image.height, HEIGHT_MAX)))
    for colours in COLOURS:
        file = io.BytesIO()
        image.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(
            file, "PNG", optimize=True
        )
        if file.tell() <= BYTES_MAX:
            break
    path.write_bytes(file.getvalue())


def _read(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
