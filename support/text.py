"""What people type, cleaned; and the ids and digests that clients and the service make."""

import hashlib
import re
import secrets
import unicodedata
import uuid

from support.errors import IdInvalid, MessageEmpty, MessageTooLong, TextInvalid

MAX_TEXT = 4000  # characters
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def clean(text: str, *, longest: int = MAX_TEXT) -> str:
    """`text` with its line ends made one and its outer white space gone.

    Raises MessageEmpty, MessageTooLong, or TextInvalid (control characters, broken Unicode).
    """
    if len(text) > 4 * longest:
        raise MessageTooLong
    text = text.replace("\r\n", "\n").strip()
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in "\n\t"):
            raise TextInvalid
    if len(text) > longest:
        raise MessageTooLong
    # Zero-width characters alone would make a bubble with nothing in it
    if not any(unicodedata.category(c) not in ("Cf", "Zs", "Zl", "Zp", "Cc") for c in text):
        raise MessageEmpty
    return text


def checked_id(text: str) -> str:
    """`text` if it is a UUID, in lower case. Raises IdInvalid."""
    lowered = text.lower()
    if not _UUID.fullmatch(lowered):
        raise IdInvalid
    return lowered


def new_id() -> str:
    return str(uuid.uuid4())


def derived_id(*parts: object) -> str:
    """The same UUID for the same parts: what is done again gets the same ids."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(str(part) for part in parts)))


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def digest(*parts: str | None) -> str:
    """SHA-256, hex, of the parts; None and "" differ."""
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
