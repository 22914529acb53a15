"""How often one address may ask: a count a minute in the cache, the same for every worker that shares it."""

from __future__ import annotations

import ipaddress
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

WINDOW = 60  # seconds


class RequestsPerMinute(BaseThrottle):
    """At most ``API_REQUESTS_PER_MINUTE`` from one client in each minute of the clock; 0 sets no limit.

    It keeps no state of its own (ninja's own throttle does, and mixes up threads): the count is one number in
    the cache that is only ever added to.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        most: int = settings.API_REQUESTS_PER_MINUTE
        if not most:
            return True
        key = f"api-requests:{client_of(request)}:{int(time.time() // WINDOW)}"
        if cache.add(key, 1, timeout=2 * WINDOW):
            return True
        try:
            return cache.incr(key) <= most
        except ValueError:  # it expired or was evicted between the two
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute of the clock."""
        return max(1, math.ceil(WINDOW - time.time() % WINDOW))


def client_of(request: HttpRequest) -> str:
    """Name the client by its address; one site of IPv6 (64 bits) is one client.

    Behind a proxy it is the last address of ``X-Forwarded-For``, which is the one that the proxy itself saw.
    Anywhere else that header is whatever a visitor writes there, and is not read.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        text = request.META.get("HTTP_X_FORWARDED_FOR", text).rpartition(",")[2].strip() or text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
