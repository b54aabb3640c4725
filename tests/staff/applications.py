"""Applications as they lie at the desk."""

import hashlib
from datetime import UTC, datetime, timedelta

from tests.factory import Books

MAIL = "anna@example.ru"
ADD = """
INSERT INTO application (made_at, state, applicant, standing, address, account, number_key, email,
    last_name, first_name, middle_name, phone, document_type, document_number, document_date,
    answers_hash, sent_from, consent_at, consent_version, token_hash, token_until, confirmed_at)
VALUES (%s, %s, 'person', 'owner', %s, %s, %s, %s, %s, 'Анна', 'Петровна',
    '+7 900 000-00-01', 'extract', '99/2020/1', '2020-02-14', %s, '203.0.113.7', now(),
    '2026-11-22', %s, now() + interval '3 days', %s) RETURNING application_id
"""


def apply(
    books: Books,
    account: str = "86000000017",
    *,
    email: str = MAIL,
    last_name: str = "Примерова",
    address: str = "г. Северореченск, ул. Кедровая, д. 14, кв. 27",
    ago: int = 1,
    is_confirmed: bool = True,
) -> int:
    """An application, `ago` hours old; its number."""
    made = datetime.now(UTC) - timedelta(hours=ago)
    token = token_of(account, email, ago)
    answers, sent = token.encode(), hashlib.sha256(token.encode()).digest()
    state, confirmed = ("waiting", made) if is_confirmed else ("unconfirmed", None)
    ((number,),) = books.rows(
        ADD, made, state, address, account, account, email, last_name, answers, sent, confirmed
    )
    return int(number)


def token_of(account: str = "86000000017", email: str = MAIL, ago: int = 1) -> str:
    """What the link in the applicant's letter ends with."""
    return f"{email}{account}{ago}"
