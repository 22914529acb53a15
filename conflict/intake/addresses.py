"""Which network addresses are on the public Internet, and why the others are not."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Both lists after IANA's registries of special-purpose addresses, with multicast. `ipaddress.is_global` alone
# will not do: it calls 64:ff9b::7f00:1 and 2002:7f00:1:: global, which translators turn into 127.0.0.1.
_REFUSED_V4 = [
    (ipaddress.IPv4Network(network), reason)
    for network, reason in [
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared between a provider's customers"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud provider's own service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    ]
]
_REFUSED_V6 = [
    (ipaddress.IPv6Network(network), reason)
    for network, reason in [
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6's clothing"),
        ("64:ff9b::/96", "translated to IPv4 (NAT64)"),
        ("64:ff9b:1::/48", "translated to IPv4 (NAT64)"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "a tunnel to IPv4 (Teredo)"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "a tunnel to IPv4 (6to4)"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "for documentation"),
    ]
]
_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")  # all that is assigned to the public Internet


def refusal(address: Address) -> str | None:
    """Why an address is not to be connected to, in a word or two; ``None`` for one on the public Internet."""
    if isinstance(address, ipaddress.IPv4Address):
        reason = next((reason for network, reason in _REFUSED_V4 if address in network), None)
    else:
        reason = next((reason for network, reason in _REFUSED_V6 if address in network), None)
        # An interface identifier 0:5efe:a.b.c.d is a tunnel to a.b.c.d (ISATAP, RFC 5214).
        if reason is None and int(address) >> 32 & 0xFDFF_FFFF == 0x5EFE:
            reason = "a tunnel to IPv4 (ISATAP)"
        if reason is None and address not in _UNICAST_V6:
            reason = "reserved"
    if reason is None and not address.is_global:
        reason = "not public"
    return reason
