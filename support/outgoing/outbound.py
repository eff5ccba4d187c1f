"""HTTP requests to addresses that somebody else named: never to our own machines, and never for long.

The name is looked up once, every address it has is checked, and the connection goes to an address that was checked:
a second answer of the name server has no say. Redirects are not followed, proxies of the environment not used.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import requests
import urllib3
from urllib3.util import parse_url

from support.outgoing import public_addresses
from support.outgoing.attempts import Attempt, NotSent
from support.outgoing.pinned_connections import Pinning
from support.outgoing.public_addresses import Network, Resolver
from support.refusals import UrlRefused
from support.settings import Settings

SECONDS = 10.0  # for a whole request, from looking up the name to the end of the answer
LONGEST_URL = 2000
MOST_READ = 64 * 1024  # bytes of an answer's body


@dataclass(frozen=True, slots=True)
class Outbound:
    """What our requests may reach. `authorities` is a file of certificates to trust in place of the public ones."""

    https_only: bool
    allowed: tuple[Network, ...] = ()
    authorities: str = ""
    resolve: Resolver = public_addresses.by_dns
    seconds: float = SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            settings.mode == "production", public_addresses.networks(settings.webhook_networks), settings.webhook_ca
        )

    def check(self, url: str) -> None:
        """Raises UrlRefused for what will never be sent to; a name that has no address yet may get one."""
        try:
            parsed = parse_url(url)
        except urllib3.exceptions.LocationParseError as fault:
            raise UrlRefused from fault
        schemes = ("https",) if self.https_only else ("http", "https")
        if parsed.scheme not in schemes or not parsed.host or parsed.auth is not None or parsed.fragment is not None:
            raise UrlRefused
        if len(url) > LONGEST_URL or not url.isprintable() or " " in url:
            raise UrlRefused
        try:
            addresses = self.resolve(parsed.host.strip("[]"), parsed.port or 443)
        except OSError:
            return
        if not public_addresses.checked(addresses, self.allowed):
            raise UrlRefused

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send `body` and answer the status. Blocks for up to `seconds`. Raises NotSent."""
        if self.https_only and parse_url(url).scheme != "https":
            raise NotSent("address_refused")
        attempt = Attempt(self.resolve, self.allowed, self.seconds)
        try:
            with requests.Session() as session, attempt:
                session.trust_env = False
                for scheme in ("http://", "https://"):
                    session.mount(scheme, Pinning(attempt))
                answer = session.post(
                    url, data=body, headers=dict(headers), stream=True, allow_redirects=False,
                    timeout=attempt.left, verify=self.authorities or True,
                )
                if attempt.over:
                    raise NotSent("timed_out")  # half an answer looks like a whole one
                # Read for politeness only: the status has said it all
                with suppress(urllib3.exceptions.HTTPError, OSError):
                    answer.raw.read(MOST_READ, decode_content=False)
                return answer.status_code
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as fault:
            raise NotSent(attempt.why(fault)) from None
