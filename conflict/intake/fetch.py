"""The guarded download: what a curator's address may lead to, and what it may cost.

An address from outside could name a machine inside: the database, a cloud's metadata service, this very server.
So a name is resolved once, every address it gives is checked, and the connection goes to the address that was
checked: there is no second look-up that could answer otherwise. Each redirect is a new address and is treated
like the first. Time, size and the number of redirects have limits, and the environment's proxies have no say.

This module knows no settings: an operator's allow-list is handed in.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

import httpcore2
import httpx2

from conflict.intake.addresses import Address, refusal

MOST_REDIRECTS = 3
LONGEST_URL = 2_000
LARGEST_BODY = 20_000_000
"""Bytes after decompression; the largest of the known datasets has under one million."""

USER_AGENT = "conflict-ledger"

Resolver = Callable[[str, int], Iterable[str]]
"""Gives the addresses of a host name, as text; raises `OSError` if it has none."""

_URL = re.compile(
    r"(?P<scheme>[A-Za-z]+)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#@:%\\\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#].*)?",
    re.DOTALL,
)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_LOOKS_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(Exception):
    """A download that was refused, failed or went beyond a limit: one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a download gave. ``url`` is the address after all redirects; ``body`` is decoded, not interpreted.

    ``content_type`` is the header as sent, ``""`` if there was none.
    """

    url: str
    status: int
    content_type: str
    body: bytes


def fetch(
    url: str,
    *,
    allow_hosts: Collection[str] = frozenset(),
    timeout: float = 10.0,
    limit: int = LARGEST_BODY,
    resolve: Resolver | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Download a page or file over http or https, on port 80 or 443, from a public address.

    ``allow_hosts`` are names whose addresses may be private: ``"host"`` on ports 80 and 443, ``"host:port"`` on
    that port. ``timeout`` is seconds in all, redirects included, ``limit`` is bytes after decompression.
    ``resolve`` and ``tls`` stand in for the system's resolver and certificates. Raises `FetchError` for
    anything but a 2xx answer within the limits, `ValueError` for an ``allow_hosts`` that cannot be read.
    """
    deadline = _Deadline(timeout)
    permits = _Permits(allow_hosts)
    backend = _GuardedBackend(permits=permits, deadline=deadline, resolve=resolve or resolve_by_system)
    target = _checked_url(url, permits=permits)
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(target, backend=backend, deadline=deadline, tls=tls, limit=limit)
        if isinstance(answer, Fetched):
            return answer
        try:
            target = _checked_url(answer, permits=permits)
        except FetchError as error:
            raise FetchError(f"The page redirects to an address that is refused. {error}") from None
    raise FetchError(f"The address leads on through more than {MOST_REDIRECTS} redirects.")


def resolve_by_system(host: str, port: int) -> Iterator[str]:
    """Ask the system's resolver for the addresses of a host."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        yield str(address[0])


class _Permits:
    """Which hosts may be private, and which ports are open to whom."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = {self._read(name) for name in names}

    def opens(self, host: str, port: int) -> bool:
        """Whether a port may be asked at all."""
        return port in _DEFAULT_PORTS.values() or (_bare(host), port) in self._names

    def may_be_private(self, host: str, port: int) -> bool:
        """Whether the operator has named this host, for this port."""
        default = port in _DEFAULT_PORTS.values() and (_bare(host), None) in self._names
        return default or (_bare(host), port) in self._names

    @staticmethod
    def _read(name: str) -> tuple[str, int | None]:
        match = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]]+))(?::([0-9]{1,5}))?", name.strip())
        if match is None:
            raise ValueError(f"{name!r} is neither a host nor a host:port.")
        return _bare(match[1] or match[2]), int(match[3]) if match[3] else None


