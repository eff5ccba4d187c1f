"""Which network addresses our own requests may go to: public ones, and those that the operator names.

A name that an outsider chose may lead to our own machines: loopback, link-local (where clouds keep their secrets),
private networks, or the same written inside an IPv6 address.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Sequence[str]]  # (host, port) to the addresses it has, as text; OSError if none

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, 2.4
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052, 2.1


def networks(text: str) -> tuple[Network, ...]:
    """The networks in a list such as `10.1.0.0/16, fd00::/8`. Raises ValueError."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def by_dns(host: str, port: int) -> Sequence[str]:
    """The addresses that the system has for `host`. Raises OSError, also for what cannot be a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as fault:
        raise OSError("that is not a host name") from fault
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_allowed(address: Address, allowed: Iterable[Network]) -> bool:
    """Whether a request may go there; `allowed` are networks that are fine although they are not public."""
    carried = _carried(address)
    if any(address in network or carried in network for network in allowed):
        return True
    if isinstance(carried, IPv6Address) and carried not in _GLOBAL_UNICAST:
        return False
    return carried.is_global and not carried.is_multicast


def checked(addresses: Iterable[str], allowed: Iterable[Network]) -> list[str]:
    """The addresses in one way of writing; empty unless all of them are allowed, or if there are none."""
    found = [ip_address(text) for text in addresses]
    allowed = tuple(allowed)
    return [str(address) for address in found] if all(is_allowed(address, allowed) for address in found) else []


def _carried(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that leads to it (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
