"""The shop's word for who its customer is: a short-lived JWT, HS256 (RFC 7519)."""

from datetime import timedelta

import jwt

from support import clock
from support.errors import SignInInvalid

LONGEST = timedelta(minutes=10)  # from `iat` to `exp`
LEEWAY = timedelta(seconds=30)


def verify(token: str, *, secret: str, audience: str) -> str:
    """The customer's reference in the shop, the token's `sub`. Raises SignInInvalid for any fault."""
    try:
        claims = jwt.decode(
            token, secret, algorithms=["HS256"], audience=audience,
            # Times are checked below against the service's own clock
            options={
                "require": ["sub", "aud", "iat", "exp"],
                "verify_exp": False, "verify_iat": False, "verify_nbf": False,
            },
        )
        reference, issued, expires = claims["sub"], float(claims["iat"]), float(claims["exp"])
    except (jwt.PyJWTError, TypeError, ValueError) as fault:
        raise SignInInvalid from fault
    at = clock.now().timestamp()
    lasts = expires - issued
    if expires <= at or issued > at + LEEWAY.total_seconds() or not 0 < lasts <= LONGEST.total_seconds():
        raise SignInInvalid
    if not isinstance(reference, str) or not reference:
        raise SignInInvalid
    return reference


def sign(reference: str, *, secret: str, audience: str, lasts: timedelta = timedelta(minutes=5)) -> str:
    """What the shop's back end does: a JWT for its customer `reference`."""
    at = clock.now()
    return jwt.encode(
        {"sub": reference, "aud": audience, "iat": at, "exp": at + lasts}, secret, algorithm="HS256"
    )
