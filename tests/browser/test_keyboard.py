"""Everything by the keyboard: reached, seen to be reached, and not hidden under something."""

import pytest
from playwright.async_api import Page

PAGES = ("/account", "/statement", "/payment", "/payments", "/house", "/settings", "/pay")
# A group of radio buttons is one stop.
STOPS = """() => new Set([...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary'
)].filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => one.type === 'radio' ? one.name : one)).size"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
    const look = getComputedStyle(one);
    return look.transitionDuration !== '0s' || look.animationName !== 'none';
}).length"""
# null at the end of the page; else what is wrong with the look of the stop, or nothing.
STOP = """() => {
    const one = document.activeElement;
    if (one === document.body || one.dataset.reached) return null;
    one.dataset.reached = 'yes';
    const box = one.getClientRects()[0], ring = getComputedStyle(one);
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const wrong = [];
    if (ring.outlineStyle === 'none' || parseFloat(ring.outlineWidth) < 2) wrong.push('no ring');
    if (!at || !(one.contains(at) || at.contains(one))) wrong.push('covered');
    return wrong.length ? [`${one.outerHTML.slice(0, 120)}: ${wrong}`] : [];
}"""


async def walked(page: Page, key: str) -> list[list[str]]:
    """What is wrong with each stop, as the key leads from one to the next."""
    stops: list[list[str]] = []
    await page.keyboard.press(key)
    while (stop := await page.evaluate(STOP)) is not None:
        stops.append(stop)
        await page.keyboard.press(key)
    return stops


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
async def test_every_link_button_and_field_is_reached(screen: Page, key: str):
    for address in PAGES:
        await screen.goto(address)
        stops = await walked(screen, key)
        assert [wrong for stop in stops for wrong in stop] == [], address
        assert len(stops) == await screen.evaluate(STOPS), address


async def test_nothing_moves_by_itself(screen: Page):
    """There is nothing for `prefers-reduced-motion` to stop."""
    for address in PAGES:
        await screen.goto(address)
        assert await screen.evaluate("document.getAnimations().length") == 0, address
        assert await screen.evaluate(MOVING) == 0, address
