"""Digests that nobody can make who has the database alone: keyed with a secret that every process is given at start."""

import hmac
import secrets

# Until a secret is given digests hold within this process: safe, and enough for one alone
_key = secrets.token_bytes(32)


def set_up(secret: str) -> None:
    """Make digests from now on with a key derived from `secret`; the same secret is the same digests."""
    global _key
    _key = hmac.digest(secret.encode(), b"rapport: keyed digests", "sha256")


def keyed_digest(*parts: str) -> str:
    """HMAC-SHA256 (RFC 2104), hex, of the parts."""
    return hmac.digest(_key, "\x1f".join(parts).encode("utf-8", "surrogatepass"), "sha256").hex()
