"""What people type, cleaned; and the ids and digests that clients and the service make."""

import hashlib
import json
import re
import secrets
import unicodedata
import uuid

from support.errors import IdInvalid, MessageEmpty, MessageTooLong, NotFound, TextInvalid

MAX_TEXT = 4000  # characters
_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_LOOK_ALIKES = str.maketrans("OIL", "011")
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


def sought_id(text: object) -> str:
    """The same for an id that something is looked up by: what is none names nothing. Raises NotFound."""
    if not isinstance(text, str) or not _UUID.fullmatch(text.lower()):
        raise NotFound
    return text.lower()


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


def new_reference(prefix: str) -> str:
    """What a customer is told and may read out, such as R-4K7M-2QXD: 40 random bits, no letter like a digit."""
    return new_code(prefix, groups=2)


def new_code(prefix: str, *, groups: int) -> str:
    """A code to type or read out, such as HF-4K7M-2QXD-90TB: 20 random bits a group of four signs."""
    signs = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(groups))
    return "-".join((prefix, *signs))


def read_code(typed: str, *, groups: int) -> str | None:
    """`typed` as `new_code` writes it, however its case, dashes and look-alike letters came; None if it is no code."""
    signs = re.sub(r"[\s-]", "", typed[:200]).upper()
    prefix, tail = signs[:-4 * groups], signs[-4 * groups:].translate(_LOOK_ALIKES)
    if not re.fullmatch(r"[A-Z0-9]{1,8}", prefix) or not set(tail) <= set(_READABLE):
        return None
    return "-".join((prefix, *re.findall("....", tail)))


def canonical(content: object) -> str:
    """`content` as JSON that is the same for the same content."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
