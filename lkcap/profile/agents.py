"""What a browser calls itself, in words a person knows: «Яндекс Браузер, Windows»."""

from functools import lru_cache

from ua_parser import parse

_BROWSERS = {
    "Yandex Browser": "Яндекс Браузер",
    "Edge": "Microsoft Edge",
    "Samsung Internet": "браузер Samsung",
    "MiuiBrowser": "браузер Xiaomi",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "приложение на Android",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": "приложение на iOS",
    "Opera Mobile": "Opera",
    "Edge Mobile": "Microsoft Edge",
}
_SYSTEMS = {"Mac OS X": "macOS", "iOS": "iPhone или iPad"}


@lru_cache(maxsize=1024)
def named(agent: str) -> str:
    """Browser and system of a `User-Agent`; «неизвестный браузер» where it says nothing."""
    found = parse(agent)
    browser = "неизвестный браузер"
    if found.user_agent:
        browser = _BROWSERS.get(found.user_agent.family, found.user_agent.family)
    # versions are left out: browsers of today never tell the true one of their system
    return f"{browser}, {_SYSTEMS.get(found.os.family, found.os.family)}" if found.os else browser
