"""The account's number in words a payer wrote: «взнос кап.ремонт л/с 86000000017 за 10.2026»."""

import re

# «л/с 860…», «ЛС№ 860…», «лиц. счёт: 860…»; the р/с of a bank is not one.
_MARKED = re.compile(
    r"(?<!\w)л(?: ?[/\\.]? ?с(?:ч[её]т\w*|ч\b)?|иц\w*[. /]{0,3}сч\w*)[ .:=№N#]{0,5}"
    r"(\d[\d-]{3,28}\d)(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d-])\d{11}(?![\d-])")


def find_account(purpose: str) -> str:
    """The one number that can be meant, as it is written, or an empty text: nobody guesses.

    A number that is said to be an account goes before bare ones of eleven digits.
    """
    text = " ".join(purpose.split())
    found = set(_MARKED.findall(text)) or set(_BARE.findall(text))
    return found.pop() if len(found) == 1 else ""
