"""An address as somebody types it into a form."""

from email_validator import EmailNotValidError, validate_email

from lkcap.mail.letter import is_address

BAD_ADDRESS = "Проверьте адрес почты: он пишется как m.obraztsova@example.com"


def address_in(text: str) -> str | None:
    """As letters are sent there; None for what is no address.

    By its form alone (contract §3): domains kept for tests are as good as any, and whether it
    exists is told by the letter.
    """
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except EmailNotValidError:
        return None
    return found.normalized if is_address(found.normalized) else None
