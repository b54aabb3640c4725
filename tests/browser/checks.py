"""What every page is asked: axe-core, the Nu HTML checker, the width of a small phone.

Both checkers are brought by .ci/checkers.
"""

import asyncio
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from lkcap.kit.sql import ROOT

CHECKERS = Path(os.environ.get("CHECKERS", ROOT / ".venv/checkers")) / "node_modules"
NARROW, WIDE = 320, 1280
# WCAG 2.2 AA, what ГОСТ Р 52872-2019 asks for, and the axe authors' own advice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What colours and sizes can spoil.
LOOKS = ["color-contrast", "target-size"]
ASK = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']}))
    .violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)"""
LARGE = "on => on ? document.documentElement.dataset.vision = 'large'"
LARGE += " : delete document.documentElement.dataset.vision"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
# Chromium tells of these itself; neither is a mistake of a page.
EXPECTED = ('Cleared data types: "cache", "storage".', "the server responded with a status of 4")


def listen(page: Page) -> list[str]:
    """What the console says and the scripts throw, as it comes."""
    said: list[str] = []

    def hear(text: str) -> None:
        if not any(one in text for one in EXPECTED):
            said.append(f"{page.url}: {text}")

    page.on("console", lambda message: hear(message.text))
    page.on("pageerror", lambda error: hear(str(error)))
    return said


@cache
def axe() -> str:
    path = CHECKERS / "axe-core/axe.min.js"
    assert path.exists(), "Сначала .ci/checkers"
    return path.read_text("utf-8")


async def violations(page: Page) -> list[str]:
    """Of one page in all its looks: a desktop and a small phone, large type, dark colours."""
    await page.evaluate(axe())
    found = []
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {one}" for one in await page.evaluate(ASK, RULES)]
        found += await _overflow(page, f"{width}")
    for scheme, is_large in (("dark", False), ("dark", True), ("light", True)):
        look = f"{scheme}{', large type' if is_large else ''}"
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.evaluate(LARGE, is_large)
        found += [f"{look}: {one}" for one in await page.evaluate(ASK, LOOKS)]
        found += await _overflow(page, look)
    await page.evaluate(LARGE, False)
    await page.set_viewport_size({"width": WIDE, "height": 800})
    return found


async def _overflow(page: Page, look: str) -> list[str]:
    wider = await page.evaluate(OVERFLOW)
    return [f"{look}: {wider} px wider than the window"] if wider > 0 else []


async def mistakes_of_html(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Errors and warnings of the Nu HTML checker in pages by their names; one Java for all."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, "utf-8")
        names[path.name] = name
    jar = CHECKERS / "vnu-jar/build/dist/vnu.jar"
    options = ("--format", "json", "--stdout", "--exit-zero-always")
    java = await asyncio.create_subprocess_exec(
        "java", "-jar", jar, *options, folder, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await java.communicate()
    told: list[dict[str, Any]] = json.loads(out)["messages"]
    return [
        f"{names[Path(one['url']).name]}: {one['message']} {one.get('extract', '')}" for one in told
    ]
