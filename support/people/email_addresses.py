"""E-mail addresses as people type them: checked, and in the one form that compares equal."""

from email_validator import EmailNotValidError, validate_email

from support.refusals import ProfileInvalid

LONGEST = 254  # characters, RFC 5321


def checked(text: str) -> str:
    """`text` as the address is written, without the spaces around it. Raises ProfileInvalid."""
    try:
        if len(text) > 2 * LONGEST:
            raise ProfileInvalid
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise ProfileInvalid from fault
    return found.normalized


def folded(address: str) -> str:
    """The address as it compares with others: case does not count."""
    return address.strip().lower()
