"""Which network addresses may be fetched from: public ones, unless the user says otherwise.

A link in a document may point anywhere, also at services inside the network detente runs in. The
host is resolved once, every address it has is judged, and the connection goes to an address that
was judged, so a name server cannot answer differently the second time (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket

from detente.errors import ReadingError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# NAT64 networks carry an IPv4 address in the last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int, *, url: str, allow_private: bool) -> list[str]:
    """Resolve a host and judge its addresses.

    Args:
        host: name or literal address.
        port: port to connect to.
        url: for the message.
        allow_private: let private addresses through.

    Returns: addresses to connect to, in the resolver's order.

    Raises:
        ReadingError: the host is unknown (D322), or an address is not public (D320).
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadingError(
            "D322",
            f"{url}: cannot find the host {host!r} ({error})",
            "Check the spelling of the URL and the network connection.",
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise ReadingError(
                "D320",
                f"{url}: {host!r} is at {address}, which is not a public address",
                "Fetch it yourself, or set allow_private if you trust this URL.",
            )
    return addresses


def is_public(address: str) -> bool:
    """Tell whether an address is on the public internet.

    Private, loopback, link-local, multicast, reserved and unspecified addresses are not, nor are
    such IPv4 addresses inside an IPv6 one (mapped, 6to4, NAT64); Teredo is refused altogether.
    """
    try:
        parsed: _Address = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.teredo is not None:
            return False
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not (
        parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified or parsed.is_link_local
    )