class _Deadline:
    """One span of time for a whole download, on a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises `FetchError` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> FetchError:
        return FetchError(f"The download took longer than {self.seconds:g} seconds.")


def _bare(host: str) -> str:
    return host.lower().removesuffix(".")


def _checked_url(url: str, *, permits: _Permits) -> httpx2.URL:
    """The address, if its form, scheme, host and port are such as a public page has; raises `FetchError`."""
    if len(url) > LONGEST_URL:
        raise FetchError(f"The address is longer than {LONGEST_URL:,} characters.")
    if any(char.isspace() or not char.isprintable() for char in url):
        raise FetchError("The address contains a blank or an invisible character.")
    scheme = url.partition(":")[0].lower()
    if scheme not in _DEFAULT_PORTS:
        raise FetchError("Only addresses that begin with http:// or https:// can be downloaded.")
    if "@" in re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]:
        raise FetchError("An address with a user name or password is not downloaded.")
    match = _URL.fullmatch(url)
    if match is None:
        raise FetchError("The address names no host in the usual form.")
    try:
        parsed = httpx2.URL(url)
        host = _bare(parsed.raw_host.decode("ascii"))
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError("The address is not a valid URL.") from error
    port = int(match["port"]) if match["port"] else _DEFAULT_PORTS[scheme]
    if not permits.opens(host, port):
        raise FetchError(f"Port {port} is not open to downloads, only 80 and 443 are.")
    if match["host"].startswith("["):
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            raise FetchError("The address names no host in the usual form.") from None
        return parsed
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise FetchError("The address names no host in the usual form.")
    if _LOOKS_NUMERIC.fullmatch(host):
        try:
            ipaddress.IPv4Address(host)  # takes 127.0.0.1, but not 127.1, 0177.0.0.1 or 2130706433
        except ValueError:
            raise FetchError("The address writes its host as a number in an unusual way.") from None
    return parsed


class _GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections: resolves once, checks all the addresses, connects to one of those checked."""

    def __init__(self, *, permits: _Permits, deadline: _Deadline, resolve: Resolver) -> None:
        self._permits, self._deadline, self._resolve = permits, deadline, resolve
        self._system = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception | None = None
        addresses = self._addresses(host, port)
        for untried, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                # A silent address must leave time for those after it.
                seconds = self._deadline.left() / untried
                stream = self._system.connect_tcp(
                    str(address), port, timeout=seconds, socket_options=socket_options
                )
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                failure = error
                continue
            return _TimedStream(stream, self._deadline)
        self._deadline.left()
        raise FetchError(f"No connection to {host} could be made.") from failure

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            addresses = [ipaddress.ip_address(text) for text in self._resolved(host, port)]
        except ValueError as error:
            raise FetchError(f"The host {host} has an address that is none.") from error
        if not addresses:
            raise FetchError(f"The host {host} has no address.")
        if not self._permits.may_be_private(host, port):
            for address in addresses:
                if reason := refusal(address):
                    raise FetchError(
                        f"The host {host} is not on the public Internet: its address {address} is {reason}."
                    )
        return list(dict.fromkeys(addresses))

    def _resolved(self, host: str, port: int) -> list[str]:
        """Resolve in a thread of its own: the system's resolver knows no deadline, ours may walk away."""
        answer: list[str] = []
        failure: list[Exception] = []

        def ask() -> None:
            try:
                answer.extend(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                failure.append(error)

        thread = threading.Thread(target=ask, name="resolve", daemon=True)
        thread.start()
        thread.join(self._deadline.left())
        if thread.is_alive():
            raise self._deadline.passed()
        if failure:
            raise FetchError(f"The host {host} is not known.") from failure[0]
        return answer


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every step ends with the whole download's time, however slowly the bytes trickle."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _ask(
    url: httpx2.URL,
    *,
    backend: _GuardedBackend,
    deadline: _Deadline,
    tls: ssl.SSLContext | None,
    limit: int,
) -> Fetched | str:
    """One request: what it fetched, or the address that it is redirected to."""
    host = _bare(url.raw_host.decode("ascii"))
    named = f"[{host}]" if ":" in host else host
    if url.scheme == "https" and tls is None:
        tls = httpx2.create_ssl_context(trust_env=False)
    # httpx2's own engine, asked directly: httpx2 lets nobody choose how a connection is opened.
    request = httpcore2.Request(
        "GET",
        httpcore2.URL(scheme=url.raw_scheme, host=host, port=url.port, target=url.raw_path),
        headers={
            "Host": f"{named}:{url.port}" if url.port else named,
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        },
    )
    try:
        with httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend) as pool:
            response = pool.handle_request(request)
            try:
                headers = httpx2.Headers(response.headers)
                if response.status in _REDIRECTS and "location" in headers:
                    return _joined(url, headers["location"])
                if not 200 <= response.status < 300:
                    raise FetchError(f"{named} answered with status {response.status} instead of a page.")
                body = _body(response.iter_stream(), headers, deadline=deadline, limit=limit)
            finally:
                response.close()
    except httpcore2.TimeoutException as error:
        raise deadline.passed() from error
    except httpcore2.ConnectError as error:
        raise FetchError(f"No safe connection to {named} could be made ({_cause(error)}).") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchError(f"The download from {named} broke off ({_cause(error)}).") from error
    return Fetched(
        url=str(url.copy_with(fragment=None)),
        status=response.status,
        content_type=headers.get("content-type", ""),
        body=body,
    )


def _joined(url: httpx2.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError("The page redirects to an address that is not a valid URL.") from error


def _body(chunks: Iterator[bytes], headers: httpx2.Headers, *, deadline: _Deadline, limit: int) -> bytes:
    """Put the body together, unpacked piece by piece so that a bomb is noticed before it has gone off."""
    too_large = FetchError(f"The page is larger than {limit:,} bytes.")
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise too_large
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError("The page is packed in a way that was not asked for.")
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if packing.endswith("gzip") else None
    received, body = 0, bytearray()
    for chunk in chunks:
        deadline.left()
        received += len(chunk)
        if unpacker is None:
            body += chunk
        else:
            try:
                body += unpacker.decompress(chunk, limit - len(body) + 1)
            except zlib.error as error:
                raise FetchError("The page says that it is packed with gzip, but it is not.") from error
        if received > limit or len(body) > limit:
            raise too_large
        if unpacker is not None and unpacker.unused_data:
            raise FetchError("Something follows the end of the packed page.")
    if unpacker is not None and received and not unpacker.eof:
        raise FetchError("The packed page breaks off before its end.")
    return bytes(body)


def _cause(error: BaseException) -> str:
    """What lies behind an error of the engine, which carries it as its argument, in the system's words."""
    cause = error
    while cause.args and isinstance(cause.args[0], BaseException):
        cause = cause.args[0]
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message.rstrip(".")
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause).rstrip(".") or type(cause).__name__
